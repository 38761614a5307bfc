/** The JSON text of a value with the keys of all objects in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(",")}}`;
}

/** What two evaluations of a rule differ in: the findings of one that the other has not, in full. Order does not count. */
export function findingDifferences(
  left: readonly unknown[],
  right: readonly unknown[],
): { readonly onlyLeft: readonly string[]; readonly onlyRight: readonly string[] } {
  const counts = new Map<string, number>();
  for (const finding of left) count(counts, canonical(finding), 1);
  for (const finding of right) count(counts, canonical(finding), -1);
  const rest = [...counts].filter(([, number]) => number !== 0);
  return {
    onlyLeft: rest.filter(([, number]) => number > 0).map(([text]) => text),
    onlyRight: rest.filter(([, number]) => number < 0).map(([text]) => text),
  };
}

function count(counts: Map<string, number>, text: string, by: number): void {
  counts.set(text, (counts.get(text) ?? 0) + by);
}
