import type { Finding, Result } from "@holdfast/core";

/** What a fix touches: two findings with the same are mended by the same edit. */
function editKey(finding: Finding, place: number): string {
  const { edit, source, fixes } = finding;
  if (edit !== undefined) return JSON.stringify(["edit", edit.file, edit.replacements]);
  // Objects that were rendered from one line are mended in that line.
  if (source?.exact === true) return JSON.stringify(["line", source.file, source.line, source.column, fixes]);
  const [fix] = fixes;
  if (fix?.path !== undefined) return JSON.stringify(["field", finding.resource, fix.kind, fix.path, fix.value ?? null]);
  return JSON.stringify(["finding", place]);
}

/** The open findings as places in `findings`, in groups that one edit clears. */
export function groupByEdit({ findings }: Result): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const [place, finding] of findings.entries()) {
    if (finding.status !== "open") continue;
    const key = editKey(finding, place);
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [place]);
    else own.push(place);
  }
  return [...groups.values()];
}
