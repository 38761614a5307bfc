// Variants of the suite's cases whose right answer follows from that of the case: the same pod in another kind of workload, the same objects in another order, fields that say nothing.
import type { KubernetesObject } from "@holdfast/core";

/** A value as JSON has it, to be taken apart. */
type Loose = Record<string, unknown>;

/** What a variant gives a rule, and how the paths and objects of the case's findings read in it. */
export interface Variant {
  readonly name: string;
  readonly input: readonly KubernetesObject[];
  /** Translates a path of a finding about an object of this kind and name. */
  readonly path: (path: string, kind: string, name: string) => string;
  /** The kind under which an object of the case stands in the variant. */
  readonly kind: (kind: string, name: string) => string;
}

const templated = ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job", "ReplicationController"];
const versions: Readonly<Record<string, string>> = {
  Pod: "v1",
  ReplicationController: "v1",
  Job: "batch/v1",
  CronJob: "batch/v1",
};

/** A property of an object; undefined where either is missing. */
function property(value: unknown, ...names: readonly string[]): unknown {
  let found = value;
  for (const name of names) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Loose)[name];
  }
  return found;
}

function podPath(kind: string): string {
  if (kind === "Pod") return "spec";
  return kind === "CronJob" ? "spec.jobTemplate.spec.template.spec" : "spec.template.spec";
}

/** The pod of a workload as a template of one, with its metadata; null for any other object, and for a workload without one. */
function template(object: Loose): Loose | null {
  const kind = String(object["kind"]);
  const holder = kind === "Pod" ? object : property(object, ...podPath(kind).split(".").slice(0, -1));
  const known = kind === "Pod" || kind === "CronJob" || templated.includes(kind);
  return known && typeof property(holder, "spec") === "object" && property(holder, "spec") !== null ? (holder as Loose) : null;
}

/** The same pod run by a workload of another kind. The labels of a Pod are those of its template. */
function wrapped(object: Loose, pod: Loose, kind: string): Loose {
  const { name, namespace, annotations } = (object["metadata"] ?? {}) as Loose;
  const labels = {
    ...(property(object, "metadata", "labels") as Loose | undefined),
    ...(kind === "Pod" ? (property(pod, "metadata", "labels") as Loose | undefined) : {}),
  };
  const metadata = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(annotations === undefined ? {} : { annotations }),
    labels,
  };
  const apiVersion = versions[kind] ?? "apps/v1";
  if (kind === "Pod") return { apiVersion, kind, metadata, spec: pod["spec"] };
  const one = { metadata: { labels: property(pod, "metadata", "labels") ?? {} }, spec: pod["spec"] };
  const spec = kind === "CronJob" ? { schedule: "* * * * *", jobTemplate: { spec: { template: one } } } : { template: one };
  return { apiVersion, kind, metadata, spec };
}

/** One variant for each workload of the input and each other kind of those that the rule is given. */
function otherKinds(input: readonly Loose[], kinds: ReadonlySet<string>): readonly Variant[] {
  return input.flatMap((object, place) => {
    const pod = template(object);
    if (pod === null) return [];
    const from = String(object["kind"]);
    const name = String(property(object, "metadata", "name"));
    const isIt = (kind: string, other: string): boolean => kind === from && other === name;
    return ["Pod", "CronJob", ...templated]
      .filter((kind) => kind !== from && kinds.has(kind))
      .map((to) => ({
        name: `${from} ${name} as ${to}`,
        input: input.with(place, wrapped(object, pod, to)),
        path: (path, kind, other) =>
          isIt(kind, other) && (path === podPath(from) || path.startsWith(`${podPath(from)}.`))
            ? podPath(to) + path.slice(podPath(from).length)
            : path,
        kind: (kind, other) => (isIt(kind, other) ? to : kind),
      }));
  });
}

const podFields = [
  "initContainers",
  "ephemeralContainers",
  "volumes",
  "securityContext",
  "nodeSelector",
  "hostNetwork",
  "hostPID",
  "hostIPC",
  "serviceAccountName",
  "serviceAccount",
  "automountServiceAccountToken",
  "resources",
  "os",
];
const containerFields = [
  "env",
  "envFrom",
  "ports",
  "volumeMounts",
  "command",
  "args",
  "securityContext",
  "resources",
  "livenessProbe",
  "readinessProbe",
  "imagePullPolicy",
];
const metadataFields = ["labels", "annotations", "ownerReferences"];

function withNulls(holder: unknown, fields: readonly string[]): Loose {
  return { ...Object.fromEntries(fields.map((field) => [field, null])), ...(holder as Loose) };
}

/** A copy in which fields that are missing are null, which the API takes for the same. */
function nulled(object: Loose): Loose {
  const copy = structuredClone(object);
  const pod = template(copy);
  if (property(copy, "metadata") !== undefined) copy["metadata"] = withNulls(copy["metadata"], metadataFields);
  if (pod === null) return copy;
  const spec = withNulls(pod["spec"], podFields);
  for (const list of ["containers", "initContainers"])
    if (Array.isArray(spec[list])) spec[list] = spec[list].map((container) => withNulls(container, containerFields));
  pod["spec"] = spec;
  return copy;
}

/** A copy with a label, an annotation and what the API server adds. */
function adorned(object: Loose): Loose {
  const metadata = object["metadata"] as Loose | undefined;
  if (metadata === undefined) return object;
  const extra = { "example.org/extra": "nothing" };
  const added = {
    labels: { ...(metadata["labels"] as Loose | undefined), ...extra },
    annotations: { ...(metadata["annotations"] as Loose | undefined), ...extra },
  };
  return { ...object, metadata: { uid: "5a5a", resourceVersion: "1", creationTimestamp: null, ...metadata, ...added } };
}

/** The variants of a case's input for a rule that is given these kinds. */
export function variantsOf(input: readonly KubernetesObject[], kinds: ReadonlySet<string>): readonly Variant[] {
  const objects = input as readonly Loose[];
  const alike = (name: string, changed: readonly Loose[]): Variant => ({
    name,
    input: changed,
    path: (path) => path,
    kind: (kind) => kind,
  });
  return [
    alike("in reverse", objects.toReversed()),
    alike("twice", [...objects, ...objects]),
    alike("with null for missing fields", objects.map(nulled)),
    alike("with labels and annotations", objects.map(adorned)),
    ...otherKinds(objects, kinds),
  ];
}
