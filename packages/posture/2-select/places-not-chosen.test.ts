import { expect, test } from "vitest";
import { identityOf, type KubernetesObject, type Resource } from "@holdfast/core";
import type { ObjectChoice } from "../1-load/cluster/cluster-request.ts";
import { parseLabelSelector } from "../1-load/cluster/label-selector.ts";
import { placesNotChosen } from "./places-not-chosen.ts";

function resource(apiVersion: string, kind: string, name: string, namespace?: string, labels: object = {}): Resource {
  const object: KubernetesObject = { apiVersion, kind, metadata: { name, labels, ...(namespace === undefined ? {} : { namespace }) } };
  return { ...identityOf(object), object, file: "a.yaml", line: 1 };
}

const resources = [
  resource("apps/v1", "Deployment", "web", "shop", { app: "web" }),
  resource("networking.k8s.io/v1", "NetworkPolicy", "inward", "shop"),
  resource("networking.k8s.io/v1", "Ingress", "door", "bank", { app: "web" }),
  resource("v1", "Endpoints", "ends", "bank"),
  resource("v1", "Namespace", "shop"),
  resource("rbac.authorization.k8s.io/v1", "ClusterRole", "reader"),
  resource("v1", "Pod", "nowhere"),
];

test.each<[string, Partial<ObjectChoice>, readonly string[]]>([
  ["nothing", {}, ["web", "inward", "door", "ends", "shop", "reader", "nowhere"]],
  ["one namespace", { includeNamespaces: ["shop"] }, ["web", "inward", "shop", "reader", "nowhere"]],
  ["without a namespace", { excludeNamespaces: ["shop"] }, ["door", "ends", "reader", "nowhere"]],
  [
    "kinds by their names",
    { includeKinds: ["Deployment", "networkpolicies", "ingresses.networking.k8s.io", "endpoints"] },
    ["web", "inward", "door", "ends"],
  ],
  ["a kind by its group", { includeKinds: ["networking.k8s.io/ingress", "apps/NetworkPolicy"] }, ["door"]],
  ["without kinds", { excludeKinds: ["clusterroles", "pods"] }, ["web", "inward", "door", "ends", "shop"]],
  ["labels", { selector: parseLabelSelector("app=web") }, ["web", "door"]],
  ["all together", { selector: parseLabelSelector("app=web"), includeNamespaces: ["shop"] }, ["web"]],
])("%s", (_, choice, chosen) => {
  const all: ObjectChoice = { includeNamespaces: [], excludeNamespaces: [], includeKinds: [], excludeKinds: [], selector: null };
  const left = placesNotChosen(resources, { ...all, ...choice });
  expect(resources.filter((__, place) => !left.has(place)).map(({ name }) => name)).toEqual(chosen);
});
