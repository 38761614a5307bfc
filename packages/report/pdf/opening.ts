import { SEVERITIES, type Result, type Summary } from "@holdfast/core";
import { scopeFacts, scopeName } from "../document-facts.ts";
import { countText } from "../pretty/count-text.ts";
import { percentText } from "../pretty/percent.ts";
import { inputText } from "../pretty/score-lines.ts";
import { COLORS, type Paper } from "./paper.ts";

const FILES = 60;

function dateText(time: string): string {
  return time.replace("T", " ").replace(/(?:\.\d+)?Z$/u, " UTC");
}

function scoreFigures(
  paper: Paper,
  { compliance, strictCompliance, coverage, reach }: Pick<Summary, "compliance" | "strictCompliance" | "coverage" | "reach">,
): void {
  const strict =
    strictCompliance !== null && strictCompliance !== compliance
      ? `${percentText(strictCompliance)} with accepted risks counted as failed`
      : "of what was judged passed, as a mean over controls";
  paper.figures([
    {
      title: "Compliance",
      figure: percentText(compliance),
      note: compliance === null ? "Nothing was evaluated, so there is no score." : strict,
      known: compliance !== null,
    },
    {
      title: "Coverage",
      figure: percentText(coverage),
      note: coverage === null ? "Nothing could be evaluated." : "of what this input can answer was evaluated",
      known: coverage !== null,
    },
    {
      title: "Reach",
      figure: reach.total === 0 ? "no data" : `${reach.answerable.toLocaleString("en-US")} of ${reach.total.toLocaleString("en-US")}`,
      note: reach.total === 0 ? "No control was selected." : "controls can be answered from this kind of input",
      known: reach.total > 0,
    },
  ]);
}

/** The open findings by severity, as a bar; without any, how much that says. */
export function severityBar(paper: Paper, { summary: { findings, bySeverity, coverage } }: Result): void {
  if (findings > 0) {
    paper.bar(SEVERITIES.map((name) => ({ name, count: bySeverity[name], color: COLORS[name] })));
    return;
  }
  paper.paragraph(
    coverage === null
      ? "No data: nothing could be judged."
      : coverage === 100
        ? "No open findings."
        : "No open findings in what could be judged.",
  );
}

/** The first sheet: what this is about and how it stands. */
export function coverPage(paper: Paper, result: Result): void {
  const { summary, time, tool } = result;
  const resources = Object.values(summary.resources).reduce((sum, count) => sum + count, 0);
  paper.cover("Holdfast", "Kubernetes security report", [
    `${countText(resources, "resource")} ${inputText(result)}`,
    ...(time === undefined ? [] : [dateText(time)]),
  ]);
  scoreFigures(paper, summary);
  paper.space(30);
  const accepted = summary.accepted === 0 ? "" : `, ${summary.accepted.toLocaleString("en-US")} more accepted`;
  paper.paragraph(`${countText(summary.findings, "open finding")}${accepted}`, { font: "bold", size: 11 });
  severityBar(paper, result);
  paper.space(24);
  paper.facts([
    ["Scope", scopeName(result)],
    ["Frameworks", result.frameworks.length === 0 ? "none was asked for" : result.frameworks.map(({ name }) => name).join(", ")],
    ["Holdfast", tool.version],
    ["Control library", tool.library],
    ["Time of the scan", time === undefined ? "not recorded" : dateText(time)],
  ]);
}

/** What each kind of input can't show. */
const KINDS: Readonly<Record<string, string>> = {
  files:
    "What was judged are Kubernetes manifests in files. Nothing was asked of a cluster: what is only true at run time is not in this document.",
  cluster: "What was judged are the objects of a running cluster, as its API server gave them to the account of the scan.",
};

function number(value: number): string {
  return value.toLocaleString("en-US");
}

/** What was given, and what became of it. */
export function scopeSection(paper: Paper, result: Result): void {
  paper.heading(1, "Scope");
  paper.paragraph(`This document reports on ${scopeName(result)}. ${KINDS[result.inputs.kind] ?? ""}`);
  paper.facts(scopeFacts(result));
  const { files: list } = result.inputs;
  if (list.length === 0) return;
  paper.heading(2, "Files");
  paper.table(
    [
      { title: "File", share: 0.55 },
      { title: "Objects", share: 0.15, right: true },
      { title: "Not Kubernetes", share: 0.15, right: true },
      { title: "Lost", share: 0.15, right: true },
    ],
    list
      .slice(0, FILES)
      .map((file) => [
        [{ text: file.file === "-" ? "standard input" : file.file, font: "mono", size: 8 }],
        number(file.resources),
        number(file.notKubernetes),
        number(file.lost),
      ]),
  );
  if (list.length > FILES)
    paper.paragraph(`${countText(list.length - FILES, "more file")} of the scope are not listed here; the result as JSON names each.`, {
      color: COLORS.muted,
    });
}

const METHOD: readonly (readonly [title: string, text: string])[] = [
  [
    "Verdicts",
    "Each control judges the resources that it is about by one or more rules. A resource passes only where a rule was really evaluated on it and found nothing; it fails where a rule found something; it is accepted where all that was found is accepted by an exception. What was not evaluated is not judged, and never counts as passed.",
  ],
  [
    "Compliance",
    "For each control, the share of the resources it judged that passed. The compliance of a framework, and of the scan, is the mean over the controls that judged at least one resource. The strict compliance is the same with accepted resources counted as failed.",
  ],
  [
    "Coverage",
    "What was evaluated of what this kind of input can answer. It is below 100 % where something could not be read or evaluated: the losses are named in this document.",
  ],
  [
    "Reach",
    "How many of the controls this kind of input can answer at all. Others need a cluster, a node's files or the cloud's description; each is named with what it needs.",
  ],
  ["No data", 'Where nothing was evaluated there is no score. It reads "no data", which is neither 0 nor 100.'],
  [
    "Severity",
    "That of the control: critical from a base score of 9, high from 7, medium from 4, low from 1, unknown where nobody has rated it. Percentages are cut, not rounded, so that only what is 100 % reads as 100 %.",
  ],
  [
    "Characters",
    "The fonts of this document have Latin and Cyrillic. Any other character of a name or text is written by its Unicode code point, such as [U+65E5]. Texts of more than 1,200 characters are cut, with the number of those left out.",
  ],
];

/** How verdicts and scores are made, in brief. */
export function methodSection(paper: Paper): void {
  paper.heading(1, "Method");
  for (const [title, text] of METHOD) {
    paper.heading(3, title, { room: 40 });
    paper.paragraph(text);
  }
}
