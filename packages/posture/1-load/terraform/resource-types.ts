/** The kinds of Kubernetes that resources of Terraform's provider make (https://registry.terraform.io/providers/hashicorp/kubernetes), by the resource's name without `kubernetes_` and its version. */
const RESOURCE_TYPES: Readonly<Record<string, { readonly apiVersion: string; readonly kind: string }>> = {
  api_service: { apiVersion: "apiregistration.k8s.io/v1", kind: "APIService" },
  certificate_signing_request: { apiVersion: "certificates.k8s.io/v1", kind: "CertificateSigningRequest" },
  cluster_role: { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" },
  cluster_role_binding: { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding" },
  config_map: { apiVersion: "v1", kind: "ConfigMap" },
  cron_job: { apiVersion: "batch/v1", kind: "CronJob" },
  csi_driver: { apiVersion: "storage.k8s.io/v1", kind: "CSIDriver" },
  daemon_set: { apiVersion: "apps/v1", kind: "DaemonSet" },
  daemonset: { apiVersion: "apps/v1", kind: "DaemonSet" },
  default_service_account: { apiVersion: "v1", kind: "ServiceAccount" },
  deployment: { apiVersion: "apps/v1", kind: "Deployment" },
  endpoints: { apiVersion: "v1", kind: "Endpoints" },
  horizontal_pod_autoscaler: { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler" },
  ingress: { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
  ingress_class: { apiVersion: "networking.k8s.io/v1", kind: "IngressClass" },
  job: { apiVersion: "batch/v1", kind: "Job" },
  limit_range: { apiVersion: "v1", kind: "LimitRange" },
  mutating_webhook_configuration: { apiVersion: "admissionregistration.k8s.io/v1", kind: "MutatingWebhookConfiguration" },
  namespace: { apiVersion: "v1", kind: "Namespace" },
  network_policy: { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
  persistent_volume: { apiVersion: "v1", kind: "PersistentVolume" },
  persistent_volume_claim: { apiVersion: "v1", kind: "PersistentVolumeClaim" },
  pod: { apiVersion: "v1", kind: "Pod" },
  pod_disruption_budget: { apiVersion: "policy/v1", kind: "PodDisruptionBudget" },
  priority_class: { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass" },
  replication_controller: { apiVersion: "v1", kind: "ReplicationController" },
  resource_quota: { apiVersion: "v1", kind: "ResourceQuota" },
  role: { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role" },
  role_binding: { apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding" },
  runtime_class: { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass" },
  secret: { apiVersion: "v1", kind: "Secret" },
  service: { apiVersion: "v1", kind: "Service" },
  service_account: { apiVersion: "v1", kind: "ServiceAccount" },
  stateful_set: { apiVersion: "apps/v1", kind: "StatefulSet" },
  storage_class: { apiVersion: "storage.k8s.io/v1", kind: "StorageClass" },
  validating_webhook_configuration: { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingWebhookConfiguration" },
};

/** Resources of the provider that change objects of others or ask for something, and make no object of their own. */
const WITHOUT_OBJECT = /^kubernetes_(?:annotations|config_map_v1_data|env|labels|node_taint|secret_v1_data|token_request(?:_v1)?)$/u;

/** Whether a resource's type is one of the provider for Kubernetes that makes an object. */
export function makesObject(type: string): boolean {
  return type.startsWith("kubernetes_") && !WITHOUT_OBJECT.test(type);
}

/** The kind that a resource's type makes; undefined for types that are not known here. */
export function kindOfType(type: string): { readonly apiVersion: string; readonly kind: string } | undefined {
  const name = /^kubernetes_(?<name>[a-z_]+?)(?:_v\d+(?:(?:alpha|beta)\d+)?)?$/u.exec(type)?.groups?.["name"];
  return name === undefined || !Object.hasOwn(RESOURCE_TYPES, name) ? undefined : RESOURCE_TYPES[name];
}

/** Arguments of Terraform itself, which are no fields of objects. */
export const META_ARGUMENTS: ReadonlySet<string> = new Set([
  "auto_approve",
  "connection",
  "count",
  "depends_on",
  "for_each",
  "lifecycle",
  "provider",
  "provisioner",
  "timeouts",
  "wait_for",
  "wait_for_completion",
  "wait_for_default_service_account",
  "wait_for_load_balancer",
  "wait_for_rollout",
  "wait_for_service_account_token",
  "wait_until_bound",
]);

/** Blocks that may be there several times, by the list that they make. */
export const LIST_BLOCKS: Readonly<Record<string, string>> = {
  allowed_topologies: "allowedTopologies",
  cluster_role_selectors: "clusterRoleSelectors",
  container: "containers",
  egress: "egress",
  env: "env",
  env_from: "envFrom",
  from: "from",
  host_aliases: "hostAliases",
  http_header: "httpHeaders",
  image_pull_secret: "imagePullSecrets",
  image_pull_secrets: "imagePullSecrets",
  ingress: "ingress",
  init_container: "initContainers",
  items: "items",
  limit: "limits",
  match_expressions: "matchExpressions",
  match_fields: "matchFields",
  metric: "metrics",
  node_selector_term: "nodeSelectorTerms",
  option: "options",
  path: "paths",
  policy: "policies",
  port: "ports",
  ports: "ports",
  preferred_during_scheduling_ignored_during_execution: "preferredDuringSchedulingIgnoredDuringExecution",
  readiness_gate: "readinessGates",
  rule: "rules",
  secret: "secrets",
  sources: "sources",
  subject: "subjects",
  subset: "subsets",
  sysctl: "sysctls",
  tls: "tls",
  to: "to",
  toleration: "tolerations",
  topology_spread_constraint: "topologySpreadConstraints",
  volume: "volumes",
  volume_claim_template: "volumeClaimTemplates",
  volume_device: "volumeDevices",
  volume_mount: "volumeMounts",
  webhook: "webhooks",
};

/** Blocks of such a name that are one object after all, by the block that they stand in. */
export const SINGLE_WITHIN: Readonly<Record<string, ReadonlySet<string>>> = {
  port: new Set(["service"]),
  secret: new Set(["sources", "volume"]),
};

/** Attributes whose keys are the user's own words. */
export const OWN_KEYS: ReadonlySet<string> = new Set([
  "annotations",
  "binary_data",
  "data",
  "hard",
  "labels",
  "limits",
  "match_labels",
  "node_selector",
  "parameters",
  "requests",
  "selector",
  "string_data",
]);

/** Words that are not written as camel case would have them. */
export const SPECIAL_NAMES: Readonly<Record<string, string>> = {
  api_group: "apiGroup",
  cluster_ip: "clusterIP",
  cluster_ips: "clusterIPs",
  external_ips: "externalIPs",
  host_ip: "hostIP",
  host_ipc: "hostIPC",
  host_pid: "hostPID",
  load_balancer_ip: "loadBalancerIP",
  non_resource_urls: "nonResourceURLs",
  pod_ip: "podIP",
  se_linux_options: "seLinuxOptions",
};

/** Fields that the provider takes as texts, and Kubernetes as numbers. */
export const NUMBERS: ReadonlySet<string> = new Set(["fsGroup", "replicas", "runAsGroup", "runAsUser", "supplementalGroups"]);
