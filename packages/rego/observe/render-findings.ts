import { display } from "../runtime/display.ts";
import type { RegoValue } from "../runtime/value.ts";
import type { Finding, FindingStep } from "./explain-findings.ts";

/** How many characters of a value are shown. */
const shown = 100;

/** Findings as text: each value, the expressions that made it with their lines and variables, and what they read of the input. */
export function renderFindings(findings: readonly Finding[]): string {
  return findings.map((finding) => `${lines(finding, "").join("\n")}\n`).join("\n");
}

function lines(finding: Finding, indent: string): readonly string[] {
  const keys = finding.keys.map((key) => `[${brief(key)}]`).join("");
  return [
    `${indent}${finding.rule}${keys}: ${brief(finding.value)}    (${finding.file}:${finding.line})`,
    ...finding.steps.flatMap((step) => stepLines(step, `${indent}  `)),
  ];
}

function stepLines(step: FindingStep, indent: string): readonly string[] {
  return [
    `${indent}${step.file}:${step.line}  ${step.text.replaceAll(/\s*\n\s*/g, " ")}`,
    ...Object.entries(step.variables).map(([name, value]) => `${indent}    ${name} = ${brief(value)}`),
    ...step.reads.map((path) => `${indent}    reads ${path}`),
    ...step.because.flatMap((finding) => lines(finding, `${indent}    `)),
  ];
}

function brief(value: RegoValue): string {
  const text = display(value);
  return text.length <= shown ? text : `${text.slice(0, shown)}…`;
}
