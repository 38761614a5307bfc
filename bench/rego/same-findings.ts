import { stringify, type RegoValue } from "@holdfast/rego";

/** What two evaluations of a rule differ in: the findings of one that the other has not, in full, as JSON with all digits of their numbers. Order does not count. */
export function findingDifferences(
  left: readonly RegoValue[],
  right: readonly RegoValue[],
): { readonly onlyLeft: readonly string[]; readonly onlyRight: readonly string[] } {
  const counts = new Map<string, number>();
  for (const finding of left) count(counts, stringify(finding), 1);
  for (const finding of right) count(counts, stringify(finding), -1);
  const rest = [...counts].filter(([, number]) => number !== 0);
  return {
    onlyLeft: rest.filter(([, number]) => number > 0).map(([text]) => text),
    onlyRight: rest.filter(([, number]) => number < 0).map(([text]) => text),
  };
}

function count(counts: Map<string, number>, text: string, by: number): void {
  counts.set(text, (counts.get(text) ?? 0) + by);
}
