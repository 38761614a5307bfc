import { identityOf, makeProblem, type KindPattern, type Problem } from "@holdfast/core";
import { accountOf, clusterInputs } from "./cluster-account.ts";
import type { ClusterAccess, ObjectAnswer, ServedKind } from "./cluster-access.ts";
import { CLUSTER_PROBLEMS, type ClusterProblemCode } from "./cluster-problems.ts";
import type { WorkloadName } from "./cluster-request.ts";
import { pause } from "./list-kind.ts";
import { metadataOnly, resourceName, type ClusterLoad, type ClusterLoadOptions } from "./load-cluster.ts";
import { storedObject } from "./stored-object.ts";
import { UnreadKinds } from "./unread-kinds.ts";
import { isCalled } from "./wanted-kinds.ts";

const TRIES = 5;

const CODES: Readonly<Record<Exclude<ObjectAnswer["outcome"], "object">, ClusterProblemCode>> = {
  absent: "cluster-object-missing",
  forbidden: "cluster-get-forbidden",
  failed: "cluster-get-failed",
  expired: "cluster-get-failed",
};

/** Reads one object of a cluster, for which `get` is right enough. Nothing else is read, so rules that need more are skipped. */
export async function loadWorkload(access: ClusterAccess, workload: WorkloadName, options: ClusterLoadOptions): Promise<ClusterLoad> {
  const label = `${workload.namespace}/${workload.kind}/${workload.name}`;
  // A name without its group means the kind that Kubernetes itself has, where there are several.
  const kind = access.discovery.kinds.find((one) => isCalled(one, workload.kind));
  if (kind === undefined)
    return nothing(access, options, problem("cluster-object-missing", label, `the cluster has no kind ${workload.kind}`));
  const answer = await patientGet(access, kind, workload);
  if (answer.outcome !== "object") return nothing(access, options, problem(CODES[answer.outcome], label, answer.cause));

  const object = storedObject(kind, answer.object, metadataOnly(kind, options));
  const account = { ...accountOf(kind), lists: 1, listed: 1, produced: 1 };
  const others = new Map<string, KindPattern>();
  for (const rule of options.rules) for (const pattern of rule.kinds) others.set(`${pattern.group}/${pattern.kind}`, pattern);
  const notRead = access.discovery.kinds.filter(
    (one) => one !== kind && [...others.values()].some((pattern) => pattern.kind === one.kind && ["*", one.group].includes(pattern.group)),
  );
  return {
    resources: [{ ...identityOf(object), object, file: null, line: null }],
    inputs: clusterInputs(access, options.request, [account]),
    problems: [],
    unread: new UnreadKinds(
      notRead.map((one) => ({
        group: one.group,
        kind: one.kind,
        reason: "not-asked",
        detail: `${resourceName(one)} not read: only ${label} was asked for`,
      })),
    ),
    context: new Set(),
    unreadablePaths: [],
  };
}

async function patientGet(access: ClusterAccess, kind: ServedKind, { namespace, name }: WorkloadName): Promise<ObjectAnswer> {
  for (let failures = 1; ; failures += 1) {
    const answer = await access.get(kind, namespace, name);
    if (answer.outcome !== "failed" || !answer.again || failures >= TRIES) return answer;
    await access.wait(pause(failures, answer.waitMilliseconds));
  }
}

function problem(code: ClusterProblemCode, subject: string, cause: string): Problem {
  return makeProblem(CLUSTER_PROBLEMS, code, { subject, cause });
}

function nothing(access: ClusterAccess, { request }: ClusterLoadOptions, lost: Problem): ClusterLoad {
  return {
    resources: [],
    inputs: clusterInputs(access, request, []),
    problems: [lost],
    unread: new UnreadKinds([]),
    context: new Set(),
    unreadablePaths: [lost.subject],
  };
}
