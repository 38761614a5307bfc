import { expect, test } from "vitest";
import { clusterOfFile } from "./cluster-of-file.ts";

const clusterOf = clusterOfFile(async (cluster) => {
  await cluster.create([{ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } }]);
});

test("is a Kubernetes API server that keeps objects and asks for rights", async (context) => {
  const cluster = await clusterOf(context);
  const version = await cluster.request("GET", "/version");
  expect(version.body["gitVersion"]).toMatch(/^v1\.\d+\.\d+$/u);

  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a", namespace: "shop" },
    spec: { containers: [{ name: "a", image: "a" }] },
  };
  const [made] = await cluster.create([pod]);
  expect(made).toMatchObject({ kind: "Pod", metadata: { name: "a", uid: expect.any(String) as string } });
  await expect(cluster.create([pod])).rejects.toThrow(/already exists/u);

  const refused = await cluster.request("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SubjectAccessReview",
    spec: { user: "jo", resourceAttributes: { verb: "list", resource: "pods" } },
  });
  expect(refused.body["status"]).toMatchObject({ allowed: false });
});
