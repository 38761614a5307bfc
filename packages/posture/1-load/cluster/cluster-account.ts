import type { ClusterAccount, ClusterInput, ClusterKind, Inputs, KindPattern } from "@holdfast/core";
import type { ClusterAccess, ServedKind } from "./cluster-access.ts";
import type { ClusterRequest } from "./cluster-request.ts";

/** The account of one kind while it is read. */
export type KindAccount = { -readonly [Key in keyof ClusterKind]: ClusterKind[Key] };

const COUNTS = ["lists", "lost", "listed", "produced", "owned", "repeated", "dropped"] as const satisfies readonly (keyof ClusterAccount)[];

function noCounts(): { -readonly [Key in keyof ClusterAccount]: number } {
  return { lists: 0, lost: 0, listed: 0, produced: 0, owned: 0, repeated: 0, dropped: 0 };
}

/** An account of a kind of which nothing was read yet. */
export function accountOf({ group, kind, version, resource }: ServedKind, state: ClusterKind["state"] = "listed"): KindAccount {
  return { group, kind, version, resource, state, ...noCounts() };
}

/** The account of a kind that the server does not have. */
export function accountOfAbsent({ group, kind }: KindPattern): KindAccount {
  return { group, kind, state: "not-served", ...noCounts() };
}

/** What a result says of the cluster that was read. */
export function clusterInputs(access: ClusterAccess, request: ClusterRequest, kinds: readonly ClusterKind[]): Inputs {
  const account = noCounts();
  for (const kind of kinds) for (const count of COUNTS) account[count] += kind[count];
  const { workload, selector } = request;
  const gitVersion = access.version["gitVersion"];
  const cluster: ClusterInput = {
    context: access.context,
    server: access.server,
    version: typeof gitVersion === "string" ? gitVersion : "unknown",
    namespaces: { included: request.includeNamespaces, excluded: request.excludeNamespaces },
    ...(selector === null ? {} : { selector: selector.text }),
    ...(workload === null ? {} : { workload: `${workload.namespace}/${workload.kind}/${workload.name}` }),
    kinds: kinds.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)),
    account,
  };
  const { produced, lost } = account;
  const sums = { files: 0, ignored: 0, documents: produced + lost, produced, resources: produced, notKubernetes: 0, lost, partial: 0 };
  return { roots: [], kind: "cluster", cluster, files: [], account: sums };
}

function sortKey({ group, kind }: ClusterKind): string {
  return `${group}/${kind}`;
}
