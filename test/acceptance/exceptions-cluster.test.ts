// Exceptions of a cluster apply where it is scanned, and an audit looks at manifests and cluster side by side. The API server of the first tests is a stand-in that answers the few requests of these
// scans; the last one has a real one that keeps exceptions as resources of their own.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Result } from "@holdfast/core";
import { clusterOfFile } from "../cluster/cluster-of-file.ts";
import { runHoldfast } from "./run-holdfast.ts";
import { findingsOf, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const pod = (name: string) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "shop", uid: `uid-${name}` },
  spec: { containers: [{ name: "main", image: "docker.io/example/web:1.0", securityContext: { privileged: true } }] },
});

const exception = (name: string, pods: string, more: object = {}) => ({
  apiVersion: "kubescape.io/v1beta1",
  kind: "SecurityException",
  metadata: { name, namespace: "shop", uid: `uid-${name}`, resourceVersion: "7", managedFields: [] },
  spec: {
    reason: "in the cluster",
    match: { resources: [{ kind: "Pod", name: pods }] },
    posture: [{ controlID: "C-0057", action: "ignore" }],
    ...more,
  },
});

const served = (kind: string, name: string) => ({ kind, name, namespaced: true, verbs: ["list", "get"] });

const ANSWERS: Readonly<Record<string, object>> = {
  "/version": { major: "1", minor: "34", gitVersion: "v1.34.4" },
  "/api": { kind: "APIVersions", versions: ["v1"] },
  "/apis": {
    kind: "APIGroupList",
    groups: [{ name: "kubescape.io", versions: [{ version: "v1beta1" }], preferredVersion: { version: "v1beta1" } }],
  },
  "/api/v1": { kind: "APIResourceList", resources: [served("Pod", "pods")] },
  "/apis/kubescape.io/v1beta1": {
    kind: "APIResourceList",
    resources: [
      served("SecurityException", "securityexceptions"),
      { ...served("ClusterSecurityException", "clustersecurityexceptions"), namespaced: false },
    ],
  },
  "/api/v1/pods": { kind: "PodList", metadata: {}, items: ["web", "db", "only-live"].map(pod) },
  "/apis/kubescape.io/v1beta1/securityexceptions": {
    kind: "SecurityExceptionList",
    metadata: {},
    items: [exception("web", "web"), exception("faulty", "db", { raeson: "x" }), exception("live", "only-live")],
  },
};

let server: Server;
let env: Readonly<Record<string, string>>;
let cwd: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = ANSWERS[(request.url ?? "").split("?")[0] ?? ""];
    const refused = { kind: "Status", status: "Failure", message: "not allowed", reason: "Forbidden", code: 403 };
    response.writeHead(answer === undefined ? 403 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? refused));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "stand-in",
    clusters: [{ name: "c", cluster: { server: `http://127.0.0.1:${port}` } }],
    contexts: [{ name: "stand-in", context: { cluster: "c", user: "u" } }],
    users: [{ name: "u", user: {} }],
  };
  cwd = scratchFolder({
    kubeconfig: JSON.stringify(kubeconfig),
    "app.json": JSON.stringify({ apiVersion: "v1", kind: "List", items: ["web", "db", "only-files"].map(pod) }),
    "ex.json": JSON.stringify({ ...exception("files", "only-files"), metadata: { name: "files", namespace: "shop" } }),
  });
  env = { KUBECONFIG: path.join(cwd, "kubeconfig") };
});

afterAll(() => server.close());

function open({ findings, resources }: Result): readonly string[] {
  return findings.flatMap(({ status, resource }) => (status === "open" ? [resources[resource]?.name ?? ""] : [])).toSorted();
}

test("exceptions of a cluster apply when it is scanned; a faulty one and a list that is refused are problems", async () => {
  const { result } = await scanResult(["--cluster", "--control", "C-0057"], { cwd, env });
  expect(open(result)).toEqual(["db"]);
  expect(result.exceptions.map(({ id, status, accepts }) => [id, status, accepts])).toEqual([
    ["shop/live", "active", 1],
    ["shop/web", "active", 1],
  ]);
  const own = result.problems.filter(({ code }) => code.startsWith("cluster-exception"));
  expect(own.map(({ code, effect, subject }) => [code, effect, subject])).toEqual([
    ["cluster-exceptions-unread", "degraded", "list clustersecurityexceptions.kubescape.io"],
    ["cluster-exception", "degraded", "SecurityException shop/faulty"],
  ]);
  expect(own[1]?.cause).toContain('unknown key "raeson"; did you mean reason?');
  expect(findingsOf(result, "C-0057").find(({ status }) => status === "accepted")?.acceptedBy).toBe(0);
});

