// Measures one rule in a process of its own: `measure-one.ts hand|emitted JOB ITERATIONS`. The job is a file with a load and its data.
import { readFileSync } from "node:fs";
import { compile, fromJson, stringify, toJson, type RegoValue } from "@holdfast/rego";
import { handWritten } from "./hand-written.ts";
import type { RuleLoad } from "./rule-load.ts";

declare const gc: (() => void) | undefined;

const [engine, job = "", iterations = "15"] = process.argv.slice(2);
const { load, data } = JSON.parse(readFileSync(job, "utf8")) as { readonly load: RuleLoad; readonly data: RegoValue };
const run = engine === "hand" ? handWritten[load.name] : emitted();
if (run === undefined) throw new Error(`there is no loop for ${load.name}`);

const millis: number[] = [];
let findings: unknown[] = [];
const used = process.threadCpuUsage();
let setUp = 0;
for (let iteration = 0; iteration <= Number(iterations); iteration++) {
  const before = process.threadCpuUsage();
  const input = fromJson(load.inputText);
  gc?.();
  const ready = process.threadCpuUsage(before);
  setUp += ready.user + ready.system;
  const begun = performance.now();
  findings = run(input);
  millis.push(performance.now() - begun);
}
const all = process.threadCpuUsage(used);
console.log(
  JSON.stringify({
    millis,
    findings: stringify(findings as RegoValue[]),
    processor: (all.user + all.system - setUp) / 1000 / millis.length,
  }),
);

function emitted(): (input: RegoValue) => unknown[] {
  const rule = compile({ modules: load.modules, entrypoints: [load.rule] }).program?.rule(load.rule);
  if (rule === undefined || rule === null) throw new Error(`${load.name} does not compile`);
  return (input) => {
    const { value } = rule({ input, data });
    return value === undefined ? [] : (toJson(value) as unknown[]);
  };
}
