// What three rules of the library ask, as loops that someone would write who knows nothing of Rego: what `--physical` holds the emitted code against.

interface Port {
  readonly hostPort?: number;
}

interface Container {
  readonly name?: string;
  readonly ports?: readonly Port[];
  readonly securityContext?: { readonly readOnlyRootFilesystem?: boolean };
}

interface PodSpec {
  readonly hostNetwork?: boolean;
  readonly os?: { readonly name?: string };
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly ephemeralContainers?: readonly Container[];
}

interface Template {
  readonly template?: { readonly spec?: PodSpec };
}

/** As much of a Kubernetes object as the loops look at. */
interface Workload {
  readonly kind: string;
  readonly metadata?: { readonly name?: string };
  readonly spec?: PodSpec & Template & { readonly jobTemplate?: { readonly spec?: Template } };
}

type ContainerList = "containers" | "initContainers" | "ephemeralContainers";

const EPHEMERAL =
  "An ephemeral container can't be changed once it was added. Replace the pod to be rid of it, and start the next one with a stricter profile, such as kubectl debug --profile=restricted.";

function podOf(object: Workload): { readonly spec: PodSpec | undefined; readonly path: string } | null {
  switch (object.kind) {
    case "Pod":
      return { spec: object.spec, path: "spec" };
    case "Deployment":
    case "ReplicaSet":
    case "DaemonSet":
    case "StatefulSet":
    case "ReplicationController":
    case "Job":
      return { spec: object.spec?.template?.spec, path: "spec.template.spec" };
    case "CronJob":
      return { spec: object.spec?.jobTemplate?.spec?.template?.spec, path: "spec.jobTemplate.spec.template.spec" };
    default:
      return null;
  }
}

function label(object: Workload): string {
  return `${object.kind} ${object.metadata?.name ?? "without a name"}`;
}

function hostNetwork(objects: readonly Workload[]): unknown[] {
  const findings: unknown[] = [];
  for (const object of objects) {
    const pod = podOf(object);
    if (pod?.spec?.hostNetwork !== true) continue;
    findings.push({
      alertMessage: `${label(object)} uses its node's network`,
      alertObject: { k8sApiObjects: [object] },
      deletePaths: [`${pod.path}.hostNetwork`],
    });
  }
  return findings;
}

/** Calls `visit` with each container of the lists, what it is called, and its path. */
function eachContainer(
  objects: readonly Workload[],
  lists: readonly ContainerList[],
  visit: (object: Workload, spec: PodSpec, list: ContainerList, container: Container, path: string) => void,
): void {
  for (const object of objects) {
    const pod = podOf(object);
    if (pod?.spec === undefined) continue;
    for (const list of lists) {
      const containers = pod.spec[list];
      if (containers === undefined) continue;
      for (const [i, container] of containers.entries()) visit(object, pod.spec, list, container, `${pod.path}.${list}[${i}]`);
    }
  }
}

function hostPorts(objects: readonly Workload[]): unknown[] {
  const findings: unknown[] = [];
  eachContainer(objects, ["containers", "initContainers"], (object, _spec, _list, container, path) => {
    const deletePaths: string[] = [];
    for (const [j, port] of (container.ports ?? []).entries())
      if ((port.hostPort ?? 0) > 0) deletePaths.push(`${path}.ports[${j}].hostPort`);
    if (deletePaths.length === 0) return;
    findings.push({
      alertMessage: `container ${container.name ?? "without a name"} of ${label(object)} takes a port of its node`,
      alertObject: { k8sApiObjects: [object] },
      deletePaths,
    });
  });
  return findings;
}

function writableRoots(objects: readonly Workload[]): unknown[] {
  const findings: unknown[] = [];
  eachContainer(objects, ["containers", "initContainers", "ephemeralContainers"], (object, spec, list, container, path) => {
    if (spec.os?.name === "windows" || container.securityContext?.readOnlyRootFilesystem === true) return;
    const alertMessage = `container ${container.name ?? "without a name"} of ${label(object)} can write to its root file system`;
    const alertObject = { k8sApiObjects: [object] };
    if (list === "ephemeralContainers") findings.push({ noFix: EPHEMERAL, alertMessage, alertObject });
    else findings.push({ fixPaths: [{ path: `${path}.securityContext.readOnlyRootFilesystem`, value: true }], alertMessage, alertObject });
  });
  return findings;
}

/** The loops by the rules that they stand for: each takes the list of objects and gives the findings, in the order of the objects. */
export const handWritten: Readonly<Record<string, (objects: unknown) => unknown[]>> = {
  "host-network-access": (objects) => hostNetwork(objects as readonly Workload[]),
  "container-hostPort": (objects) => hostPorts(objects as readonly Workload[]),
  "immutable-container-filesystem": (objects) => writableRoots(objects as readonly Workload[]),
};
