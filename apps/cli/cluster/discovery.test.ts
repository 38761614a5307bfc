import http from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiServer } from "./api-server.ts";
import { discover } from "./discovery.ts";

type Answers = Readonly<Record<string, { readonly status?: number; readonly body: unknown }>>;

let answers: Answers = {};
let accepts: string[] = [];
const server = http.createServer((request, response) => {
  accepts.push(request.headers.accept ?? "");
  const answer = answers[request.url ?? ""];
  const text = typeof answer?.body === "string" ? answer.body : JSON.stringify(answer?.body ?? { kind: "Status", message: "not found" });
  response.writeHead(answer?.status ?? (answer === undefined ? 404 : 200), { "content-encoding": "gzip" }).end(gzipSync(text));
});

beforeAll(async () => new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Asks a server that gives these answers. */
async function discovered(given: Answers): ReturnType<typeof discover> {
  answers = given;
  accepts = [];
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new KubeConfig();
  client.loadFromClusterAndUser({ name: "c", server: url, skipTLSVerify: true }, { name: "u" });
  const asked = new ApiServer({ name: "c", namespace: "default", server: url, client, impersonatedGroups: [], renew: null }, 5000);
  try {
    return await discover(asked);
  } finally {
    asked.close();
  }
}

const VERBS = ["get", "list"];
const DEPLOYMENT = { group: "apps", version: "v1", kind: "Deployment", resource: "deployments", namespaced: true };
const NODE = { group: "", version: "v1", kind: "Node", resource: "nodes", namespaced: false };

function aggregated(items: readonly object[]): { readonly body: object } {
  return { body: { kind: "APIGroupDiscoveryList", apiVersion: "apidiscovery.k8s.io/v2", items } };
}

function resource(kind: string, name: string, scope = "Namespaced", verbs: readonly string[] = VERBS): object {
  return { resource: name, responseKind: { group: "", version: "", kind }, scope, verbs, subresources: [] };
}

test("two answers tell all kinds, each in the version that its group prefers and that has it", async () => {
  const { kinds, silentGroups } = await discovered({
    "/api": aggregated([
      {
        metadata: {},
        versions: [
          { version: "v1", resources: [resource("Node", "nodes", "Cluster"), resource("Binding", "bindings", "Namespaced", ["create"])] },
        ],
      },
    ]),
    "/apis": aggregated([
      {
        metadata: { name: "apps" },
        versions: [
          { version: "v1", resources: [resource("Deployment", "deployments")] },
          { version: "v1beta1", resources: [resource("Deployment", "deployments"), resource("Older", "olders")] },
        ],
      },
      { metadata: { name: "metrics.k8s.io" }, versions: [{ version: "v1", freshness: "Stale", resources: [] }] },
    ]),
  });
  expect(kinds).toEqual([NODE, DEPLOYMENT, { ...DEPLOYMENT, version: "v1beta1", kind: "Older", resource: "olders" }]);
  expect([...silentGroups.keys()]).toEqual(["metrics.k8s.io"]);
  expect(accepts).toHaveLength(2);
  expect(accepts[0]).toContain("APIGroupDiscoveryList");
});

test("an older server is asked group by group, and one that does not answer is silent", async () => {
  const list = (resources: readonly object[]): { readonly body: object } => ({ body: { kind: "APIResourceList", resources } });
  const { kinds, silentGroups } = await discovered({
    "/api": { body: { kind: "APIVersions", versions: ["v1"] } },
    "/apis": {
      body: {
        kind: "APIGroupList",
        groups: [
          { name: "apps", versions: [{ version: "v1beta1" }, { version: "v1" }], preferredVersion: { version: "v1" } },
          { name: "metrics.k8s.io", versions: [{ version: "v1" }], preferredVersion: { version: "v1" } },
        ],
      },
    },
    "/api/v1": list([
      { name: "nodes", kind: "Node", namespaced: false, verbs: VERBS },
      { name: "nodes/status", kind: "Node", namespaced: false, verbs: VERBS },
    ]),
    "/apis/apps/v1": list([{ name: "deployments", kind: "Deployment", namespaced: true, verbs: VERBS }]),
    "/apis/apps/v1beta1": list([{ name: "deployments", kind: "Deployment", namespaced: true, verbs: VERBS }]),
    "/apis/metrics.k8s.io/v1": { status: 503, body: { kind: "Status", message: "the server is currently unable to handle the request" } },
  });
  expect(kinds).toEqual([NODE, DEPLOYMENT]);
  expect([...silentGroups]).toEqual([["metrics.k8s.io", "the server is currently unable to handle the request"]]);
});

test.each<[string, Answers, RegExp]>([
  ["is no API server", { "/api": { body: "<html>hello</html>" }, "/apis": { body: "<html>hello</html>" } }, /not what an API server says/u],
  ["refuses", { "/api": { status: 403, body: { message: "you may not" } } }, /you may not/u],
  ["is lost", {}, /not found/u],
])("a server that %s does not say what it serves", async (_, given, message) => {
  await expect(discovered(given)).rejects.toThrow(message);
});
