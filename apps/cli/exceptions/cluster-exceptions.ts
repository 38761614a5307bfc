// Loaded only where a cluster serves exceptions.
import { makeProblem, type KubernetesObject, type Problem } from "@holdfast/core";
import { EXCEPTION_PROBLEMS, readExceptions, type Exception, type ExceptionDocument, type KnownPolicies } from "@holdfast/judge/exceptions";
import { listKind, type ServedKind } from "@holdfast/posture";
import type { ClusterOfScan } from "../cluster/cluster-of-scan.ts";
import { isExceptionKind } from "./carries-exceptions.ts";

/** The exceptions that a cluster has, as they were read, and what could not be read. */
export interface ClusterExceptions {
  readonly objects: readonly KubernetesObject[];
  readonly problems: readonly Problem[];
}

/** The kinds of exceptions that a cluster serves. */
function servedKinds({ access }: ClusterOfScan): readonly ServedKind[] {
  return access.discovery.kinds.filter(({ group, kind }) => group === "kubescape.io" && isExceptionKind(kind));
}

/** Reads the exceptions of a cluster. Never rejects over what the server does. */
export async function readClusterExceptions(cluster: ClusterOfScan): Promise<ClusterExceptions> {
  const { includeNamespaces } = cluster.request;
  const jobs = servedKinds(cluster).flatMap((kind) =>
    (kind.namespaced && includeNamespaces.length > 0 ? includeNamespaces : [null]).map((namespace) => ({ kind, namespace })),
  );
  const objects: KubernetesObject[] = [];
  const problems: Problem[] = [];
  for (const { kind, namespace } of jobs) {
    const end = await listKind(cluster.access, { kind, namespace, metadataOnly: false, keeps: () => true });
    if (end.state === "listed") objects.push(...end.objects);
    else {
      const subject = `list ${kind.resource}.${kind.group}${namespace === null ? "" : ` in namespace ${namespace}`}`;
      problems.push(makeProblem(EXCEPTION_PROBLEMS, "cluster-exceptions-unread", { subject, cause: end.cause }));
    }
  }
  return { objects, problems };
}

function documentOf(value: KubernetesObject): ExceptionDocument {
  return { value, file: null, placeOf: () => null, duplicateKeys: [] };
}

/** The exceptions of a cluster that can be applied. Whoever may write one in a namespace must not be able to end every scan: a faulty one is a problem, and not applied. `names` are those of files, which take the place of the cluster's. */
export function usableExceptions(
  { objects, problems }: ClusterExceptions,
  known: KnownPolicies,
  names: ReadonlySet<string>,
): { readonly exceptions: readonly Exception[]; readonly problems: readonly Problem[] } {
  const faulty: Problem[] = [];
  const exceptions = objects.flatMap((object) => {
    const { exceptions: read, faults } = readExceptions([documentOf(object)], known);
    if (faults.length === 0) return read.map(({ exception }) => exception).filter(({ name }) => !names.has(name));
    const subject = `${String(object["kind"])} ${faults[0]?.exception ?? ""}`.trim();
    const cause = faults.map(({ message }) => message).join("; ");
    faulty.push(makeProblem(EXCEPTION_PROBLEMS, "cluster-exception", { subject, cause }));
    return [];
  });
  exceptions.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { exceptions, problems: [...problems, ...faulty] };
}
