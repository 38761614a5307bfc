// What a reader of each format finds in it. A format that is added has its entry here.
import type { Result } from "@holdfast/core";
import { loadAll } from "js-yaml";
import { readCsv } from "./read-csv.ts";
import { readJunit } from "./read-junit.ts";
import { readMetrics } from "./read-metrics.ts";

/** The figures that all outputs of a result share. */
export interface Reading {
  /** Open findings. */
  readonly findings: number;
  /** Accepted findings. */
  readonly accepted: number;
  /** Skipped controls. */
  readonly skipped: number;
  /** Compliance as the format writes it: a number or a percentage; "no data" where it has none. */
  readonly compliance: string;
  /** Coverage, in the same way. */
  readonly coverage: string;
}

function numberIn(text: string, pattern: RegExp): number {
  return Number((pattern.exec(text)?.[1] ?? "0").replaceAll(",", ""));
}

function textIn(text: string, pattern: RegExp): string {
  const [, found] = pattern.exec(text) ?? [];
  if (found === undefined) throw new Error(`the text lacks ${String(pattern)}`);
  return found;
}

function scoreText(score: number | null): string {
  return score === null ? "no data" : String(score);
}

function ofSummary({ findings, accepted, controls, compliance, coverage }: Result["summary"]): Reading {
  return { findings, accepted, skipped: controls.skipped, compliance: scoreText(compliance), coverage: scoreText(coverage) };
}

function ofResult(result: Result): Reading {
  return {
    ...ofSummary(result.summary),
    findings: result.findings.filter(({ status }) => status === "open").length,
    accepted: result.findings.filter(({ status }) => status === "accepted").length,
    skipped: result.controls.filter(({ status }) => status === "skipped").length,
  };
}

function readPretty(text: string): Reading {
  const compliance = /compliance (?<score>no data|[<\d. ]+ %)/gu;
  const coverage = /coverage\s+(?<score>no data|[<\d. ]+ %)/gu;
  // The scan as a whole comes last of those in the head.
  const head = text.slice(0, text.search(/^(?:[\d,]+ findings?:|no findings|no data: )/mu));
  return {
    findings: numberIn(text, /^([\d,]+) findings?:/mu),
    accepted: numberIn(text, /; ([\d,]+)\s+more\s+findings?\s+accepted/u),
    skipped: numberIn(text, /^[\d,]+ controls?: .*?([\d,]+) skipped/mu),
    compliance: [...head.matchAll(compliance)].at(-1)?.[1]?.trim() ?? "",
    coverage: [...head.matchAll(coverage)].at(-1)?.[1]?.trim() ?? "",
  };
}

interface SarifRun {
  readonly results: readonly { readonly suppressions?: readonly unknown[] }[];
  readonly tool: { readonly driver: { readonly rules: readonly { readonly properties: { readonly status: string } }[] } };
  readonly properties: { readonly compliance: number | null; readonly coverage: number | null };
}

function readSarif(text: string): Reading {
  const { runs } = JSON.parse(text) as { readonly runs: readonly [SarifRun] };
  const [{ results, tool, properties }] = runs;
  const accepted = results.filter(({ suppressions = [] }) => suppressions.length > 0).length;
  return {
    findings: results.length - accepted,
    accepted,
    skipped: tool.driver.rules.filter((rule) => rule.properties.status === "skipped").length,
    compliance: scoreText(properties.compliance),
    coverage: scoreText(properties.coverage),
  };
}

function readHtml(text: string): Reading {
  const findings = [...text.matchAll(/<script type="application\/json" data-part="findings">(.*)<\/script>/gu)].flatMap(
    ([, json = ""]) => JSON.parse(json) as readonly { readonly status: string }[],
  );
  const figure = (title: string): string =>
    textIn(text, new RegExp(`<h3>${title}</h3>\\s*<p class="figure">([^<]*)</p>`, "u")).replace("&lt;", "<");
  const chart = /<h3>[\d,]+ controls?<\/h3>(?<chart>.*?)<(?:h3|section)\b/su.exec(text)?.groups?.["chart"] ?? "";
  return {
    findings: findings.filter(({ status }) => status === "open").length,
    accepted: findings.filter(({ status }) => status === "accepted").length,
    skipped: numberIn(chart, /<span class="count">([\d,]+)<\/span>\s*not judged/u),
    compliance: figure("Compliance"),
    coverage: figure("Coverage"),
  };
}

interface GitlabReport {
  readonly scan: { readonly messages: readonly { readonly value: string }[] };
  readonly vulnerabilities: readonly unknown[];
}

