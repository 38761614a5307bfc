// `npm run bench -- compile`: what compiling the library costs in a process that has compiled nothing, and what one rule of a user's costs.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import { compileLibrary, readLibrary } from "@holdfast/posture";
import { libraryFiles } from "../../apps/cli/checkout-library.ts";
import { median } from "../median.ts";

/** Of so many rules at least; the library has more now, and all are compiled. */
const LIBRARY_SIZE = 295;
const LIBRARY_MILLIS = 1500;
const RULE_MILLIS = 30;

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
    report("one rule of a user's, cold", samples("rule", runs), RULE_MILLIS),
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

function report(what: string, measured: readonly Sample[], wanted: number): boolean {
  const walls = measured.map(({ wall }) => wall);
  const processors = measured.map(({ processor }) => processor);
  const middle = median(walls);
  const held = middle < wanted;
  console.log(
    `${what}: ${middle.toFixed(1)} ms, of which the processor ${median(processors).toFixed(1)} ms (less than ${wanted} wanted): ${held ? "held" : "MISSED"}`,
  );
  console.log(`  samples: ${numbers(walls)}; processor: ${numbers(processors)}`);
  return held;
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
