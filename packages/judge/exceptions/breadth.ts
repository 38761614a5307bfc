import type { Target } from "./exception.ts";
import type { LabelSelector } from "./label-selector.ts";
import { matchesAll, type Pattern } from "./pattern.ts";

/** What a pattern is about. */
export type PatternSubject = "name" | "kind" | "image" | "apiGroup" | "path" | "resourceID";

// Texts that no pattern matches which means anything in particular.
const UNLIKELY = {
  name: ["q", "zq-9", "zq-holdfast-probe"],
  kind: ["Q", "ZqHoldfastProbe", "X9"],
  image: ["q", "zq.example/x7:0", "localhost:5000/zq/x7@sha256:0"],
};

const IMAGES = [
  "nginx",
  "nginx:1.27",
  "docker.io/library/redis:7",
  "ghcr.io/acme/web:v1.2.3",
  "quay.io/prometheus/node-exporter:v1.8.0",
  "registry.k8s.io/pause:3.10",
  "registry.example.com/team/app@sha256:0a1b",
  "localhost:5000/app:dev",
  "gcr.io/shop/checkout:20260101",
  "public.ecr.aws/acme/worker:2",
];

/** What stands in most clusters: a pattern that matches most of it leaves out next to nothing. */
const USUAL: Readonly<Record<PatternSubject, readonly string[]>> = {
  kind: (
    "Pod Deployment DaemonSet StatefulSet ReplicaSet Job CronJob Service ServiceAccount Role RoleBinding ClusterRole ClusterRoleBinding Namespace ConfigMap Secret Ingress NetworkPolicy " +
    "PersistentVolume PersistentVolumeClaim HorizontalPodAutoscaler PodDisruptionBudget CustomResourceDefinition ValidatingWebhookConfiguration Node"
  ).split(" "),
  name: (
    "web api frontend backend nginx redis postgres-0 default admin kube-system kube-proxy coredns my-app app-config worker payments web-6d4cf56db6-x7k2p cluster-admin " +
    "cert-manager prod"
  ).split(" "),
  image: IMAGES,
  apiGroup: [
    "",
    "apps",
    "batch",
    "policy",
    "autoscaling",
    "networking.k8s.io",
    "storage.k8s.io",
    "rbac.authorization.k8s.io",
    "apiextensions.k8s.io",
    "admissionregistration.k8s.io",
  ],
  path: [
    "app.yaml",
    "deploy/app.yaml",
    "k8s/base/deployment.yaml",
    "charts/web/templates/service.yaml",
    "overlays/prod/patch.yaml",
    "manifests/rbac.yml",
  ],
  resourceID: [
    "apps/v1/shop/Deployment/web",
    "/v1/shop/Service/web",
    "batch/v1/prod/CronJob/backup",
    "rbac.authorization.k8s.io/v1//ClusterRole/admin",
  ],
};

/** The share of what is usual from which on a pattern is taken to match everything. */
const MOST = 0.8;

/** Whether a pattern leaves nothing out. */
export function isAnything(pattern: Pattern | undefined, what: "name" | "kind" | "image" = "name"): boolean {
  return pattern === undefined || matchesAll(pattern, UNLIKELY[what]);
}

function matchMost(patterns: readonly Pattern[], what: PatternSubject): boolean {
  const matched = USUAL[what].filter((text) => patterns.some((pattern) => pattern.matches(text)));
  return matched.length >= MOST * USUAL[what].length;
}

/** Whether a pattern leaves nothing out, or so little that it is no scope: it matches at least 80 % of what is usual. */
export function isNearlyAnything(pattern: Pattern | undefined, what: PatternSubject): boolean {
  if (pattern === undefined || matchMost([pattern], what)) return true;
  return isAnything(pattern, what === "kind" || what === "image" ? what : "name");
}

/** Whether patterns of which one has to match leave next to nothing out together. */
export function areNearlyAnything(patterns: readonly (Pattern | undefined)[], what: PatternSubject): boolean {
  return (
    patterns.some((pattern) => isNearlyAnything(pattern, what)) ||
    matchMost(
      patterns.flatMap((pattern) => pattern ?? []),
      what,
    )
  );
}

/** Whether a selector asks for a label: one that only says which are not to be there selects all else, and all that comes. */
export function narrows(selector: LabelSelector | null): boolean {
  if (selector === null) return false;
  const { matchLabels, matchExpressions } = selector;
  // Every namespace has its name as a label.
  const named = (key: string): boolean => key === "kubernetes.io/metadata.name";
  return (
    matchLabels.length > 0 || matchExpressions.some(({ key, operator }) => operator === "In" || (operator === "Exists" && !named(key)))
  );
}

/** The parts of a target that are patterns and say which objects are meant. */
type TargetPart = "apiGroup" | "kind" | "namespace" | "name" | "path" | "resourceID" | "containerName";

const PARTS: Readonly<Record<TargetPart, PatternSubject>> = {
  apiGroup: "apiGroup",
  kind: "kind",
  namespace: "name",
  name: "name",
  path: "path",
  resourceID: "resourceID",
  containerName: "name",
};
const PART_NAMES = Object.keys(PARTS) as readonly TargetPart[];

/** Whether a target leaves next to nothing out by anything but some of its parts. */
export function isOpenBut(target: Target, but: readonly TargetPart[]): boolean {
  return (
    PART_NAMES.every((part) => but.includes(part) || isNearlyAnything(target[part], PARTS[part])) &&
    target.labels.every(([, pattern]) => isNearlyAnything(pattern, "name"))
  );
}

/** Whether targets leave next to no object of a cluster out, one of them or several that differ in one part. */
export function areNearlyAllObjects(targets: readonly Target[]): boolean {
  return PART_NAMES.some((part) => {
    const open = targets.filter((target) => isOpenBut(target, [part]));
    return (
      open.length > 0 &&
      areNearlyAnything(
        open.map((target) => target[part]),
        PARTS[part],
      )
    );
  });
}
