import type { ModuleSource, TestCase, TestOutcome, TestResult } from "@holdfast/rego";
import { jsonText } from "./eval-formats.ts";
import { safeText } from "./compile-sources.ts";

/** How results of tests can be written. */
export type TestFormat = "pretty" | "json" | "junit";

interface TestFormatOptions {
  readonly verbose: boolean;
  /** The modules as they were written, for the lines of what failed. */
  readonly sources: readonly ModuleSource[];
}

const WORDS: Readonly<Record<TestOutcome, string>> = { pass: "PASS", fail: "FAIL", error: "ERROR", skip: "SKIPPED" };

function fullName({ test }: TestResult): string {
  return `${test.package}.${test.name}`;
}

function caseLines(cases: readonly TestCase[], margin: string, wanted: (one: TestCase) => boolean): readonly string[] {
  return cases
    .filter(wanted)
    .flatMap((one) => [`${margin}${one.name}: ${one.passed ? "PASS" : "FAIL"}`, ...caseLines(one.cases, `${margin}  `, wanted)]);
}

/** What is counted of a test: itself, or each of its innermost cases. */
function outcomesOf({ outcome, cases }: TestResult): readonly TestOutcome[] {
  return cases.length === 0 ? [outcome] : cases.flatMap(outcomesOfCase);
}

function outcomesOfCase({ passed, cases }: TestCase): readonly TestOutcome[] {
  if (cases.length > 0) return cases.flatMap(outcomesOfCase);
  return [passed ? "pass" : "fail"];
}

function problemLines({ problem }: TestResult): readonly string[] {
  if (problem === null) return [];
  const place = problem.line === null ? [] : [`    at ${problem.file ?? ""}:${problem.line}`];
  return [`  ${problem.code}: ${problem.message}`, ...place];
}

/** The expression that did not hold, and the values that stand in it. */
function failureLines({ failure, test }: TestResult, shown = ""): readonly string[] {
  if (failure === null) return [];
  const place = failure.line === test.line && shown.endsWith(failure.text) ? [] : [`  ${failure.line} | ${firstLine(failure.text)}`];
  return [...place, ...failure.values.map(({ text, value }) => `      ${text}: ${shortened(value ?? "undefined")}`)];
}

function firstLine(text: string): string {
  const [first = "", ...rest] = text.split("\n");
  return rest.length === 0 ? first : `${first.trimEnd()} …`;
}

/** How much of a value is shown. */
const WIDEST = 300;

function shortened(text: string): string {
  return text.length <= WIDEST ? text : `${text.slice(0, WIDEST)}…`;
}

function pretty(results: readonly TestResult[], { verbose, sources }: TestFormatOptions): string {
  const texts = new Map(sources.map(({ file, source }) => [file, source.split("\n")]));
  const lines: string[] = [];
  for (const result of results) {
    const bad = result.outcome === "fail" || result.outcome === "error";
    if (!verbose && !bad) continue;
    const { file, line } = result.test;
    const time = result.outcome === "skip" ? "" : ` (${result.duration.toFixed(2)} ms)`;
    lines.push(`${fullName(result)}: ${WORDS[result.outcome]}${time}`);
    const source = texts.get(file)?.[line - 1]?.trimEnd() ?? "";
    if (bad) lines.push(`  at ${file}:${line}`, `  ${String(line)} | ${source}`);
    lines.push(
      ...failureLines(result, source),
      ...problemLines(result),
      ...caseLines(result.cases, "  ", ({ passed }) => verbose || !passed),
    );
    if (result.printed.length > 0) lines.push("  printed:", ...result.printed.map((each) => `    ${each}`));
  }
  const outcomes = results.flatMap(outcomesOf);
  const summary = (["pass", "fail", "error", "skip"] as const).flatMap((outcome) => {
    const count = outcomes.filter((each) => each === outcome).length;
    return count === 0 && outcome !== "pass" ? [] : [`${WORDS[outcome]}: ${count}/${outcomes.length}`];
  });
  if (results.length === 0) return "no tests: a test is a rule whose name begins with test_\n";
  return safeText([...lines, ...(lines.length > 0 ? [""] : []), ...summary, ""].join("\n"));
}

function jsonCases(cases: readonly TestCase[]): Readonly<Record<string, unknown>> {
  const entries = cases.map(({ name, passed, cases: inner }) => [
    name,
    { name, ...(passed ? {} : { fail: true }), ...(inner.length === 0 ? {} : { sub_results: jsonCases(inner) }) },
  ]);
  return Object.fromEntries(entries) as Readonly<Record<string, unknown>>;
}

function json(results: readonly TestResult[]): string {
  return jsonText(
    results.map(({ test, outcome, problem, cases, failure, printed, duration }) => ({
      location: { file: test.file, row: test.line, col: test.column },
      package: test.package,
      name: test.name,
      ...(outcome === "fail" ? { fail: true } : {}),
      ...(outcome === "skip" ? { skip: true } : {}),
      ...(problem === null ? {} : { error: { code: problem.code, message: problem.message } }),
      ...(failure === null ? {} : { failure }),
      duration: Math.round(duration * 1e6),
      ...(cases.length === 0 ? {} : { sub_results: jsonCases(cases) }),
      ...(printed.length === 0 ? {} : { output: Buffer.from(`${printed.join("\n")}\n`).toString("base64") }),
    })),
  );
}

/** Text as XML 1.0 has it: characters that it can't say become a question mark. */
function xml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "?")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function junitCase(result: TestResult): string {
  const { test, outcome, problem, duration, cases, printed } = result;
  const head = `<testcase classname="${xml(test.package)}" name="${xml(test.name)}" file="${xml(test.file)}" line="${test.line}" time="${(duration / 1000).toFixed(6)}">`;
  const detail = xml([...failureLines(result), ...problemLines(result), ...caseLines(cases, "", ({ passed }) => !passed)].join("\n"));
  const at = xml(`${test.file}:${test.line}`);
  const inner: readonly string[] = [
    ...(outcome === "fail" ? [`<failure message="the test is not true at ${at}">${detail}</failure>`] : []),
    ...(outcome === "error" ? [`<error message="${xml(problem?.message ?? "")}">${detail}</error>`] : []),
    ...(outcome === "skip" ? ["<skipped/>"] : []),
    ...(printed.length > 0 ? [`<system-out>${xml(printed.join("\n"))}</system-out>`] : []),
  ];
  return `    ${head}${inner.join("")}</testcase>`;
}

function junit(results: readonly TestResult[]): string {
  const counts = (some: readonly TestResult[]): string => {
    const count = (wanted: TestOutcome): number => some.filter(({ outcome }) => outcome === wanted).length;
    return `tests="${some.length}" failures="${count("fail")}" errors="${count("error")}" skipped="${count("skip")}"`;
  };
  const suites = [...Map.groupBy(results, ({ test }) => test.package)].map(
    ([name, some]) => `  <testsuite name="${xml(name)}" ${counts(some)}>\n${some.map(junitCase).join("\n")}\n  </testsuite>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts(results)}>\n${suites.join("")}</testsuites>\n`;
}

/** Each format, from results to the text. `json` has the shape of `opa test`'s. */
export const testFormats: Readonly<Record<TestFormat, (results: readonly TestResult[], options: TestFormatOptions) => string>> = {
  pretty,
  json,
  junit,
};
