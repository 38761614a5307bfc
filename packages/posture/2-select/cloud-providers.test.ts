import { expect, test } from "vitest";
import { identityOf, type KubernetesObject, type Resource } from "@holdfast/core";
import { cloudEvidence } from "./cloud-providers.ts";

function resources(...objects: readonly KubernetesObject[]): readonly Resource[] {
  return objects.map((object) => ({ ...identityOf(object), object, file: "a.yaml", line: 1 }));
}

const plainNode = { apiVersion: "v1", kind: "Node", metadata: { name: "a" }, status: { nodeInfo: { kubeletVersion: "v1.31.2" } } };

test("manifests of an application show nothing", () => {
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "a", labels: { "eks.amazonaws.com/component": "x" } } };
  expect(cloudEvidence(resources(pod))).toEqual({ providers: [], known: false });
});

test.each([
  ["EKS", { apiVersion: "eks.amazonaws.com/v1", kind: "ClusterDescribe", metadata: { name: "a" } }],
  ["AKS", { apiVersion: "management.azure.com/v1", kind: "ClusterDescribe", metadata: { name: "a" } }],
  ["GKE", { apiVersion: "container.googleapis.com/v1", kind: "DescribeRepositories", metadata: { name: "a" } }],
  ["EKS", { apiVersion: "v1", kind: "Node", metadata: { name: "a", labels: { "eks.amazonaws.com/nodegroup": "x" } } }],
  ["AKS", { apiVersion: "v1", kind: "Node", metadata: { name: "a", labels: { "kubernetes.azure.com/cluster": "x" } } }],
  ["GKE", { apiVersion: "v1", kind: "Node", metadata: { name: "a", labels: { "cloud.google.com/gke-nodepool": "x" } } }],
  ["EKS", { ...plainNode, status: { nodeInfo: { kubeletVersion: "v1.31.2-eks-7f9249a" } } }],
  ["GKE", { ...plainNode, status: { nodeInfo: { kubeletVersion: "v1.31.1-gke.1846000" } } }],
])("%s is shown by a description or a node", (provider, object) => {
  expect(cloudEvidence(resources(object))).toEqual({ providers: [provider], known: true });
});

test("a node of no managed cluster is known to be of none", () => {
  expect(cloudEvidence(resources(plainNode, { apiVersion: "v1", kind: "Node" }))).toEqual({ providers: [], known: true });
});

test("clusters of two providers are both named", () => {
  const aks = { apiVersion: "management.azure.com/v1", kind: "ClusterDescribe" };
  const gke = { apiVersion: "container.googleapis.com/v1", kind: "ClusterDescribe" };
  expect(cloudEvidence(resources(gke, aks, plainNode)).providers).toEqual(["AKS", "GKE"]);
});
