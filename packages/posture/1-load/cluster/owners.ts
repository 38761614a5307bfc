import { groupOf, type KubernetesObject } from "@holdfast/core";
import type { ServedKind } from "./cluster-access.ts";

/** Kinds whose objects make others from a template of theirs, so that whoever judges the one has judged the other. */
const OWNERS: ReadonlySet<string> = new Set([
  "/ReplicationController",
  "apps/Deployment",
  "apps/ReplicaSet",
  "apps/DaemonSet",
  "apps/StatefulSet",
  "batch/CronJob",
  "batch/Job",
]);

/** Kinds that are made by these, and how many owners an object of theirs may have above it. */
const OWNED: ReadonlyMap<string, 1 | 2> = new Map([
  ["apps/ReplicaSet", 1],
  ["batch/Job", 1],
  ["/Pod", 2],
]);

function nameOf({ group, kind }: Pick<ServedKind, "group" | "kind">): string {
  return `${group}/${kind}`;
}

/** Whether objects of a kind hold pods or a template of them: the kinds that the rules about workloads judge. */
export function isWorkload(kind: Pick<ServedKind, "group" | "kind">): boolean {
  return nameOf(kind) === "/Pod" || OWNERS.has(nameOf(kind));
}

/** After how many others a kind is read, so that its owners are known by then: 0, 1 or 2. */
export function waveOf(kind: ServedKind): 0 | 1 | 2 {
  return OWNED.get(nameOf(kind)) ?? 0;
}

/** Tells objects that repeat their owner: pods of a ReplicaSet, ReplicaSets of a Deployment, jobs of a CronJob and so on, where the owner itself was read. */
export class Owners {
  readonly #uids = new Set<string>();

  /** What an object is known by as an owner; null for those of kinds that own nothing. */
  uidOf(kind: ServedKind, object: KubernetesObject): string | null {
    if (!OWNERS.has(nameOf(kind))) return null;
    const uid = (object["metadata"] as KubernetesObject | undefined)?.["uid"];
    return typeof uid === "string" ? uid : null;
  }

  /** Remembers owners that were read. */
  add(uids: ReadonlySet<string>): void {
    for (const uid of uids) this.#uids.add(uid);
  }

  /**
   * Whether an object is made from the template of one that was read. Only the controller counts, and only of a kind with a template: the pods of a control plane belong to their Node and say what no
   * other object does; a ReplicaSet that belongs to a custom resource is all there is of its template.
   */
  has(kind: ServedKind, object: KubernetesObject): boolean {
    if (waveOf(kind) === 0) return false;
    const references = (object["metadata"] as KubernetesObject | undefined)?.["ownerReferences"];
    if (!Array.isArray(references)) return false;
    return references.some((one: unknown) => {
      const { controller, apiVersion, kind: owner, uid } = (one ?? {}) as KubernetesObject;
      if (controller !== true || typeof apiVersion !== "string" || typeof owner !== "string" || typeof uid !== "string") return false;
      return OWNERS.has(`${groupOf(apiVersion)}/${owner}`) && this.#uids.has(uid);
    });
  }
}
