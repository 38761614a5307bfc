// Runs every suite of the shared folder and holds its result against what was promised: `node test/conformance/suites.ts [--shrink] [--counts FILE]`.
// `--shrink` takes the cases that pass now out of the lists of known failures. The last line is `N held, N missed`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { sharedFolder } from "../shared-folder.ts";
import { failedCases, knownFailureDrift, readKnownFailures, withoutMended, writeKnownFailures } from "./known-failures.ts";

/** What a promise came to: whether it holds, and the figures. */
interface Outcome {
  readonly held: boolean;
  readonly text: string;
}

const { values: options } = parseArgs({ options: { shrink: { type: "boolean", default: false }, counts: { type: "string" } } });
const here = import.meta.dirname;
const root = path.join(here, "../..");
if (sharedFolder === null) {
  console.error("The shared folder is not at hand: set HOLDFAST_SHARED to it");
  process.exit(2);
}
const shared = sharedFolder;
const suites = path.join(shared, "conformance");
const work = mkdtempSync(path.join(tmpdir(), "holdfast-suites-"));

/** Runs a program and returns what it printed. Throws with its last words when it fails. */
function output(file: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd: root, encoding: "utf8", maxBuffer: 256 * 2 ** 20 });
  if (error !== undefined) throw new Error(`${file}: ${error.message}`);
  if (status !== 0)
    throw new Error(`${[file, ...args].join(" ")} ended with ${status}: ${(stderr || stdout).trim().split("\n").slice(-5).join("\n")}`);
  return stdout;
}

/** Lets the product answer a suite; returns the file with its answers. */
function answer(script: string, args: readonly string[]): string {
  const file = path.join(work, `${args.map((arg) => path.basename(arg)).join("-")}.actual`);
  output(process.execPath, [path.join(here, script), ...args, "--actual", file]);
  return file;
}

function compare(args: readonly string[]): string {
  return output("python3", [path.join(suites, "compare.py"), ...args]);
}

/** The numbers of the judge's last line. */
function counts(text: string): { readonly passed: number; readonly total: number } {
  const match = /^(?<passed>\d+) passed, (?<failed>\d+) failed$/mu.exec(text)?.groups;
  if (match === undefined) throw new Error(`the judge's last line is not as it should be: ${text.slice(-200)}`);
  return { passed: Number(match["passed"]), total: Number(match["passed"]) + Number(match["failed"]) };
}

function percent(passed: number, total: number): number {
  return total === 0 ? 0 : (100 * passed) / total;
}

function rego(name: string): readonly Outcome[] {
  const folder = path.join(suites, name);
  const actual = answer("run.ts", ["rego", folder]);
  const core = counts(compare(["rego", folder, actual, "--only", path.join(suites, "rego-core.txt")]));
  const failures = path.join(work, `${name}.failures`);
  const all = counts(compare(["rego", folder, actual, "--failures", failures]));
  const list = path.join(here, "known-failures", `${name}.txt`);
  const failed = failedCases(readFileSync(failures, "utf8"));
  const known = readKnownFailures(list);
  const coreShare = percent(core.passed, core.total);
  const outcomes = [
    {
      held: coreShare >= 95,
      text: `core ${core.passed} of ${core.total}, ${coreShare.toFixed(2)} % (at least 95); all ${all.passed} of ${all.total}, ${percent(all.passed, all.total).toFixed(2)} %`,
    },
  ];
  if (known === null) {
    writeKnownFailures(list, failed);
    return [...outcomes, { held: false, text: `there was no list of known failures; one was written: ${path.relative(root, list)}` }];
  }
  const drift = knownFailureDrift(failed, known);
  if (options.shrink && drift.mended.length > 0) writeFileSync(list, withoutMended(known, drift));
  const complaints = [
    ...(drift.unlisted.length === 0 ? [] : [`not listed and fail: ${drift.unlisted.join(" ")}`]),
    ...(drift.mended.length === 0 || options.shrink ? [] : [`listed and pass (take them out with --shrink): ${drift.mended.join(" ")}`]),
  ];
  return [
    ...outcomes,
    { held: complaints.length === 0, text: complaints.length === 0 ? `${failed.length} known failures, as listed` : complaints.join("; ") },
  ];
}

function controls(): readonly Outcome[] {
  const folder = path.join(suites, "controls");
  const actual = answer("run.ts", ["controls", folder]);
  return [
    ...sameFindings("all rules", compare(["controls", folder, actual])),
    ...sameFindings("NSA rules", compare(["controls", folder, actual, "--only", path.join(suites, "nsa-rules.txt")])),
  ];
}

function sameFindings(of: string, text: string): readonly Outcome[] {
  const match = /same objects: (?<loose>\d+) of (?<total>\d+) = .*; and same paths and fixes: (?<strict>\d+) of/u.exec(text)?.groups;
  if (match === undefined) throw new Error(`the judge's text is not as it should be: ${text.slice(-200)}`);
  const [loose, strict] = [match["loose"], match["strict"]].map((number) => percent(Number(number), Number(match["total"])));
  return [
    {
      held: (loose ?? 0) >= 98,
      text: `${of}, same objects: ${match["loose"]} of ${match["total"]}, ${loose?.toFixed(2)} % (at least 98)`,
    },
    {
      held: (strict ?? 0) >= 97,
      text: `${of}, same paths and fixes: ${match["strict"]} of ${match["total"]}, ${strict?.toFixed(2)} % (at least 97)`,
    },
  ];
}

function agreement(corpus: string): readonly Outcome[] {
  const actual = answer("agreement.ts", [path.join(shared, "corpus", corpus)]);
  const golden = path.join(shared, "golden", `${corpus}.json`);
  const text = compare(["verdicts", golden, actual, path.join(root, "docs/differences.json")]);
  const { passed, total } = counts(text);
  const different = percent(total - passed, total);
  return [
    {
      held: different <= 1 && total > 0,
      text: `${total - passed} of ${total} verdicts differ without a reason, ${different.toFixed(2)} % (at most 1); ${text.split("\n")[0]}`,
    },
  ];
}

const runs: readonly (readonly [string, () => readonly Outcome[]])[] = [
  ["rego-v1", () => rego("rego-v1")],
  ["rego-v0", () => rego("rego-v0")],
  ["controls", controls],
  ["kubernetes-goat", () => agreement("kubernetes-goat")],
  ["podinfo", () => agreement("podinfo")],
];

const outcomes: Outcome[] = [];
try {
  for (const [name, run] of runs) {
    let came: readonly Outcome[];
    try {
      came = run();
    } catch (error) {
      came = [{ held: false, text: error instanceof Error ? error.message : String(error) }];
    }
    for (const { held, text } of came) console.log(`${held ? "held  " : "MISSED"}  ${name}: ${text}`);
    outcomes.push(...came);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
const held = outcomes.filter((outcome) => outcome.held).length;
const missed = outcomes.length - held;
if (options.counts !== undefined) writeFileSync(options.counts, JSON.stringify({ passed: held, failed: missed }));
console.log(`${held} held, ${missed} missed`);
process.exitCode = missed === 0 ? 0 : 1;
