// `npm run bench -- rego`: what the evaluation of each NSA rule over 3,500 objects and of the stress programs costs, Holdfast and OPA on the same modules and
// input; with `--library`, of each rule there is.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { KubernetesObject } from "@holdfast/core";
import { readLibrary, ruleInput } from "@holdfast/posture";
import { libraryFiles } from "../../apps/cli/checkout-library.ts";
import { estate } from "../load/write-estate.ts";
import { median } from "../median.ts";
import { type ComparedLoad, compareLoads, type Comparison, type Effort } from "./compare-loads.ts";
import { handWritten } from "./hand-written.ts";
import { libraryLoads } from "./library-loads.ts";
import { objectsWithFindings } from "./objects-with-findings.ts";
import { opaProgram } from "./opa.ts";
import { comparePhysical } from "./physical.ts";
import type { RuleLoad } from "./rule-load.ts";
import { stressLoads } from "./stress-loads.ts";

/** Times as fast as OPA, in the steady state. */
const MEDIAN_WANTED = 12;
const LEAST_WANTED = 3;
const JOINS_WANTED = 50;
const PATTERNS_WANTED = 1;
/** Times as slow as a loop that was written by hand. */
const PHYSICAL_WANTED = 2.5;

const { values: options } = parseArgs({
  options: {
    iterations: { type: "string" },
    shops: { type: "string", default: "100" },
    rule: { type: "string", multiple: true },
    program: { type: "string", multiple: true },
    physical: { type: "boolean", default: false },
    library: { type: "boolean", default: false },
  },
});
/** A few dozen programs have all iterations; of a library, whichever engine takes long has fewer. */
const effort: Effort = options.library
  ? { iterations: Number(options.iterations ?? "9"), millis: 250, sharedInputs: true }
  : { iterations: Number(options.iterations ?? "15"), millis: Number.POSITIVE_INFINITY, sharedInputs: false };
const root = path.join(import.meta.dirname, "../..");
const opa = opaProgram(root);
if (opa === null) {
  console.error("OPA is not at hand: run tools/install-peers");
  process.exit(2);
}

const { library, rules } = readLibrary(libraryFiles(path.join(root, "library")));
const nsa = new Set(library.frameworks.find(({ id }) => id === "nsa")?.sections.flatMap(({ controls }) => controls));
const wanted = new Set(library.controls.flatMap((control) => (nsa.has(control.id) ? control.rules : [])));
const objects = estate(Number(options.shops)) as readonly KubernetesObject[];
const whole = JSON.stringify(objects);
const chosenRules = rules.filter(({ description: { name } }) => options.rule?.includes(name) ?? options.program === undefined);
const loads: readonly RuleLoad[] = chosenRules
  .filter(({ description: { name } }) => wanted.has(name))
  .map(({ description, modules }) => ({
    name: description.name,
    modules,
    rule: ["armo_builtins", "deny"],
    inputText: description.aggregate === null ? whole : JSON.stringify(ruleInput(description, objects)),
  }));
const programs = stressLoads().filter(({ name }) => options.program?.includes(name) ?? options.rule === undefined);
const measured = options.library ? chosenRules : [...loads, ...programs];
if (measured.length === 0) throw new Error("there is no such rule among those measured, and no such program");
const parameters = Object.fromEntries(library.parameters.map((parameter) => [parameter.name, parameter.default]));
const data = { postureControlInputs: parameters, dataControlInputs: { cloudProvider: "" } };

