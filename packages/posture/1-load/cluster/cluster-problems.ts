import type { ProblemCatalogue } from "@holdfast/core";

/** Codes of what can go wrong when a cluster is read. */
export type ClusterProblemCode =
  | "cluster-list-forbidden"
  | "cluster-list-failed"
  | "cluster-list-expired"
  | "cluster-kind-vanished"
  | "cluster-group-silent"
  | "cluster-object-missing"
  | "cluster-get-forbidden"
  | "cluster-get-failed";

/** What reading a cluster can lose: what happened, what it means, what to do. */
export const CLUSTER_PROBLEMS: ProblemCatalogue<ClusterProblemCode> = {
  "cluster-list-forbidden": {
    stage: "load",
    effect: "lost",
    title: "The account may not list a kind",
    explanation:
      "What can't be seen is not taken for absent: controls that need the kind are skipped, and coverage falls. Where only some namespaces are closed to the account, objects of the others were judged.",
    remedy:
      "Give the account the right: `holdfast scan --preflight` with the same options prints the role to apply. Or name the namespaces that it may read with --include-namespaces.",
  },
  "cluster-list-failed": {
    stage: "load",
    effect: "lost",
    title: "A kind could not be listed to its end",
    explanation:
      "The connection broke, the server failed or a page took too long, and several tries did not help. Half of a list would mislead, so nothing of it was judged, and controls that need the kind are skipped.",
    remedy: "Scan again when the API server is well; --request-timeout gives it longer for each page.",
  },
  "cluster-list-expired": {
    stage: "load",
    effect: "lost",
    title: "A list expired again and again while it was read",
    explanation:
      "The API server keeps the state that the pages of a list belong to for some minutes only. It was forgotten several times before the last page came, so nothing of the list was judged.",
    remedy: "Scan again when the API server is less busy, or fewer namespaces at a time.",
  },
  "cluster-kind-vanished": {
    stage: "load",
    effect: "degraded",
    title: "A kind was deleted while it was read",
    explanation:
      "The API server listed the kind among those it serves, and then knew it no more, as when a CustomResourceDefinition is deleted. Its objects are gone with it, so none was judged.",
    remedy: "Nothing needs to be done; a new scan shows the cluster without the kind.",
  },
  "cluster-group-silent": {
    stage: "load",
    effect: "lost",
    title: "A group of the API does not answer",
    explanation:
      "The group is registered, but the server behind it did not say which kinds it serves. Whether the cluster has objects of it is not known, so controls that need them are skipped.",
    remedy: "See what is wrong with `kubectl get apiservices`; delete the registration if its server is gone for good.",
  },
  "cluster-object-missing": {
    stage: "load",
    effect: "lost",
    title: "The object that was asked for is not in the cluster",
    explanation: "No object of this kind has this name in this namespace, so there was nothing to judge.",
    remedy: "Correct the namespace, kind and name: NAMESPACE/KIND/NAME, as in shop/Deployment/catalog.",
  },
  "cluster-get-forbidden": {
    stage: "load",
    effect: "lost",
    title: "The account may not read the object that was asked for",
    explanation: "The API server refused it, so nothing was judged.",
    remedy: "Give the account the right to get the object.",
  },
  "cluster-get-failed": {
    stage: "load",
    effect: "lost",
    title: "The object that was asked for could not be read",
    explanation: "The connection broke, the server failed or the answer took too long, and several tries did not help.",
    remedy: "Scan again when the API server is well; --request-timeout gives it longer.",
  },
};