test("an audit of both says what exists only in manifests or only in the cluster", async () => {
  const args = [
    "exceptions",
    "audit",
    "app.json",
    "--cluster=stand-in",
    "--exceptions",
    "ex.json",
    "--control",
    "C-0057",
    "--format",
    "json",
  ];
  const { stdout, code } = await runHoldfast(args, { cwd, env });
  expect(code).toBe(0);
  const { exceptions } = JSON.parse(stdout) as {
    readonly exceptions: readonly { readonly id: string; readonly onlyIn: string | null; readonly verdicts: readonly string[] }[];
  };
  expect(exceptions.map(({ id, onlyIn }) => [id, onlyIn])).toEqual([
    ["shop/files", "files"],
    ["shop/live", "cluster"],
    ["shop/web", null],
  ]);
  expect(exceptions.map(({ verdicts }) => verdicts)).toEqual([[], [], []]);
});

/** The definition of a kind of exceptions, whose content the server takes as it comes. */
const definition = (kind: string, scope: "Namespaced" | "Cluster") => {
  const plural = `${kind.toLowerCase()}s`;
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.kubescape.io` },
    spec: {
      group: "kubescape.io",
      scope,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: "v1beta1", served: true, storage: true, schema }],
    },
  };
};

const clusterOf = clusterOfFile(async (cluster) => {
  const kinds = [definition("SecurityException", "Namespaced"), definition("ClusterSecurityException", "Cluster")];
  await cluster.create([{ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } }, ...kinds]);
  for (const { spec } of kinds) {
    const target = `/apis/kubescape.io/v1beta1/${spec.names.plural}`;
    const known = async (): Promise<void> => {
      const { status } = await cluster.request("GET", target);
      if (status !== 200) throw new Error(`${target}: ${status}`);
    };
    await vi.waitFor(known, { timeout: 20_000 });
  }
  const { uid: _, ...metadata } = pod("web").metadata;
  const pods = ["web", "db", "only-live"].map((name) => ({ ...pod(name), metadata: { ...metadata, name } }));
  const everywhere = exception("everywhere", "db");
  const kept = [exception("web", "web"), exception("live", "only-live")].map((one) => ({
    ...one,
    metadata: { name: one.metadata.name, namespace: "shop" },
  }));
  await cluster.create([...pods, ...kept, { ...everywhere, kind: "ClusterSecurityException", metadata: { name: "everywhere" } }]);
});

test("a real API server's exceptions of both kinds apply, and an audit names those of one world only", async (context) => {
  const cluster = await clusterOf(context);
  const { result } = await scanResult(["--kubeconfig", cluster.kubeconfig, "--control", "C-0057"], { cwd });
  expect(result.problems).toEqual([]);
  expect(open(result)).toEqual([]);
  expect(result.exceptions.map(({ id, status, accepts }) => [id, status, accepts])).toEqual([
    ["everywhere", "active", 1],
    ["shop/live", "active", 1],
    ["shop/web", "active", 1],
  ]);
  const args = ["exceptions", "audit", "app.json", "--kubeconfig", cluster.kubeconfig, "--cluster=admin", "--exceptions", "ex.json"];
  const { stdout, code } = await runHoldfast([...args, "--control", "C-0057", "--format", "json"], { cwd });
  expect(code).toBe(0);
  const { exceptions } = JSON.parse(stdout) as { readonly exceptions: readonly { readonly id: string; readonly onlyIn: string | null }[] };
  expect(exceptions.map(({ id, onlyIn }) => [id, onlyIn])).toEqual([
    ["shop/files", "files"],
    ["everywhere", null],
    ["shop/live", "cluster"],
    ["shop/web", null],
  ]);
}, 120_000);
