import type { KubernetesObject, Resource } from "@holdfast/core";
import type { RuleOutcome } from "./evaluate-rule.ts";

/** Which objects of a scan are deployed to which cluster: a tree may deploy to several, and objects of one have nothing to do with those of another. */
export class Clusters {
  readonly #clusters = new Map<KubernetesObject, string>();
  /** The groups of a list are the same lists each time, so that what is known of one is found again. */
  readonly #groups = new WeakMap<readonly KubernetesObject[], readonly (readonly KubernetesObject[])[]>();

  constructor(resources: readonly Resource[]) {
    for (const resource of resources)
      if ("cluster" in resource && typeof resource.cluster === "string") this.#clusters.set(resource.object, resource.cluster);
  }

  /** Objects by their clusters; one list, as it is, where there is one cluster, as nearly always. */
  groups(objects: readonly KubernetesObject[]): readonly (readonly KubernetesObject[])[] {
    if (this.#clusters.size === 0) return [objects];
    const known = this.#groups.get(objects);
    if (known !== undefined) return known;
    const made = [...Map.groupBy(objects, (object) => this.#clusters.get(object) ?? "").values()];
    this.#groups.set(objects, made);
    return made;
  }

  /** What is made of the objects of each cluster, together. What is new among it belongs to that cluster. */
  mapped(
    objects: readonly KubernetesObject[],
    make: (objects: readonly KubernetesObject[]) => readonly KubernetesObject[],
  ): readonly KubernetesObject[] {
    const groups = this.groups(objects);
    const [only] = groups;
    if (groups.length <= 1) return make(only ?? objects);
    return groups.flatMap((group) => {
      const [first] = group;
      const cluster = first === undefined ? undefined : this.#clusters.get(first);
      const made = make(group);
      if (cluster !== undefined) for (const object of made) this.#clusters.set(object, cluster);
      return made;
    });
  }

  /** What a rule says of the objects of each cluster, together. */
  outcome(objects: readonly KubernetesObject[], evaluate: (objects: readonly KubernetesObject[]) => RuleOutcome): RuleOutcome {
    const [first, ...others] = this.groups(objects);
    let outcome = evaluate(first ?? objects);
    for (const group of others) {
      if (outcome.problem !== null) return outcome;
      const next = evaluate(group);
      if (next.problem !== null) return next;
      outcome = { problem: null, findings: [...outcome.findings, ...next.findings], judged: [...outcome.judged, ...next.judged] };
    }
    return outcome;
  }
}
