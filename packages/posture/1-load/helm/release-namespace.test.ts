import { expect, test } from "vitest";
import { loadText } from "../../testing/load-text.ts";
import { inReleaseNamespace } from "./release-namespace.ts";

async function placed(apiVersion: string, kind: string, own?: string): Promise<string> {
  const [resource] = await loadText(
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: a\n${own === undefined ? "" : `  namespace: ${own}\n`}`,
  );
  const { namespace, object } = inReleaseNamespace(resource, "shop");
  expect((object["metadata"] as { readonly namespace?: string }).namespace ?? "").toBe(namespace);
  return namespace;
}

test.each([
  ["v1", "ServiceAccount"],
  ["apps/v1", "Deployment"],
  ["batch/v1beta1", "CronJob"],
  ["networking.k8s.io/v1", "NetworkPolicy"],
  ["rbac.authorization.k8s.io/v1", "RoleBinding"],
])("what is kept in namespaces is in that of its release: %s %s", async (apiVersion, kind) => {
  expect(await placed(apiVersion, kind)).toBe("shop");
  expect(await placed(apiVersion, kind, "other")).toBe("other");
});

test.each([
  ["v1", "Namespace"],
  ["v1", "Node"],
  ["rbac.authorization.k8s.io/v1", "ClusterRoleBinding"],
  ["networking.k8s.io/v1", "IngressClass"],
  ["projectcalico.org/v3", "GlobalNetworkPolicy"],
  ["example.com/v1", "Deployment"],
])("what belongs to the cluster, or may do so, is in none: %s %s", async (apiVersion, kind) => {
  expect(await placed(apiVersion, kind)).toBe("");
});
