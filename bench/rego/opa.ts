import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { RuleLoad, RuleMeasure } from "./rule-load.ts";

/** What bench/peers/opa-eval reports. */
interface OpaReport {
  readonly version: string;
  readonly go: string;
  readonly rules: readonly { readonly name: string; readonly iterationsMillis: readonly number[] }[];
}

/** OPA's version and what each rule took and found, by name. */
export interface OpaMeasures {
  readonly title: string;
  readonly measures: ReadonlyMap<string, RuleMeasure>;
}

/** The program that evaluates rules with OPA as a library; null where it has not been built. */
export function opaProgram(root: string): string | null {
  const folder = execFileSync(path.join(root, "tools/install-peers"), ["--where"], { encoding: "utf8" }).trim();
  const file = path.join(folder, "opa-eval");
  return existsSync(file) ? file : null;
}

/** Evaluates each rule so often with OPA. The documents are handed over in files of the work folder. */
export function measureWithOpa(program: string, loads: readonly RuleLoad[], data: unknown, iterations: number, work: string): OpaMeasures {
  const findings = path.join(work, "opa-findings");
  mkdirSync(findings, { recursive: true });
  // Rules that are given the same input share its file, and OPA parses it once.
  const inputFiles = new Map<string, string>();
  for (const { inputText } of loads) {
    if (inputFiles.has(inputText)) continue;
    const file = path.join(work, `input-${inputFiles.size}.json`);
    writeFileSync(file, inputText);
    inputFiles.set(inputText, file);
  }
  const job = {
    findings,
    iterations,
    data,
    rules: loads.map(({ name, modules, rule, inputText }) => ({
      name,
      input: inputFiles.get(inputText),
      query: `data.${rule.join(".")}`,
      modules: modules.map(({ file, source }) => ({ file, text: source })),
    })),
  };
  const jobFile = path.join(work, "opa-job.json");
  writeFileSync(jobFile, JSON.stringify(job));
  const report = JSON.parse(execFileSync(program, [jobFile], { encoding: "utf8", maxBuffer: 64 * 2 ** 20 })) as OpaReport;
  const measures = new Map(
    report.rules.map(({ name, iterationsMillis }) => {
      const found = JSON.parse(readFileSync(path.join(findings, `${name}.json`), "utf8")) as unknown;
      return [name, { millis: iterationsMillis, findings: Array.isArray(found) ? found : [found] }];
    }),
  );
  return { title: `OPA ${report.version}, ${report.go}`, measures };
}
