import type { RuleDescription } from "@holdfast/core";
import type { ClusterAccess, ServedKind } from "./cluster-access.ts";
import type { ClusterRequest } from "./cluster-request.ts";
import { placesOf } from "./load-cluster.ts";
import { isCalled, wantedKinds } from "./wanted-kinds.ts";

/** Something that an account must be allowed to do for a scan. */
export interface NeededRight {
  readonly verb: "get" | "list";
  readonly kind: ServedKind;
  /** Null for all namespaces, and for kinds without. */
  readonly namespace: string | null;
  /** Null where the server does not say. */
  readonly allowed: boolean | null;
}

/** Questions that are asked at the same time. */
const CONCURRENCY = 8;

/** The rights that a scan by some rules needs, by kind and namespace, and whether the account has them. Kinds that the server does not have need none. */
export async function neededRights(
  access: ClusterAccess,
  rules: readonly RuleDescription[],
  request: ClusterRequest,
): Promise<readonly NeededRight[]> {
  const { workload } = request;
  const wanted =
    workload === null
      ? wantedKinds(rules, access.discovery, request).wanted.flatMap(({ kind }) =>
          placesOf(kind, request.includeNamespaces).map(({ namespace }) => ({ verb: "list" as const, kind, namespace })),
        )
      : access.discovery.kinds
          .filter((kind) => isCalled(kind, workload.kind))
          .slice(0, 1)
          .map((kind) => ({ verb: "get" as const, kind, namespace: kind.namespaced ? workload.namespace : null }));
  const sorted = wanted.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const rights: NeededRight[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < sorted.length; at = next++) {
      const one = sorted[at];
      if (one !== undefined) rights[at] = { ...one, allowed: await access.mayI(one.verb, one.kind, one.namespace ?? "") };
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return rights;
}

function sortKey({ kind, namespace }: Pick<NeededRight, "kind" | "namespace">): string {
  return `${kind.group}/${kind.resource}/${namespace ?? ""}`;
}

/** A ClusterRole that gives these rights and no others, as an object to apply. */
export function clusterRole(name: string, rights: readonly Pick<NeededRight, "verb" | "kind">[]): object {
  const verb = [...new Set(rights.map((right) => right.verb))];
  const byGroup = Map.groupBy(rights, ({ kind }) => kind.group);
  const rules = [...byGroup.keys()].toSorted().map((group) => ({
    apiGroups: [group],
    resources: [...new Set(byGroup.get(group)?.map(({ kind }) => kind.resource))].toSorted(),
    verbs: verb,
  }));
  return { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name }, rules };
}
