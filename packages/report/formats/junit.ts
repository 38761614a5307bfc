import type { FrameworkResult, Result, Score, Summary } from "@holdfast/core";
import { controlCases, scanCases, type TestCase } from "../junit/test-cases.ts";
import { xmlAttributes, xmlText } from "../junit/xml-text.ts";
import type { Format } from "./define.ts";

interface Suite {
  readonly name: string;
  readonly properties: Readonly<Record<string, string | number>>;
  /** Made anew each time that they are asked for: they are counted before they are written. */
  readonly cases: () => Iterable<TestCase>;
}

interface Counts {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
}

const COUNTED = { failure: "failures", error: "errors", skipped: "skipped" } as const;

function countsOf(cases: Iterable<TestCase>): Counts {
  const counts: Counts = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  for (const { outcome } of cases) {
    counts.tests++;
    if (outcome !== undefined) counts[COUNTED[outcome.element]]++;
  }
  return counts;
}

function scoreText(score: Score): string | number {
  return score ?? "no data";
}

function scoreProperties(
  prefix: string,
  { compliance, strictCompliance, coverage, reach }: FrameworkResult | Summary,
): Suite["properties"] {
  return {
    [`${prefix}compliance`]: scoreText(compliance),
    [`${prefix}strict-compliance`]: scoreText(strictCompliance),
    [`${prefix}coverage`]: scoreText(coverage),
    [`${prefix}reach`]: `${reach.answerable} of ${reach.total}`,
  };
}

function scanProperties({ tool, summary, frameworks }: Result): Suite["properties"] {
  const controls = Object.entries(summary.controls).map(([status, count]) => [`controls.${status}`, count]);
  const severities = Object.entries(summary.bySeverity).map(([severity, count]) => [`findings.${severity}`, count]);
  return {
    "tool.version": tool.version,
    "tool.library": tool.library,
    ...scoreProperties("", summary),
    findings: summary.findings,
    accepted: summary.accepted,
    ...(Object.fromEntries([...severities, ...controls]) as Record<string, number>),
    ...Object.assign({}, ...frameworks.map((one) => scoreProperties(`framework.${one.id}.`, one))),
  };
}

function suitesOf(result: Result): readonly Suite[] {
  const verdicts = Map.groupBy(result.verdicts, ({ control }) => control);
  const findings = Map.groupBy(result.findings, ({ control }) => control);
  return [
    { name: "Holdfast", properties: scanProperties(result), cases: () => scanCases(result) },
    ...result.controls.map((control): Suite => ({
      name: `${control.id} ${control.name}`,
      properties: { severity: control.severity, compliance: scoreText(control.compliance) },
      cases: () => controlCases(control, verdicts.get(control.id) ?? [], findings.get(control.id) ?? [], result),
    })),
  ];
}

function caseText({ name, classname, outcome }: TestCase): string {
  const head = `    <testcase${xmlAttributes({ name, classname })}`;
  if (outcome === undefined) return `${head}/>\n`;
  const { element, type, message, text } = outcome;
  return `${head}>\n      <${element}${xmlAttributes({ type, message })}>${xmlText(text)}</${element}>\n    </testcase>\n`;
}

function* render(result: Result): Iterable<string> {
  const suites = suitesOf(result).map((suite) => ({ ...suite, counts: countsOf(suite.cases()) }));
  const sum = (key: keyof Counts): number => suites.reduce((total, { counts }) => total + counts[key], 0);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites${xmlAttributes({ name: "Holdfast", tests: sum("tests"), failures: sum("failures"), errors: sum("errors") })}>\n`;
  for (const { name, properties, cases, counts } of suites) {
    yield `  <testsuite${xmlAttributes({ name, ...counts, timestamp: result.time })}>\n    <properties>\n`;
    for (const [key, value] of Object.entries(properties)) yield `      <property${xmlAttributes({ name: key, value })}/>\n`;
    yield "    </properties>\n";
    for (const one of cases()) yield caseText(one);
    yield "  </testsuite>\n";
  }
  yield "</testsuites>\n";
}

/** JUnit's XML, in the form of Jenkins's xUnit plugin (junit-10.xsd): a suite for each control, a test for each resource that it judges. */
export const junit: Format = { render };
