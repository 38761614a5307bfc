import type { RegoValue } from "@holdfast/rego";
import type { RelatedObject, RuleFinding } from "./rule-finding.ts";

const CARRIED = /^relatedObjects\[\d+\]\../u;

/** The paths that lie in the carried object at a place, from there; or, without a place, those that lie in none. */
function within(paths: readonly string[], place: number | null): readonly string[] {
  if (place === null) return paths.filter((path) => !CARRIED.test(path));
  const start = `relatedObjects[${place}].`;
  return paths.filter((path) => path.length > start.length && path.startsWith(start)).map((path) => path.slice(start.length));
}

/**
 * A subject carries the binding and the role that it was found with, and rules name paths in these as `relatedObjects[0].subjects[1]`. Turns them into related objects
 * with paths of their own, as other findings have them.
 */
export function withCarriedObjects(finding: RuleFinding): RuleFinding {
  const carried = (finding.object as { readonly relatedObjects?: unknown } | null)?.relatedObjects;
  if (!Array.isArray(carried)) return finding;
  const paths = (place: number | null): Omit<RelatedObject, "object"> => ({
    failedPaths: within(finding.failedPaths, place),
    reviewPaths: within(finding.reviewPaths, place),
    deletePaths: within(finding.deletePaths, place),
  });
  return { ...finding, ...paths(null), related: carried.map((object: RegoValue, place) => ({ object, ...paths(place) })) };
}
