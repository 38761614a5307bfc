import type { Finding, Result } from "@holdfast/core";

/** A place in a file, as exactly as it is known. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** Where to look: the source; else what is known of the file of a path, of the resource, or of what takes part. Null where no file is known. */
export function findingPlace(finding: Finding, result: Result): Place | null {
  if (finding.source !== undefined) return finding.source;
  const resources = [finding.resource, ...finding.related].flatMap((place) => result.resources[place] ?? []);
  for (const { file, ...place } of [...finding.paths, ...resources]) {
    if (file !== undefined)
      return {
        file,
        ...(place.line === undefined ? {} : { line: place.line }),
        ...("column" in place && place.column !== undefined ? { column: place.column } : {}),
      };
  }
  return null;
}
