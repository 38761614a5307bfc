// `npm run bench -- compile`: what compiling the library costs in a process that has compiled nothing, and what one rule of a user's costs.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { compileLibrary, readLibrary } from "@holdfast/posture";
import { libraryFiles } from "../../apps/cli/checkout-library.ts";
import { median } from "../median.ts";

/** Of so many rules at least; the library has more now, and all are compiled. */
const LIBRARY_SIZE = 295;
const LIBRARY_MILLIS = 1500;
const RULE_MILLIS = 30;

/** The stages of compiling and the first evaluation, as `holdfast rego eval --metrics` names them. */
const STAGES = ["module_parse", "module_compile", "query_parse", "query_compile", "query_eval"];

const { values: options } = parseArgs({ options: { runs: { type: "string", default: "5" }, measure: { type: "string" } } });

/** What a process measured, in milliseconds: by the clock, and the processor time of the thread that compiled, which does not count what else the machine did meanwhile. */
interface Sample {
  readonly wall: number;
  readonly processor: number;
}

if (options.measure === undefined) {
  const runs = Number(options.runs);
  const held = [
    report("all rules of the library and what they import, cold", samples("library", runs), LIBRARY_MILLIS),
    ruleAsUsersCompileIt(runs),
    report("one rule in a process that has compiled nothing, without any compiled code", samples("rule", runs), null),
    report("one more rule, in a process that has compiled the library", samples("more", runs), RULE_MILLIS),
  ];
  process.exitCode = held.includes(false) ? 1 : 0;
} else console.log(JSON.stringify(measure(options.measure)));

/** What a process of its own measures, so often. */
function samples(what: string, runs: number): readonly Sample[] {
  return Array.from({ length: runs }, () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [import.meta.filename, "--measure", what], { encoding: "utf8" });
    if (status !== 0) throw new Error(`measuring failed: ${stderr}`);
    return JSON.parse(stdout) as Sample;
  });
}

/** Prints what was measured, and whether it is held; null where nothing is wanted, and all is well. */
function report(what: string, measured: readonly Sample[], wanted: number | null): boolean {
  const walls = measured.map(({ wall }) => wall);
  const processors = measured.map(({ processor }) => processor);
  const middle = median(walls);
  const outcome = verdict(middle, wanted);
  console.log(`${what}: ${middle.toFixed(1)} ms, of which the processor ${median(processors).toFixed(1)} ms${outcome.text}`);
  console.log(`  samples: ${numbers(walls)}; processor: ${numbers(processors)}`);
  return outcome.held;
}

function verdict(millis: number, wanted: number | null): { readonly held: boolean; readonly text: string } {
  const held = wanted === null || millis < wanted;
  return { held, text: wanted === null ? "" : ` (less than ${wanted} wanted): ${held ? "held" : "MISSED"}` };
}

/**
 * The same rule as `measure("rule")` compiles, by the built program, as users get it: what V8 made of the compiler's own functions is kept between runs, and in the
 * sources it is not. The first run has none of it yet, and is printed apart. By the clock: the program tells no other time.
 */
function ruleAsUsersCompileIt(runs: number): boolean {
  const program = path.join(import.meta.dirname, "../../apps/cli/bin/holdfast.cjs");
  const folder = mkdtempSync(path.join(tmpdir(), "holdfast-bench-"));
  try {
    const modules = path.join(folder, "modules");
    for (const where of [modules, path.join(folder, "temporary")]) mkdirSync(where);
    const source = readLibrary(libraryFiles(path.join(import.meta.dirname, "../../library")));
    const [first] = rulesOf(source);
    source.rules
      .find(({ description }) => description.name === first)
      ?.modules.forEach((module, place) => writeFileSync(path.join(modules, `${place}.rego`), module.source));
    const words = [program, "rego", "eval", "data.armo_builtins.deny", "--data", modules, "--metrics", "--format", "json"];
    const [before = 0, ...later] = Array.from({ length: runs + 1 }, () => {
      const env = { ...process.env, TMPDIR: path.join(folder, "temporary") };
      const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: "utf8", env });
      if (status !== 0) throw new Error(`measuring failed: ${stderr}`);
      const { metrics } = JSON.parse(stdout) as { readonly metrics: Readonly<Record<string, number>> };
      return STAGES.reduce((sum, stage) => sum + (metrics[`timer_rego_${stage}_ns`] ?? Number.NaN), 0) / 1e6;
    });
    const middle = median(later);
    const { held, text } = verdict(middle, RULE_MILLIS);
    console.log(`one rule of a user's, by the program as it is built: ${middle.toFixed(1)} ms${text}`);
    console.log(`  samples: ${numbers(later)}; the very first run: ${before.toFixed(1)}`);
    return held;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function numbers(values: readonly number[]): string {
  return values.map((value) => value.toFixed(1)).join(" ");
}

/** From sources to rules that have been evaluated once, on no objects: they are parsed, checked, planned, emitted and linked then. */
function measure(what: string): Sample {
  const source = readLibrary(libraryFiles(path.join(import.meta.dirname, "../../library")));
  const compiled = compileLibrary(source);
  const [first = "", ...others] = rulesOf(source);
  const ready = (rule: string): void => {
    compiled.program(rule)?.deny({ input: [] });
  };
  if (what === "more") for (const rule of others) ready(rule);
  // The clock itself is loaded when it is first read.
  performance.now();
  const used = process.threadCpuUsage();
  const begun = performance.now();
  for (const rule of what === "library" ? [first, ...others] : [first]) ready(rule);
  const wall = performance.now() - begun;
  const { user, system } = process.threadCpuUsage(used);
  return { wall, processor: (user + system) / 1000 };
}

/** The rules that have modules: those that only a person can judge have none. */
function rulesOf({ rules }: ReturnType<typeof readLibrary>): readonly string[] {
  const names = rules.filter(({ modules }) => modules.length > 0).map(({ description: { name } }) => name);
  if (names.length < LIBRARY_SIZE) throw new Error(`there are only ${names.length} rules`);
  return names;
}
