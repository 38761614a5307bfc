import type { ComparedFinding, Finding, GateOutcome, Score, Severity } from "@holdfast/core";
import { percentText } from "./percent-text.ts";
import type { UngatedResult } from "./request.ts";

const CAUSES = 10;
const NAMED = 3;

/** The open findings of a result, worst first; of some controls where these are given. */
export function openFindings(result: UngatedResult, controls: ReadonlySet<string> | null): readonly Finding[] {
  return result.findings.filter(({ status, control }) => status === "open" && (controls === null || controls.has(control)));
}

/** What a message says of a finding. */
interface NamedFinding {
  readonly severity: Severity;
  readonly control: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

function namedText({ severity, control, kind, namespace, name, file, line }: NamedFinding): string {
  const place = file === undefined ? "" : ` (${file}${line === undefined ? "" : `:${line}`})`;
  return `${severity} ${control} ${kind} ${namespace === "" ? "" : `${namespace}/`}${name}${place}`;
}

/** A finding in a few words: `high C-0057 Pod shop/web (web.yaml:12)`. */
export function findingText({ control, severity, resource, source }: Finding, { resources }: Pick<UngatedResult, "resources">): string {
  const owner = resources[resource];
  if (owner === undefined) return `${severity} ${control}`;
  return namedText({ severity, control, ...owner, file: source?.file ?? owner.file, line: source?.line ?? owner.line });
}

/** A finding of a comparison in the same words. */
export function comparedText({ severity, control, resource }: ComparedFinding): string {
  return namedText({ severity, control, ...resource });
}

/** "3 open findings": a number with its noun. */
export function counted(number: number, singular: string, plural: string = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

/**
 * What a gate that holds says of what was lost: it judged the rest, and nothing is known of that. A loss has its own gate, `--coverage-threshold`. Empty where nothing was lost. `coverage` is that of what
 * was gated.
 */
export function ofTheRest(coverage: Score, { problems }: Pick<UngatedResult, "problems">): string {
  if (coverage === null || coverage >= 100) return "";
  const lost = problems.filter(({ effect }) => effect !== "degraded");
  const took = lost.length === 0 ? "" : `${counted(lost.length, "problem")} took from what was judged, and `;
  return `; ${took}this is about the rest: coverage is ${percentText(coverage)}, which --coverage-threshold gates`;
}

/** How a message names findings, which are sorted, the worst first: the first three. Empty where there is none. */
export function becauseOf(findings: readonly string[]): string {
  if (findings.length === 0) return "";
  const more = findings.length > NAMED ? `; and ${findings.length - NAMED} more` : "";
  return `, because of ${counted(findings.length, "open finding")}: ${findings.slice(0, NAMED).join("; ")}${more}`;
}

/** The same of findings of a result. */
export function because(findings: readonly Finding[], result: Pick<UngatedResult, "resources">): string {
  return becauseOf(findings.map((finding) => findingText(finding, result)));
}

/** The fingerprints of the first few findings, as an outcome lists them. */
export function causes(findings: readonly Finding[]): GateOutcome["causes"] {
  return findings.slice(0, CAUSES).map(({ fingerprint }) => fingerprint);
}
