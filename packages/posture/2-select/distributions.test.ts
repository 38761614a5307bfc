import { expect, test } from "vitest";
import type { KubernetesObject } from "@holdfast/core";
import { distributionOf, distributionsWithout } from "./distributions.ts";

function node(nodeInfo: Readonly<Record<string, unknown>>, labels: Readonly<Record<string, string>> = {}): KubernetesObject {
  return { apiVersion: "v1", kind: "Node", metadata: { name: "a", labels }, status: { nodeInfo } };
}

const kubeadm = node({ kubeletVersion: "v1.31.2", osImage: "Ubuntu 24.04.1 LTS" });
const k3s = node({ kubeletVersion: "v1.31.2+k3s1", osImage: "Ubuntu 24.04.1 LTS" });
const talos = node({ kubeletVersion: "v1.31.2", osImage: "Talos (v1.9.1)" });
const gke = node({ kubeletVersion: "v1.31.1-gke.1846000" }, { "cloud.google.com/gke-nodepool": "a" });

test.each([
  ["k3s", k3s],
  ["k3s", node({ kubeletVersion: "v1.31.2-rc1+k3s2" })],
  ["RKE2", node({ kubeletVersion: "v1.30.1+rke2r1" })],
  ["k0s", node({ kubeletVersion: "v1.30.1+k0s" })],
  ["Talos Linux", talos],
  ["MicroK8s", node({ kubeletVersion: "v1.31.2" }, { "microk8s.io/cluster": "true" })],
  ["GKE", gke],
  ["EKS", node({ kubeletVersion: "v1.31.2-eks-7f9249a" }, { "eks.amazonaws.com/nodegroup": "a" })],
])("%s is known by its nodes", (name, object) => {
  expect(distributionOf(object)).toBe(name);
});

test.each([
  ["a plain kubelet", kubeadm],
  ["a vendor's build that says nothing else", node({ kubeletVersion: "v1.31.2+vmware.1" })],
  ["Amazon's build on a machine of one's own", node({ kubeletVersion: "v1.31.2-eks-7f9249a" })],
  ["an operating system that only sounds like it", node({ kubeletVersion: "v1.31.2", osImage: "Talosaurus 1" })],
  ["a node that says nothing", { apiVersion: "v1", kind: "Node" }],
  ["values of other types", { kind: "Node", metadata: { labels: "x" }, status: { nodeInfo: { kubeletVersion: 1, osImage: null } } }],
])("%s may be kubeadm's", (_, object) => {
  expect(distributionOf(object)).toBeNull();
});

test("files of a layout are missing only where every node is of a distribution without them", () => {
  expect(distributionsWithout("kubeadm", [talos, k3s, k3s])).toEqual(["Talos Linux", "k3s"]);
  expect(distributionsWithout("kubeadm", [k3s, kubeadm])).toBeNull();
  expect(distributionsWithout("kubeadm", [])).toBeNull();
});

test("a provider keeps the control plane to itself, but its nodes have a kubelet like any other", () => {
  expect(distributionsWithout("kubeadm", [gke])).toEqual(["GKE"]);
  expect(distributionsWithout("kubelet-service", [gke])).toBeNull();
  expect(distributionsWithout("kubelet-service", [talos])).toEqual(["Talos Linux"]);
});
