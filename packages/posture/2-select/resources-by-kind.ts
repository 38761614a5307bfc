import { groupOf, type KindPattern, type Resource } from "@holdfast/core";

/** Finds resources by kind in time that does not grow with their number. */
export class ResourcesByKind {
  readonly #byKind = new Map<string, Map<string, number[]>>();

  constructor(resources: readonly Resource[]) {
    for (const [place, { apiVersion, kind }] of resources.entries()) {
      const groups = this.#byKind.get(kind) ?? new Map<string, number[]>();
      this.#byKind.set(kind, groups);
      const group = groupOf(apiVersion);
      const places = groups.get(group);
      if (places === undefined) groups.set(group, [place]);
      else places.push(place);
    }
  }

  /** The places of all resources that one of the patterns matches, ascending; the kind `*` is any. */
  matching(patterns: readonly KindPattern[]): readonly number[] {
    const lists: (readonly number[])[] = [];
    for (const { group, kind } of patterns) {
      if (kind === "*") {
        for (const groups of this.#byKind.values()) lists.push(...(group === "*" ? groups.values() : [groups.get(group) ?? []]));
        continue;
      }
      const groups = this.#byKind.get(kind);
      if (groups === undefined) continue;
      if (group === "*") lists.push(...groups.values());
      else lists.push(groups.get(group) ?? []);
    }
    return [...new Set(lists.flat())].sort((a, b) => a - b);
  }
}
