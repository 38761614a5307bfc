import type { ClusterAccess, ClusterRequest, ObjectChoice, WorkloadName } from "@holdfast/posture";
import type { Environment } from "../environment.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { UsageError } from "../usage-error.ts";

/** A cluster to scan. */
export interface ClusterOfScan {
  readonly access: ClusterAccess;
  readonly request: ClusterRequest;
  /** Lets go of the connections. */
  readonly close: () => void;
}

const ALL: ObjectChoice = { includeNamespaces: [], excludeNamespaces: [], includeKinds: [], excludeKinds: [], selector: null };

/** Reads NAMESPACE/KIND/NAME; without its namespace the object is in the context's. Throws `UsageError`. */
function workloadName(written: string, namespace: string): WorkloadName {
  const parts = written.split("/");
  const [kind = "", name = ""] = parts.slice(-2);
  const named = parts.length === 3 ? (parts[0] ?? "") : namespace;
  if (parts.length < 2 || parts.length > 3 || [kind, name, named].includes(""))
    throw new UsageError(`${JSON.stringify(written)} names no object: expected NAMESPACE/KIND/NAME, such as shop/Deployment/catalog`);
  return { namespace: named, kind, name };
}

/**
 * The cluster to scan: where no path is named, since that counts as asking for the current one. Null where files are scanned; nothing that reaches a cluster is loaded then. Throws `UsageError` for options that don't
 * fit together, and where no cluster answers.
 */
export async function clusterOfScan(
  { paths, cluster, chosen }: ScanConfiguration,
  environment: Environment,
): Promise<ClusterOfScan | null> {
  const { askedBy, choice, timeout, workload } = cluster;
  if (paths.length > 0) {
    if (askedBy === null) return null;
    throw new UsageError(
      `${askedBy} is about a live cluster, and ${JSON.stringify(paths[0])} is a path: name one or the other${askedBy === "--cluster" ? ", with the context as --cluster=CONTEXT" : ""}`,
    );
  }
  if (workload !== null && chosen !== null)
    throw new UsageError("scan workload judges one object: namespaces, kinds and labels can't be chosen beside it");
  // What is plainly wrong is said before anything is asked.
  if (workload !== null) workloadName(workload, "default");
  const { openCluster } = await import("./open-cluster.ts");
  const { access, close } = await openCluster(choice, timeout, environment);
  return { access, close, request: { ...(chosen ?? ALL), workload: workload === null ? null : workloadName(workload, access.namespace) } };
}
