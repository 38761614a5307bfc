import { groupOf, type Finding, type Result } from "@holdfast/core";

/** What became of the open findings of a result in a later one. */
export interface MatchedFindings {
  /** Of the earlier result: those that are no longer there. */
  readonly gone: readonly Finding[];
  /** Of the later result: those that were not there before. */
  readonly added: readonly Finding[];
}

/** What tells findings of one control on one object in one file from all others, whatever their paths. */
function placeOf({ resources }: Result, { control, resource }: Finding): string {
  const { apiVersion = "", kind = "", namespace = "", name = "", file = "" } = resources[resource] ?? {};
  return JSON.stringify([control, groupOf(apiVersion), kind, namespace, name, file]);
}

function openByPlace(result: Result): ReadonlyMap<string, readonly Finding[]> {
  return Map.groupBy(
    result.findings.filter(({ status }) => status === "open"),
    (finding) => placeOf(result, finding),
  );
}

/**
 * Compares two results. A finding that is mended in part has other paths than before, and so another fingerprint: of one control on one object, what is there again under
 * another fingerprint is neither gone nor added.
 */
export function matchFindings(before: Result, after: Result): MatchedFindings {
  const earlier = openByPlace(before);
  const later = openByPlace(after);
  const gone: Finding[] = [];
  const added: Finding[] = [];
  for (const place of new Set([...earlier.keys(), ...later.keys()])) {
    const were = unmatched(earlier.get(place) ?? [], later.get(place) ?? []);
    const are = unmatched(later.get(place) ?? [], earlier.get(place) ?? []);
    const changed = Math.min(were.length, are.length);
    gone.push(...were.slice(changed));
    added.push(...are.slice(changed));
  }
  return { gone, added };
}

function unmatched(findings: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const known = new Set(others.map(({ fingerprint }) => fingerprint));
  return findings.filter(({ fingerprint }) => !known.has(fingerprint));
}