const work = mkdtempSync(path.join(tmpdir(), "holdfast-bench-"));
let missed = 0;
const partial = options.rule !== undefined || options.program !== undefined;
try {
  if (options.physical) await benchPhysical(opa);
  else if (options.library) await benchLibrary(opa);
  else {
    const ofRules = loads.length > 0 ? await benchRules(opa) : [];
    const ofPrograms = programs.length > 0 ? await benchPrograms(opa) : [];
    if (!partial) promiseMedian("the NSA rules and the stress programs together", [...ofRules, ...ofPrograms]);
  }
  process.exitCode = missed > 0 ? 1 : 0;
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** The NSA rules over an estate. Those that are given nothing of it have nothing to evaluate, and don't count: what they take is that of a call. */
async function benchRules(program: string): Promise<readonly ComparedLoad[]> {
  const given = loads.filter(({ inputText }) => inputText !== "[]");
  const idle = loads.filter(({ inputText }) => inputText === "[]");
  const faulty = new Set<string>();
  const found = (findings: readonly unknown[]): void => {
    for (const object of objectsWithFindings(findings)) faulty.add(object);
  };
  const compared = await compareLoads(program, given, data, effort, work, undefined, found);
  const share = faulty.size / objects.length;
  console.log(
    `${compared.title}; Holdfast on Node ${process.version}; ${objects.length} objects, ${effort.iterations} iterations after the first; times in ms.\n`,
  );
  printComparison(compared);
  if (idle.length > 0) {
    const apart = await compareLoads(program, idle, data, effort, work);
    console.log(
      `\nRules that are about other things than this estate has. Their input is empty, nothing is evaluated, and their ratios don't count:\n`,
    );
    printComparison(apart);
  }
  if (!partial) promise(`Objects with findings: ${(100 * share).toFixed(1)} %`, "at least 20 %", share >= 0.2);
  if (!partial) promiseMedian("the NSA rules", compared.loads);
  const least = Math.min(...compared.loads.map(({ ratio }) => ratio));
  promise(`Least ratio of a rule: ${least.toFixed(1)}x`, `at least ${LEAST_WANTED}x`, least >= LEAST_WANTED);
  printSums(compared.loads);
  return compared.loads;
}

/** All rules of the library, each over the estate or over the objects of its own cases. */
async function benchLibrary(program: string): Promise<void> {
  const { given, without, apart } = libraryLoads(path.join(root, "library"), chosenRules, objects);
  console.log(
    `All rules of the library; Holdfast on Node ${process.version}; times in ms. After the first, ${effort.iterations} iterations, or as many as fit into ${effort.millis} ms, but at least 3; how many there were stands in the table.`,
  );
  const loads: ComparedLoad[] = [];
  for (const [from, what] of [
    ["estate", `an estate of ${objects.length} objects`],
    ["cases", "the objects of their own cases, 300 or more"],
  ] as const) {
    const of = given.filter((load) => load.from === from);
    const begun = performance.now();
    const compared = await compareLoads(program, of, data, effort, work, (load) => {
      // It takes minutes until all are printed.
      console.error(`${load.name}: ${shownRatio(load)}, of the processor's time ${load.processorRatio.toFixed(1)}x`);
      return "";
    });
    const minutes = (performance.now() - begun) / 60_000;
    console.log(`\n${compared.title}: ${of.length} rules over ${what}, in ${minutes.toFixed(1)} minutes.\n`);
    printComparison(compared);
    console.log(`Median: ${median(compared.loads.map(({ ratio }) => ratio)).toFixed(1)}x${others(compared.loads)}`);
    loads.push(...compared.loads);
  }
  const ended = loads.filter(({ atLeast }) => atLeast);
  if (ended.length > 0)
    console.log(
      `\nOPA was ended before it had found anything, so that nothing was compared, and the ratio is greater: ${ended.map(({ name }) => name).join(", ")}`,
    );
  console.log(`\nWithout input (${without.length}): ${without.map(({ name }) => name).join(", ") || "none"}`);
  console.log(`Not measured (${apart.length}):\n${apart.map((line) => `  ${line}`).join("\n")}\n`);
  const slow = loads.filter(({ ratio }) => ratio < LEAST_WANTED).toSorted((a, b) => a.ratio - b.ratio);
  console.log(
    `Rules below ${LEAST_WANTED}x (${slow.length}): ${slow.map((load) => `${load.name} ${shownRatio(load)}`).join(", ") || "none"}`,
  );
  promiseMedian(`the ${loads.length} rules of the library`, loads);
  printSums(loads);
}

function shownRatio({ ratio, atLeast }: ComparedLoad): string {
  return `${atLeast ? "more than " : ""}${ratio.toFixed(1)}x`;
}

function printSums(loads: readonly ComparedLoad[]): void {
  const theirs = loads.reduce((sum, one) => sum + one.theirs, 0);
  const ours = loads.reduce((sum, one) => sum + one.ours, 0);
  console.log(`All rules together: OPA ${theirs.toFixed(0)} ms, Holdfast ${ours.toFixed(0)} ms, ${(theirs / ours).toFixed(1)}x\n`);
}

/** Three rules beside loops that do the same. */
async function benchPhysical(program: string): Promise<void> {
  const chosen = loads.filter(({ name }) => Object.hasOwn(handWritten, name));
  const { table, furthest, different } = await comparePhysical(program, chosen, data, effort.iterations, work);
  console.log(
    `${objects.length} objects; ${effort.iterations} iterations after the first, in several processes; times in ms.\n\n${table}\n`,
  );
  console.log(`Findings: ${different.length === 0 ? "the same, compared in full" : `DIFFERENT:\n${different.join("\n")}`}`);
  missed += different.length;
  promise(`Emitted code to loops, at most: ${furthest.toFixed(1)}x`, `at most ${PHYSICAL_WANTED}x`, furthest <= PHYSICAL_WANTED);
}

/** The stress programs, each with a target of its own. */
async function benchPrograms(program: string): Promise<readonly ComparedLoad[]> {
  const note = ({ name, ratio }: ComparedLoad): string => `${ratio >= wantedOf(name) ? "held" : "MISSED"} (${wantedOf(name)}x)`;
  const compared = await compareLoads(program, programs, {}, effort, work, note);
  console.log(`Stress programs; ${effort.iterations} iterations after the first; times in ms.\n`);
  printComparison(compared);
  missed += compared.loads.filter(({ name, ratio }) => ratio < wantedOf(name)).length;
  if (!partial)
    console.log(`Median of the stress programs: ${median(compared.loads.map(({ ratio }) => ratio)).toFixed(1)}x${others(compared.loads)}`);
  return compared.loads;
}

/** The median of the ratios of some loads, which is to be what was promised. */
function promiseMedian(what: string, compared: readonly ComparedLoad[]): void {
  const middle = median(compared.map(({ ratio }) => ratio));
  promise(`Median over ${what}: ${middle.toFixed(1)}x${others(compared)}`, `at least ${MEDIAN_WANTED}x`, middle >= MEDIAN_WANTED);
}

/** The medians of the ratios beside the one that counts. */
function others(compared: readonly ComparedLoad[]): string {
  const first = median(compared.map(({ firstRatio }) => firstRatio));
  const processor = median(compared.map(({ processorRatio }) => processorRatio));
  return `; of the processor's time ${processor.toFixed(1)}x, of the first iterations ${first.toFixed(1)}x`;
}

/** By how much a stress program is to be faster than with OPA. */
function wantedOf(name: string): number {
  if (name.startsWith("join-")) return JOINS_WANTED;
  return name.startsWith("regex-") ? PATTERNS_WANTED : LEAST_WANTED;
}

function printComparison({ table, samples, different }: Comparison): void {
  console.log(table);
  console.log(`\nRaw samples, the first iteration first:\n${samples}\n`);
  console.log(`Results: ${different.length === 0 ? "the same, compared in full" : `DIFFERENT:\n${different.join("\n")}`}`);
  missed += different.length;
}

function promise(what: string, wanted: string, held: boolean): void {
  console.log(`${what} (${wanted} wanted): ${held ? "held" : "MISSED"}`);
  if (!held) missed++;
}
