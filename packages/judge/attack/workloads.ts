import type { Finding, KubernetesObject, Resource } from "@holdfast/core";

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as KubernetesObject)[key] : undefined;
}

/** The pod spec of an object that runs pods, of whatever kind it is: a pod, what has a template of pods, or a schedule of jobs. */
function podSpecOf(object: KubernetesObject): unknown {
  const spec = field(object, "spec");
  const specs = [spec, field(field(spec, "template"), "spec"), field(field(field(field(spec, "jobTemplate"), "spec"), "template"), "spec")];
  return specs.find((one) => Array.isArray(field(one, "containers")));
}

function accountOf(spec: unknown): string {
  const name = field(spec, "serviceAccountName") ?? field(spec, "serviceAccount");
  return typeof name === "string" && name !== "" ? name : "default";
}

/** The kind and name of the object that made this one, such as the ReplicaSet of a pod. */
function controllerOf(object: KubernetesObject): { readonly kind: unknown; readonly name: unknown } | null {
  const owners = field(field(object, "metadata"), "ownerReferences");
  const owner: unknown = Array.isArray(owners) ? owners.find((one) => field(one, "controller") === true) : undefined;
  return owner === undefined ? null : { kind: field(owner, "kind"), name: field(owner, "name") };
}

function key(kind: unknown, namespace: string, name: unknown): string {
  return JSON.stringify([kind, namespace, name]);
}

/**
 * The workloads among the resources of a scan: what runs pods. What one workload made (the ReplicaSet of a Deployment, the pods of that) counts as the one that stands
 * at its head. Everything is given and returned as places in the list of resources.
 */
export class Workloads {
  readonly #resources: readonly Resource[];
  readonly #specs = new Map<number, unknown>();
  // By place; -1 where a resource is no workload. Asked for by every judged resource of many controls.
  readonly #heads: Int32Array;
  // Built when a finding is first about an account.
  #byAccount: ReadonlyMap<string, readonly number[]> | null = null;

  constructor(resources: readonly Resource[]) {
    this.#resources = resources;
    this.#heads = new Int32Array(resources.length).fill(-1);
    const made: number[] = [];
    for (const [place, { object }] of resources.entries()) {
      const spec = podSpecOf(object);
      if (spec === undefined) continue;
      this.#specs.set(place, spec);
      this.#heads[place] = place;
      if (controllerOf(object) !== null) made.push(place);
    }
    // Manifests that people write are made by nothing; only what comes from a cluster is.
    const byName = made.length === 0 ? new Map<string, number>() : this.#placesByName();
    for (const place of made) this.#heads[place] = this.#climb(place, byName);
  }

  /** The first workload of each kind, namespace and name. */
  #placesByName(): ReadonlyMap<string, number> {
    const byName = new Map<string, number>();
    for (const place of this.#specs.keys()) {
      const { kind, namespace, name } = this.#resources[place] ?? { kind: "", namespace: "", name: "" };
      const own = key(kind, namespace, name);
      if (!byName.has(own)) byName.set(own, place);
    }
    return byName;
  }

  #climb(from: number, byName: ReadonlyMap<string, number>): number {
    const seen = new Set<number>();
    for (let place = from; ;) {
      // Objects that say they made each other have no head, and each counts by itself.
      if (seen.has(place)) return from;
      seen.add(place);
      const resource = this.#resources[place];
      const owner = resource === undefined ? null : controllerOf(resource.object);
      const above = owner === null ? undefined : byName.get(key(owner.kind, resource?.namespace ?? "", owner.name));
      if (above === undefined) return place;
      place = above;
    }
  }

  /** The workload that a resource is or belongs to; null where it is none. */
  headOf(place: number): number | null {
    const head = this.#heads[place] ?? -1;
    return head === -1 ? null : head;
  }

  /**
   * The workloads that a finding is about, ascending: its own resource; where that is none, those that take part in it; where none does, those that run as an account
   * that it names.
   */
  concernedBy({ resource, related }: Pick<Finding, "resource" | "related">): readonly number[] {
    const own = this.headOf(resource);
    if (own !== null) return [own];
    const heads = new Set(related.map((place) => this.headOf(place)).filter((place) => place !== null));
    if (heads.size === 0) for (const place of [resource, ...related]) for (const head of this.#runningAs(place)) heads.add(head);
    return [...heads].toSorted((a, b) => a - b);
  }

  #runningAs(place: number): readonly number[] {
    const resource = this.#resources[place];
    if (resource?.kind !== "ServiceAccount") return [];
    if (this.#byAccount === null) {
      const byAccount = new Map<string, number[]>();
      for (const [workload, spec] of this.#specs) {
        const account = key("ServiceAccount", this.#resources[workload]?.namespace ?? "", accountOf(spec));
        const head = this.headOf(workload) ?? workload;
        const known = byAccount.get(account);
        if (known === undefined) byAccount.set(account, [head]);
        else known.push(head);
      }
      this.#byAccount = byAccount;
    }
    return this.#byAccount.get(key("ServiceAccount", resource.namespace, resource.name)) ?? [];
  }
}
