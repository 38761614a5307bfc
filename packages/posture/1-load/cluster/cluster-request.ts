import type { LabelSelector } from "./label-selector.ts";

/** Which objects are judged of those that are there. */
export interface ObjectChoice {
  /** Objects of these namespaces only, beside those of no namespace; empty for all namespaces. */
  readonly includeNamespaces: readonly string[];
  readonly excludeNamespaces: readonly string[];
  /** Judge these kinds only, as `Deployment`, `deployments` or `deployments.apps`, in any case; empty for all that the controls are about. */
  readonly includeKinds: readonly string[];
  readonly excludeKinds: readonly string[];
  /** Judge only objects with these labels; null for all. */
  readonly selector: LabelSelector | null;
}

/** What of a cluster to scan. */
export interface ClusterRequest extends ObjectChoice {
  /** Judge one object; null for all that the rest says. */
  readonly workload: WorkloadName | null;
}

/** One object of a cluster. */
export interface WorkloadName {
  readonly namespace: string;
  /** As `includeKinds` has them. */
  readonly kind: string;
  readonly name: string;
}
