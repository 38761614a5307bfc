import type { KubernetesObject } from "@holdfast/core";
import { objectField, objectsField, textField } from "./fields.ts";

const BINARY = /(?:^|\/)kube-apiserver$/u;

/**
 * The pods that run the Kubernetes API server: kubeadm and RKE2 label them `component: kube-apiserver`, others are known by the container's name or by the
 * binary that starts it, be it the command, the word after a multi-call binary (`/hyperkube kube-apiserver`) or the first argument.
 */
export function apiserverPods(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return objects.filter((object) => object["kind"] === "Pod" && runsApiServer(object));
}

function runsApiServer(pod: KubernetesObject): boolean {
  if (objectField(objectField(pod, "metadata"), "labels")["component"] === "kube-apiserver") return true;
  return objectsField(objectField(pod, "spec"), "containers").some(
    (container) => textField(container, "name") === "kube-apiserver" || startWords(container).some((word) => BINARY.test(word)),
  );
}

function startWords(container: KubernetesObject): readonly string[] {
  const { command, args } = container as { readonly command?: unknown; readonly args?: unknown };
  const words = [...(Array.isArray(command) ? command.slice(0, 2) : []), ...(Array.isArray(args) ? args.slice(0, 1) : [])] as unknown[];
  return words.filter((word) => typeof word === "string");
}
