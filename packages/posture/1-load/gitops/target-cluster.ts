import type { DocumentOutcome, LoadedResource } from "../loaders/define.ts";
import { isFields, scalarText, type Fields } from "../kustomize/kustomization.ts";

/** How Argo CD calls the cluster that it runs in. */
const OWN: ReadonlySet<string> = new Set(["", "in-cluster", "https://kubernetes.default.svc"]);

/**
 * The cluster that an object deploys to, by what names it: the kubeconfig of a Flux object (https://fluxcd.io/flux/components/kustomize/kustomizations/#remote-clusters--cluster-api), the
 * destination of an Argo CD Application. Undefined where it is the one that the object is in itself.
 */
export function namedCluster({ kind, namespace, object }: LoadedResource): string | undefined {
  const spec = fieldsAt(object, "spec");
  if (kind === "Application") {
    const destination = fieldsAt(spec, "destination");
    return [scalarText(destination["server"]), scalarText(destination["name"])].find((one) => !OWN.has(one));
  }
  const config = fieldsAt(spec, "kubeConfig");
  for (const key of ["secretRef", "configMapRef"]) {
    const name = scalarText(fieldsAt(config, key)["name"]);
    if (name !== "") return `${namespace === "" ? "" : `${namespace}/`}${name}`;
  }
  return undefined;
}

function fieldsAt(fields: Fields, key: string): Fields {
  const value = fields[key];
  return isFields(value) ? value : {};
}

/** What an object deploys, in the cluster that it deploys to. */
export function inTargetCluster(deploying: LoadedResource, documents: readonly DocumentOutcome[]): readonly DocumentOutcome[] {
  const cluster = namedCluster(deploying) ?? deploying.cluster;
  if (cluster === undefined) return documents;
  return documents.map((document) =>
    document.kind === "produced" ? { ...document, resources: document.resources.map((one) => ({ ...one, cluster })) } : document,
  );
}
