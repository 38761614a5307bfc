import type { Chance } from "./chance.ts";
import type { Manifest } from "./manifest.ts";

/** What is wrong with a pod; a pod with none of it is hardened. */
type Fault =
  | "no limits"
  | "root"
  | "writable"
  | "privileged"
  | "host path"
  | "host network"
  | "host port"
  | "password"
  | "capabilities"
  | "unconfined";

const FAULTS: readonly Fault[] = [
  "no limits",
  "root",
  "writable",
  "privileged",
  "host path",
  "host network",
  "host port",
  "password",
  "capabilities",
  "unconfined",
];

/** Workloads of a shop: 11 objects. */
export function shopWorkloads(namespace: string, chance: Chance): readonly Manifest[] {
  const workload = (kind: string, name: string, faults: ReadonlySet<Fault>): Manifest => ({
    apiVersion: kind === "Job" || kind === "CronJob" ? "batch/v1" : "apps/v1",
    kind,
    metadata: { name, namespace, labels: { app: name, "app.kubernetes.io/part-of": "shop" } },
    spec: workloadSpec(kind, name, podTemplate(name, faults, chance)),
  });
  const faulty = (likely: readonly Fault[]): ReadonlySet<Fault> =>
    new Set(FAULTS.filter((fault) => chance.happens(likely.includes(fault) ? 0.7 : 0.06)));
  const sound: ReadonlySet<Fault> = new Set();
  return [
    workload("Deployment", "web", sound),
    workload("Deployment", "api", faulty(["no limits"])),
    workload("Deployment", "cart", sound),
    workload("Deployment", "payments", faulty(["password", "writable"])),
    workload("Deployment", "search", faulty(["root", "capabilities", "host port"])),
    workload("StatefulSet", "database", faulty(["root", "writable"])),
    workload("StatefulSet", "cache", sound),
    workload("DaemonSet", "log-agent", faulty(["host path", "host network", "privileged"])),
    workload("Job", "migrate", faulty(["root", "no limits", "unconfined"])),
    workload("CronJob", "report", faulty(["no limits"])),
    workload("CronJob", "tidy", sound),
  ];
}

function workloadSpec(kind: string, name: string, template: Manifest): Manifest {
  switch (kind) {
    case "Job":
      return { backoffLimit: 3, template };
    case "CronJob":
      return { schedule: "17 3 * * *", concurrencyPolicy: "Forbid", jobTemplate: { spec: { backoffLimit: 2, template } } };
    case "DaemonSet":
      return { selector: { matchLabels: { app: name } }, updateStrategy: { type: "RollingUpdate" }, template };
    case "StatefulSet":
      return { replicas: 1, serviceName: name, selector: { matchLabels: { app: name } }, template };
    default:
      return { replicas: 3, revisionHistoryLimit: 4, selector: { matchLabels: { app: name } }, template };
  }
}

function podTemplate(name: string, faults: ReadonlySet<Fault>, chance: Chance): Manifest {
  const data = name === "database" || name === "cache";
  const restarts = name === "migrate" || name === "report" || name === "tidy" ? { restartPolicy: "OnFailure" } : {};
  return {
    metadata: { labels: { app: name, tier: data ? "data" : "front", "app.kubernetes.io/part-of": "shop" } },
    spec: {
      serviceAccountName: name === "web" ? "web" : "worker",
      ...(faults.size === 0 ? { automountServiceAccountToken: false } : {}),
      ...(faults.has("host network") ? { hostNetwork: true, hostPID: chance.happens(0.5) } : {}),
      ...(faults.has("root")
        ? {}
        : { securityContext: { runAsNonRoot: true, runAsUser: 10_001, fsGroup: 10_001, seccompProfile: { type: "RuntimeDefault" } } }),
      ...restarts,
      initContainers: name === "api" || name === "migrate" ? [container("wait-for-database", new Set(), chance)] : [],
      containers: [container(name, faults, chance), ...(name === "payments" ? [container("proxy", new Set(), chance)] : [])],
      volumes: [
        { name: "scratch", emptyDir: { sizeLimit: "64Mi" } },
        ...(faults.has("host path") ? [{ name: "host-logs", hostPath: { path: "/var/log", type: "Directory" } }] : []),
      ],
    },
  };
}

function container(name: string, faults: ReadonlySet<Fault>, chance: Chance): Manifest {
  const port = 8000 + chance.below(900);
  return {
    name,
    image: `registry.example.com/shop/${name}:1.${chance.below(30)}.${chance.below(10)}`,
    imagePullPolicy: "IfNotPresent",
    args: ["--listen", `:${port}`, "--log-format", "json"],
    env: [
      { name: "LOG_LEVEL", valueFrom: { configMapKeyRef: { name: "settings", key: "LOG_LEVEL" } } },
      { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
      faults.has("password")
        ? { name: "DB_PASSWORD", value: "sample-not-a-secret" }
        : { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "database", key: "password" } } },
    ],
    ports: [{ name: "http", containerPort: port, protocol: "TCP", ...(faults.has("host port") ? { hostPort: port } : {}) }],
    ...(faults.has("no limits")
      ? {}
      : {
          resources: {
            requests: { cpu: "100m", memory: "128Mi" },
            limits: { cpu: `${1 + chance.below(3)}`, memory: `${256 * (1 + chance.below(4))}Mi` },
          },
        }),
    livenessProbe: { httpGet: { path: "/healthz", port: "http" }, periodSeconds: 10 },
    readinessProbe: { httpGet: { path: "/readyz", port: "http" }, periodSeconds: 5 },
    ...(faults.has("unconfined") ? {} : { securityContext: securityContext(faults) }),
    volumeMounts: [
      { name: "scratch", mountPath: "/tmp" },
      ...(faults.has("host path") ? [{ name: "host-logs", mountPath: "/host/log" }] : []),
    ],
  };
}

function securityContext(faults: ReadonlySet<Fault>): Manifest {
  return {
    allowPrivilegeEscalation: faults.has("privileged") || faults.has("root"),
    privileged: faults.has("privileged"),
    readOnlyRootFilesystem: !faults.has("writable"),
    capabilities: { drop: ["ALL"], ...(faults.has("capabilities") ? { add: ["NET_ADMIN", "SYS_PTRACE"] } : {}) },
  };
}