function readGitlab(text: string): Reading {
  const { scan, vulnerabilities } = JSON.parse(text) as GitlabReport;
  // Names of the input stand in lines that begin otherwise.
  const said = scan.messages.map(({ value }) => value).join("\n");
  return {
    findings: vulnerabilities.length,
    accepted: numberIn(said, /^[\d,]+ findings?; ([\d,]+) more findings? accepted/mu),
    skipped: numberIn(said, /^controls: .* (\d+) skipped,/mu),
    compliance: textIn(said, /^whole scan: compliance (no data|[<\d. ]+ %)/mu),
    coverage: textIn(said, /^whole scan: .*coverage (no data|[<\d. ]+ %), reach/mu),
  };
}

function readGithub(text: string): Reading {
  const shown = [...text.matchAll(/^::(?:error|warning|notice) .*?title=[^:]* \((?:critical|high|medium|low|unknown)\)::/gmu)].length;
  const findings = numberIn(text, /^Holdfast: ([\d,]+) findings? \(/mu);
  const left = numberIn(text, /^Holdfast: ([\d,]+) more findings? without an annotation/mu);
  if (shown + left !== findings) throw new Error(`${shown} annotations and ${left} without are not ${findings} findings`);
  return {
    findings,
    accepted: numberIn(text, /^Holdfast: .*; ([\d,]+) more findings? accepted$/mu),
    skipped: numberIn(text, /^Controls: .* (\d+) skipped,/mu),
    compliance: textIn(text, /^Whole scan: compliance (no data|[<\d. ]+ %)/mu),
    coverage: textIn(text, /^Whole scan: .*coverage (no data|[<\d. ]+ %), reach/mu),
  };
}

function readMarkdown(text: string): Reading {
  const row = /^\| Whole scan \| (?<compliance>[^|]*) \| [^|]* \| (?<coverage>[^|]*) \|/mu.exec(text)?.groups ?? {};
  return {
    findings: numberIn(text, /^## Holdfast: ([\d,]+) findings?: /mu),
    accepted: numberIn(text, /^## Holdfast: .*\(and ([\d,]+) accepted\)$/mu),
    skipped: numberIn(text, /^Controls: (?:.*, )?(\d+) skipped/mu),
    compliance: row["compliance"] ?? "",
    coverage: row["coverage"] ?? "",
  };
}

function readTests(text: string): Reading {
  const { properties } = readJunit(text);
  return {
    findings: Number(properties["findings"]),
    accepted: Number(properties["accepted"]),
    skipped: Number(properties["controls.skipped"]),
    compliance: properties["compliance"] ?? "",
    coverage: properties["coverage"] ?? "",
  };
}

function readTable(text: string): Reading {
  const rows = readCsv(text);
  const count = (record: string, status: string): number =>
    rows.filter((row) => row["record"] === record && row["status"] === status).length;
  const scan = rows.find(({ record }) => record === "scan") ?? {};
  return {
    findings: count("finding", "open"),
    accepted: count("finding", "accepted"),
    skipped: count("control", "skipped"),
    compliance: scan["compliance"] ?? "",
    coverage: scan["coverage"] ?? "",
  };
}

function readPrometheus(text: string): Reading {
  const series = readMetrics(text);
  const severities = ["critical", "high", "medium", "low", "unknown"];
  const score = (name: string): string => scoreText(series.get(name) ?? null);
  return {
    findings: severities.reduce((sum, severity) => sum + (series.get(`holdfast_findings{severity="${severity}"}`) ?? Number.NaN), 0),
    accepted: series.get("holdfast_accepted_findings") ?? Number.NaN,
    skipped: series.get('holdfast_controls{status="skipped"}') ?? Number.NaN,
    compliance: score("holdfast_compliance_percent"),
    coverage: score("holdfast_coverage_percent"),
  };
}

interface PolicyReport {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  readonly results: readonly { readonly result: string; readonly properties?: Readonly<Record<string, string>> }[];
}

function readPolicyReports(text: string): Reading {
  const reports = loadAll(text) as readonly PolicyReport[];
  const findings = reports.flatMap(({ results }) => results.filter(({ properties }) => properties?.["fingerprint"] !== undefined));
  const annotations = reports[0]?.metadata.annotations ?? {};
  return {
    findings: findings.filter(({ result }) => result === "fail").length,
    accepted: findings.filter(({ result }) => result === "skip").length,
    skipped: Number(annotations["holdfast/controls-skipped"]),
    compliance: annotations["holdfast/compliance"] ?? "",
    coverage: annotations["holdfast/coverage"] ?? "",
  };
}

/** A reader for each format, by its id. */
export const readings: Readonly<Record<string, (text: string) => Reading>> = {
  pretty: readPretty,
  json: (text) => ofResult(JSON.parse(text) as Result),
  yaml: (text) => ofResult(loadAll(text)[0] as Result),
  "kubescape-json": (text) => ofSummary((JSON.parse(text) as { readonly holdfast: Result["summary"] }).holdfast),
  sarif: readSarif,
  html: readHtml,
  "gitlab-sast": readGitlab,
  github: readGithub,
  markdown: readMarkdown,
  junit: readTests,
  csv: readTable,
  prometheus: readPrometheus,
  policyreport: readPolicyReports,
};
