import type { Skip } from "@holdfast/core";
import type { EvaluationOutcome, PlacedFinding } from "./evaluate.ts";

const NOT_ASKED: Skip = { reason: "no-match", detail: "none of the objects that were asked for is of a kind that it judges" };

/**
 * What evaluation says of the objects that were asked for. `context` are the places of those that were read only because others are judged by them: findings about them alone are left out, and they do not count as
 * judged. What stands in no input, such as a subject of bindings, is as much asked for as what it was found with.
 */
export function onlyAskedFor(outcome: EvaluationOutcome, context: ReadonlySet<number>, loaded: number): EvaluationOutcome {
  if (context.size === 0) return outcome;
  const asked = (finding: PlacedFinding): boolean =>
    finding.resource < loaded ? !context.has(finding.resource) : finding.related.some((place) => place < loaded && !context.has(place));
  const findings = outcome.findings.filter(asked);
  const byRule = Map.groupBy(findings, ({ control, rule }) => JSON.stringify([control, rule]));
  const controls = outcome.controls.map((one) => {
    const evaluations = one.evaluations.map((evaluation) => {
      const { control, rule } = evaluation.receipt;
      const own = byRule.get(JSON.stringify([control, rule])) ?? [];
      const failed = new Set(own.map(({ resource }) => resource));
      const judged = evaluation.judged.filter((place) => (place < loaded ? !context.has(place) : failed.has(place)));
      const undecided = (evaluation.undecided ?? []).filter(({ resource }) => !context.has(resource));
      const { undecided: _, ...rest } = evaluation;
      const receipt = { ...evaluation.receipt, judged: judged.length, findings: own.length };
      return { ...rest, receipt, judged, ...(undecided.length === 0 ? {} : { undecided }) };
    });
    const kept = evaluations.filter(({ judged, undecided }) => judged.length > 0 || undecided !== undefined);
    const dropped = evaluations.length - kept.length;
    return { ...one, evaluations: kept, skips: [...one.skips, ...Array.from({ length: dropped }, () => NOT_ASKED)] };
  });
  return { ...outcome, findings, controls };
}
