// The controls themselves: what their pages promise, through the program.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { root, runHoldfast } from "./run-holdfast.ts";
import { controlOf, failedNames, findingsOf, namesOf, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

interface Page {
  readonly id: string;
  readonly bad: string;
  readonly good: string;
}

const folder = path.join(root, "library/controls");

function blockOf(text: string, heading: string): string {
  const section = text.split(new RegExp(`^## ${heading}$`, "mu"))[1]?.split(/^## /mu)[0] ?? "";
  return [...section.matchAll(/^```ya?ml\n(.*?)^```/gmsu)].map(([, block]) => block ?? "").join("---\n");
}

/** Those of NSA, and some of every other kind of input; `library/library.test.ts` runs the pages of all controls, in one process. */
const SAMPLE = new Set([
  ...[...readFileSync(path.join(root, "library/frameworks/nsa.yaml"), "utf8").matchAll(/C-\d+/gu)].map(([id]) => id),
  "C-0015",
  "C-0102",
  "C-0131",
  "C-0179",
  "C-0188",
  "C-0192",
  "C-0212",
  "C-0228",
  "C-0241",
  "C-0256",
  "C-0273",
  "C-0298",
]);

const pages: readonly Page[] = readdirSync(folder)
  .filter((name) => SAMPLE.has(name.slice(0, 6)))
  .map((name) => {
    const text = readFileSync(path.join(folder, name), "utf8");
    return { id: name.slice(0, 6), bad: blockOf(text, "Bad"), good: blockOf(text, "Good") };
  });

describe.each(pages)("$id", ({ id, bad, good }) => {
  test("its bad manifest fails and its good one does not", async () => {
    const [worse, better] = await Promise.all([
      scanResult(["control", id, "-"], { stdin: bad }),
      scanResult(["control", id, "-"], { stdin: good }),
    ]);
    expect(controlOf(worse.result, id).status).toBe("failed");
    expect(findingsOf(worse.result, id).length).toBeGreaterThan(0);
    expect(worse.result.problems).toEqual([]);
    // A good state may be that nothing of the kind is there.
    expect(["passed", "skipped"]).toContain(controlOf(better.result, id).status);
    expect(better.result.findings).toEqual([]);
    expect(better.result.problems).toEqual([]);
  });

  test("it explains itself: what, why, how to fix, and its limits", async () => {
    const { code, stdout, stderr } = await runHoldfast(["explain", id]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const heading of ["Why it matters", "How to fix", "Limits"]) expect(stdout).toMatch(new RegExp(`^${heading}\\n\\S`, "mu"));
    expect(stdout.startsWith(id)).toBe(true);
  });
});

test("the good manifests pass where files can answer", async () => {
  const passed = await Promise.all(
    pages.map(async ({ id, good }) => controlOf((await scanResult(["control", id, "-"], { stdin: good })).result, id).status === "passed"),
  );
  expect(passed.filter(Boolean).length).toBeGreaterThanOrEqual(20);
});

describe("every kind of workload and every kind of container", () => {
  const POD = `hostNetwork: true
initContainers: [{name: i, image: "a:1", securityContext: {privileged: true}}]
containers: [{name: c, image: "a:1", securityContext: {privileged: true}}]
ephemeralContainers: [{name: e, image: "a:1", securityContext: {privileged: true}}]
`;
  const KINDS = [
    { kind: "Pod", apiVersion: "v1", way: [] },
    { kind: "Deployment", apiVersion: "apps/v1", way: ["template", "spec"] },
    { kind: "ReplicaSet", apiVersion: "apps/v1", way: ["template", "spec"] },
    { kind: "StatefulSet", apiVersion: "apps/v1", way: ["template", "spec"] },
    { kind: "DaemonSet", apiVersion: "apps/v1", way: ["template", "spec"] },
    { kind: "Job", apiVersion: "batch/v1", way: ["template", "spec"] },
    { kind: "CronJob", apiVersion: "batch/v1", way: ["jobTemplate", "spec", "template", "spec"] },
  ] as const;

  function manifest({ kind, apiVersion, way }: (typeof KINDS)[number]): string {
    const lines = ["spec", ...way].map((key, depth) => `${"  ".repeat(depth)}${key}:`);
    const indent = "  ".repeat(way.length + 1);
    const pod = POD.trimEnd()
      .split("\n")
      .map((line) => indent + line);
    return [`apiVersion: ${apiVersion}`, `kind: ${kind}`, `metadata: {name: ${kind.toLowerCase()}}`, ...lines, ...pod, ""].join("\n");
  }

  let result: Awaited<ReturnType<typeof scanResult>>["result"];
  beforeAll(async () => {
    const cwd = scratchFolder({ "all.yaml": KINDS.map(manifest).join("---\n") });
    ({ result } = await scanResult(["control", "C-0057,C-0041", "."], { cwd }));
  });

  test("all of them are judged", () => {
    const names = KINDS.map(({ kind }) => kind.toLowerCase()).toSorted();
    expect(failedNames(result, "C-0057")).toEqual(names);
    expect(failedNames(result, "C-0041")).toEqual(names);
  });

  test.each(KINDS)("$kind: containers, init containers and ephemeral containers, each at its path", ({ kind, way }) => {
    const place = result.resources.findIndex((resource) => resource.kind === kind);
    const found = findingsOf(result, "C-0057").filter(({ resource }) => resource === place);
    const paths = new Set(found.flatMap((finding) => finding.paths.map((one) => one.path)));
    const prefix = ["spec", ...way].join(".");
    for (const list of ["containers", "initContainers", "ephemeralContainers"]) {
      expect(paths, list).toContain(`${prefix}.${list}[0].securityContext.privileged`);
    }
  });
});

describe("edges of what manifests leave out", () => {
  test("a container's setting stands over the pod's, and the pod's where the container has none", async () => {
    const pod = (name: string, ofPod: string, ofContainer: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  securityContext: ${ofPod}\n  containers: [{name: a, image: "a:1", securityContext: ${ofContainer}}]\n`;
    const user = "{runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, allowPrivilegeEscalation: false}";
    const own = "{allowPrivilegeEscalation: false}";
    const stdin = [
      pod("inherits", "{runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000}", own),
      pod("overrides-well", "{runAsUser: 0}", user),
      pod(
        "overrides-badly",
        "{runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000}",
        "{runAsNonRoot: false, runAsUser: 0, runAsGroup: 0}",
      ),
      pod("neither", "{}", "{}"),
    ].join("---\n");
    const { result } = await scanResult(["control", "C-0013", "-"], { stdin });
    expect(failedNames(result, "C-0013")).toEqual(["neither", "overrides-badly"]);
    expect(namesOf(result, "C-0013", "passed")).toEqual(["inherits", "overrides-well"]);
  });

  test("null and missing fields are judged, and break no rule", async () => {
    const stdin = [
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: null}\n",
      "apiVersion: v1\nkind: Pod\nmetadata: {name: b}\nspec: null\n",
      "apiVersion: v1\nkind: Pod\nmetadata: {name: c}\n",
      "apiVersion: v1\nkind: Pod\nmetadata: null\nspec: {containers: [{name: a, securityContext: null, env: null, ports: null, resources: null}]}\n",
      "apiVersion: v1\nkind: Pod\nmetadata: {name: e}\nspec: {containers: {name: a}}\n",
      'apiVersion: v1\nkind: Pod\nmetadata: {name: f, labels: [1]}\nspec: {containers: ["text", 1, null, {}], hostNetwork: "true"}\n',
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: g}\nspec: {template: null}\n",
      "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: h}\nspec: {jobTemplate: {spec: null}}\n",
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: i}\nsubjects: null\nroleRef: null\n",
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: j}\nrules: null\n",
      "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: k}\nspec: null\n",
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: l}\ndata: null\n",
      "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: m}\n",
    ].join("---\n");
    const { result, code } = await scanResult(["-"], { stdin });
    expect(code).toBe(0);
    // A binding without a role is worth a word; nothing may be lost by it.
    expect(result.problems.filter(({ effect }) => effect !== "degraded")).toEqual([]);
    expect(result.summary.controls.errored).toBe(0);
    expect(result.summary.coverage).toBe(100);
  });

  test("who is bound is judged: a finding's object is the subject, with its binding and role beside it", async () => {
    const stdin = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: everything}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all}
subjects:
  - {kind: ServiceAccount, name: robot, namespace: shop}
  - {kind: User, name: ann, apiGroup: rbac.authorization.k8s.io}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all}
rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]
`;
    const { result } = await scanResult(["control", "C-0035", "-"], { stdin });
    expect(failedNames(result, "C-0035")).toEqual(["ann", "robot"]);
    for (const { resource, related } of findingsOf(result, "C-0035")) {
      expect(result.resources[resource]?.file).toBeUndefined();
      expect(related.map((place) => result.resources[place]?.kind)).toEqual(["ClusterRoleBinding", "ClusterRole"]);
    }
    const robot = result.resources.find(({ name }) => name === "robot");
    expect(robot).toMatchObject({ kind: "ServiceAccount", namespace: "shop" });
  });
});
