import type { Result } from "@holdfast/core";

/** The parts of a scan's result that the benchmark reads. */
export type ScanReport = Pick<Result, "resources" | "verdicts">;

/** All verdicts on resources of some namespaces as sorted text: the same text where the same resources were judged the same. */
export function verdictsOfNamespaces(report: ScanReport, namespaces: readonly string[]): string {
  const wanted = new Set(namespaces);
  const lines = report.verdicts.flatMap(({ control, resource, status }) => {
    const judged = resource === null ? undefined : report.resources[resource];
    if (judged === undefined || !wanted.has(judged.namespace)) return [];
    return [`${control} ${judged.kind} ${judged.namespace}/${judged.name} ${status}`];
  });
  return lines.sort().join("\n");
}
