import type { Finding, GateOutcome } from "@holdfast/core";
import type { UngatedResult } from "./request.ts";

const CAUSES = 10;
const NAMED = 3;

/** The open findings of a result, worst first; of some controls where these are given. */
export function openFindings(result: UngatedResult, controls: ReadonlySet<string> | null): readonly Finding[] {
  return result.findings.filter(({ status, control }) => status === "open" && (controls === null || controls.has(control)));
}

/** A finding in a few words: `high C-0057 Pod shop/web (web.yaml:12)`. */
export function findingText({ control, severity, resource, source }: Finding, { resources }: Pick<UngatedResult, "resources">): string {
  const owner = resources[resource];
  if (owner === undefined) return `${severity} ${control}`;
  const file = source?.file ?? owner.file;
  const line = source?.line ?? owner.line;
  const place = file === undefined ? "" : ` (${file}${line === undefined ? "" : `:${line}`})`;
  return `${severity} ${control} ${owner.kind} ${owner.namespace === "" ? "" : `${owner.namespace}/`}${owner.name}${place}`;
}

/** "3 open findings": a number with its noun. */
export function counted(number: number, singular: string, plural: string = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

/** How a message names the findings behind it, which are sorted, the worst first: the first three. Empty where there is none. */
export function because(findings: readonly Finding[], result: Pick<UngatedResult, "resources">): string {
  if (findings.length === 0) return "";
  const named = findings.slice(0, NAMED).map((finding) => findingText(finding, result));
  const more = findings.length > NAMED ? `; and ${findings.length - NAMED} more` : "";
  return `, because of ${counted(findings.length, "open finding")}: ${named.join("; ")}${more}`;
}

/** The fingerprints of the first few findings, as an outcome lists them. */
export function causes(findings: readonly Finding[]): GateOutcome["causes"] {
  return findings.slice(0, CAUSES).map(({ fingerprint }) => fingerprint);
}
