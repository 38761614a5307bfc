// The commands on exceptions: the proof of what each does, the other form, one for a finding, and what can go.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runCommand, runHoldfast, type Run } from "./run-holdfast.ts";
import { findingsOf, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const env = { SOURCE_DATE_EPOCH: "1780272000" }; // 2026-06-01T00:00:00Z

const pod = (name: string, privileged: boolean) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
spec:
  containers:
    - {name: main, image: "docker.io/example/${name}:1.0", securityContext: {privileged: ${privileged}}}
`;

const TREE = [pod("web", true), pod("db", true), pod("fixed", false)].join("---\n");

function exception(name: string, match: string, more: string = "", kind: string = "SecurityException"): string {
  const namespace = kind === "SecurityException" ? ", namespace: shop" : "";
  return `apiVersion: kubescape.io/v1beta1
kind: ${kind}
metadata: {name: ${name}${namespace}}
spec: {reason: for a test, ${more}match: ${match}, posture: [{controlID: C-0057, action: alert_only}]}
`;
}

const AUDITED = {
  "app.yaml": TREE,
  "ex/a.yaml": [
    exception("used", "{resources: [{kind: Pod, name: web}]}"),
    exception("twin", "{resources: [{kind: Pod, name: web}], objectSelector: {matchLabels: {app: web}}}"),
    exception("done", "{resources: [{kind: Pod, name: fixed}]}"),
    exception("lost", "{resources: [{kind: Pod, name: old-web}]}"),
  ].join("---\n"),
  "ex/b.yaml": [
    exception("wide", "{resources: [{kind: Pod, name: d.*}]}", "", "ClusterSecurityException"),
    exception("ended", "{resources: [{kind: Pod, name: db}]}", 'expiresAt: "2026-01-01T00:00:00Z", '),
    exception("roles", "{resources: [{kind: ClusterRole, name: admin}]}"),
  ].join("---\n"),
};

interface Audit {
  readonly counts: Readonly<Record<string, number>>;
  readonly exceptions: readonly {
    readonly id: string;
    readonly verdicts: readonly string[];
    readonly shadowedBy: readonly string[];
    readonly worlds: readonly {
      readonly inert: { readonly code: string } | null;
      readonly inScope: readonly { readonly fingerprint: string }[];
      readonly returns: readonly string[];
    }[];
  }[];
}

async function audit(cwd: string, ...args: readonly string[]): Promise<Run & { readonly audit: Audit }> {
  const run = await runHoldfast(
    ["exceptions", "audit", "app.yaml", "--exceptions", "ex", "--control", "C-0057", "--format", "json", ...args],
    { cwd, env },
  );
  return { ...run, audit: JSON.parse(run.stdout) as Audit };
}

describe("audit", () => {
  const cwd = scratchFolder(AUDITED);

  test("each exception is told by what it does, and --fail-on by what it must not be", async () => {
    const { audit: audited, code, stderr } = await audit(cwd, "--fail-on", "inert,expired");
    expect(audited.exceptions.map(({ id, verdicts }) => [id, ...verdicts])).toEqual([
      ["shop/used", "shadowed"],
      ["shop/twin", "shadowed"],
      ["shop/done", "inert"],
      ["shop/lost", "inert"],
      ["wide", "over-broad"],
      ["shop/ended", "expired"],
      ["shop/roles", "inert"],
    ]);
    const inert = audited.exceptions.flatMap(({ id, worlds }) =>
      worlds.flatMap((world) => (world.inert === null ? [] : [[id, world.inert.code]])),
    );
    expect(inert).toEqual([
      ["shop/done", "already-fixed"],
      ["shop/lost", "name-absent"],
      ["shop/roles", "kind-absent"],
    ]);
    expect(audited.exceptions[0]?.shadowedBy).toEqual(["shop/twin"]);
    expect(code).toBe(1);
    expect(stderr).toContain("4 of 7 exceptions: shop/done (inert), shop/lost (inert), shop/ended (expired), shop/roles (inert)");
  });

  test("what returns without an exception is what a scan without it finds open", async () => {
    const only = scratchFolder({ "app.yaml": TREE, "ex/a.yaml": exception("used", "{resources: [{kind: Pod, name: web}]}") });
    const { audit: audited, code } = await audit(only, "--fail-on", "inert,over-broad,expired,shadowed,premise-failed");
    expect(code).toBe(0);
    const plain = await scanResult(["app.yaml", "--control", "C-0057"], { cwd: only });
    const given = await scanResult(["app.yaml", "--control", "C-0057", "--exceptions", "ex"], { cwd: only });
    const open = (one: typeof plain) =>
      findingsOf(one.result, "C-0057")
        .filter(({ status }) => status === "open")
        .map(({ fingerprint }) => fingerprint);
    expect(open(given)).toHaveLength(1);
    expect(audited.exceptions[0]?.worlds[0]?.returns).toEqual(open(plain).filter((one) => !open(given).includes(one)));
  });

  test("annotations are audited where they are honoured", async () => {
    const annotations = 'annotations: {kubescape.io/skip-controls: "C-0057", kubescape.io/skip-reason: "x"}, ';
    const folder = scratchFolder({ "app.yaml": TREE.replaceAll("metadata: {", `metadata: {${annotations}`) });
    const { stdout } = await runHoldfast(
      ["exceptions", "audit", "app.yaml", "--honor-inline-exceptions", "--control", "C-0057", "--format", "json"],
      { cwd: folder },
    );
    expect((JSON.parse(stdout) as Audit).exceptions.map(({ id, verdicts }) => [id, ...verdicts])).toEqual([
      ["Pod shop/web (annotations)"],
      ["Pod shop/db (annotations)"],
      ["Pod shop/fixed (annotations)", "inert"],
    ]);
  });

  test("people read the same", async () => {
    const { stdout, code } = await runHoldfast(["exceptions", "audit", "app.yaml", "--exceptions", "ex", "--control", "C-0057"], {
      cwd,
      env,
    });
    expect(code).toBe(0);
    expect(stdout).toContain("shop/done  INERT\n  ex/a.yaml:11\n");
    expect(stdout).toContain("it accepts nothing: its objects were judged, and nothing is found on them: it is fixed\n");
    expect(stdout).toContain("shadowed: shop/twin accepts all that it accepts\n");
    expect(stdout).toMatch(/7 exceptions: 3 inert, 1 over-broad, 1 expired, 2 shadowed, 0 with nothing against them\n$/u);
  });

  test("without data nothing is known, and without exceptions or paths there is nothing to audit", async () => {
    const empty = scratchFolder({ "app.yaml": "a: b\n", "ex/a.yaml": exception("used", "{resources: [{kind: Pod}]}") });
    expect((await audit(empty)).code).toBe(3);
    const none = await runHoldfast(["exceptions", "audit", "app.yaml"], { cwd });
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("--exceptions FILE") as string]);
  });
});

test("convert writes the other form and back; what a form can't say is an error, and nothing is written", async () => {
  const cwd = scratchFolder({
    "a.yaml": exception(
      "used",
      "{resources: [{kind: Pod, name: web, apiGroup: ''}], objectSelector: {matchLabels: {app: web}}}",
      'author: ann, expiresAt: "2099-01-01T00:00:00Z", ',
    ),
    "images.yaml": exception("images", '{images: ["docker.io/.*"]}'),
  });
  const policy = await runHoldfast(["exceptions", "convert", "a.yaml", "--to", "policy", "--output", "a.json"], { cwd });
  expect([policy.code, policy.stderr]).toEqual([0, ""]);
  expect(JSON.parse(readFileSync(path.join(cwd, "a.json"), "utf8"))).toMatchObject([
    {
      name: "shop/used",
      policyType: "postureExceptionPolicy",
      actions: ["alertOnly"],
      resources: [{ attributes: { namespace: "shop", kind: "Pod", name: "web", apiGroup: "" } }],
      posturePolicies: [{ controlID: "C-0057" }],
      expirationDate: "2099-01-01T00:00:00Z",
      createdBy: "ann",
    },
  ]);
  const back = await runHoldfast(["exceptions", "convert", "a.json", "--to", "crd"], { cwd });
  const again = await runHoldfast(["exceptions", "convert", "-", "--to", "crd"], { cwd });
  expect(again.code).toBe(2);
  const straight = await runHoldfast(["exceptions", "convert", "a.yaml", "--to", "crd"], { cwd });
  expect(back.stdout).toBe(straight.stdout);
  const lost = await runHoldfast(["exceptions", "convert", "images.yaml", "--to", "policy", "--output", "images.json"], { cwd });
  expect([lost.code, lost.stderr]).toEqual([
    2,
    expect.stringContaining("images.yaml:1: exception shop/images: a policy can't select images") as string,
  ]);
  expect(existsSync(path.join(cwd, "images.json"))).toBe(false);
});

test("add writes an exception that accepts the finding it was made for, and nothing of other objects", async () => {
  const cwd = scratchFolder({ "app.yaml": TREE });
  const scanned = await runHoldfast(["scan", "app.yaml", "--control", "C-0057", "--format", "json", "--output", "result.json"], {
    cwd,
    env,
  });
  expect(scanned.code).toBe(0);
  const { result } = await scanResult(["app.yaml", "--control", "C-0057"], { cwd });
  const of = (name: string) =>
    findingsOf(result, "C-0057").find(({ resource }) => result.resources[resource]?.name === name)?.fingerprint ?? "";
  const add = (...args: readonly string[]) => runHoldfast(["exceptions", "add", ...args, "--reason", "It tunes: its node."], { cwd, env });

  expect((await add(of("web"), "--result", "result.json", "--expires", "90d", "--author", "ann", "--output", "ex/all.yaml")).code).toBe(0);
  expect((await add(of("db").slice(0, 12), "app.yaml", "--expires", "2099-01-31", "--output", "ex/all.yaml")).code).toBe(0);
  const text = readFileSync(path.join(cwd, "ex/all.yaml"), "utf8");
  expect(text).toMatch(
    /name: c-0057-web\n.*reason: 'It tunes: its node\.'\n {2}expiresAt: '2026-08-30T00:00:00Z'\n.*---\n.*name: c-0057-db\n.*'2099-01-31T00:00:00Z'/su,
  );
  const after = await scanResult(["app.yaml", "--control", "C-0057", "--exceptions", "ex"], { cwd, env });
  expect(after.result.exceptions).toMatchObject([
    { id: "shop/c-0057-web", accepts: 1, author: "ann" },
    { id: "shop/c-0057-db", accepts: 1 },
  ]);

  expect((await add(of("web"), "--result", "result.json", "--output", "ex.json")).code).toBe(0);
  expect((await add(of("web"), "--result", "result.json", "--output", "ex.json")).code).toBe(0);
  expect(
    (JSON.parse(readFileSync(path.join(cwd, "ex.json"), "utf8")) as readonly { readonly name: string }[]).map(({ name }) => name),
  ).toEqual(["shop/c-0057-web", "shop/c-0057-web-2"]);
  const past = await add(of("web"), "--result", "result.json", "--expires", "2020-01-01");
  expect([past.code, past.stdout, past.stderr]).toEqual([
    2,
    "",
    expect.stringContaining("--expires 2020-01-01T00:00:00Z: that is past") as string,
  ]);
  const unknown = await add("0000000000000000", "--result", "result.json");
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("there is no finding with the fingerprint") as string]);
  const silent = await runHoldfast(["exceptions", "add", of("web"), "app.yaml"], { cwd });
  expect([silent.code, silent.stderr]).toEqual([2, expect.stringContaining("--reason") as string]);
});

test("add says of all subjects of a binding that it accepts their rights too", async () => {
  const rights = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: wide}
rules: [{apiGroups: [""], resources: [secrets], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: wide}
subjects: [{kind: ServiceAccount, name: one, namespace: shop}, {kind: ServiceAccount, name: two, namespace: shop}]
roleRef: {kind: ClusterRole, name: wide, apiGroup: rbac.authorization.k8s.io}
`;
  const cwd = scratchFolder({ "rights.yaml": rights });
  const { result } = await scanResult(["rights.yaml", "--control", "C-0015"], { cwd });
  expect(result.findings).toHaveLength(2);
  const args = ["rights.yaml", "--control", "C-0015", "--reason", "x", "--output", "ex.yaml"];
  const added = await runHoldfast(["exceptions", "add", result.findings[0]?.fingerprint ?? "", ...args], { cwd });
  expect([added.code, added.stderr]).toEqual([0, "holdfast: it accepts 2 findings: all of C-0015 on ClusterRoleBinding wide\n"]);
  const after = await scanResult(["rights.yaml", "--control", "C-0015", "--exceptions", "ex.yaml"], { cwd });
  expect(after.result.exceptions).toMatchObject([{ accepts: 2 }]);
});

test("prune proposes a diff that patch understands, and --write does the same; what is accepted stays accepted", async () => {
  const cwd = scratchFolder({
    ...AUDITED,
    "ex/c.json": JSON.stringify(
      ["one", "two"].map((name) => ({
        name,
        policyType: "postureExceptionPolicy",
        reason: "x",
        ...(name === "one" ? { expirationDate: "2020-01-01T00:00:00Z" } : {}),
        resources: [{ attributes: { kind: "Pod", name: "db" } }],
        posturePolicies: [{ controlID: "C-0057" }],
      })),
      null,
      2,
    ),
  });
  const args = ["exceptions", "prune", "app.yaml", "--exceptions", "ex", "--control", "C-0057"];
  const proposed = await runHoldfast(args, { cwd, env });
  expect(proposed.code).toBe(0);
  expect(proposed.stderr).toContain("holdfast: shop/done: its objects were judged, and nothing is found on them: it is fixed\n");
  const before = await scanResult(["app.yaml", "--control", "C-0057", "--exceptions", "ex"], { cwd, env });
  const patched = scratchFolder(
    Object.fromEntries(["ex/a.yaml", "ex/b.yaml", "ex/c.json"].map((file) => [file, readFileSync(path.join(cwd, file), "utf8")])),
  );
  expect((await runCommand(["patch", "--silent", "-p1"], { cwd: patched, stdin: proposed.stdout })).code).toBe(0);
  expect((await runHoldfast([...args, "--write"], { cwd, env })).code).toBe(0);
  // What it held is gone or shadowed by the narrower one of the policies.
  for (const folder of [cwd, patched]) expect(existsSync(path.join(folder, "ex/b.yaml")), folder).toBe(false);
  for (const file of ["ex/a.yaml", "ex/c.json"])
    expect(readFileSync(path.join(patched, file), "utf8"), file).toBe(readFileSync(path.join(cwd, file), "utf8"));
  const after = await scanResult(["app.yaml", "--control", "C-0057", "--exceptions", "ex"], { cwd, env });
  expect(after.result.exceptions.map(({ id }) => id)).toEqual(["shop/twin", "two"]);
  expect(after.result.findings.map(({ fingerprint, status }) => [fingerprint, status])).toEqual(
    before.result.findings.map(({ fingerprint, status }) => [fingerprint, status]),
  );
});

test("list says what there is", async () => {
  const cwd = scratchFolder(AUDITED);
  const { code, stdout } = await runHoldfast(["exceptions", "list", "ex/b.yaml"], { cwd, env });
  expect(code).toBe(0);
  expect(stdout).toContain(
    "shop/ended  SecurityException  ex/b.yaml:6\n  C-0057 on Pod db in namespace shop, expired at 2026-01-01T00:00:00Z: for a test\n",
  );
});

test("what can't be read may be what an exception is about: it is unknown, its premise fails, and nothing goes", async () => {
  const roles = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: local, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: deployer}
`;
  const premise = `apiVersion: kubescape.io/v1beta1
kind: SecurityException
metadata:
  name: bound
  namespace: shop
  annotations: {holdfast.dev/premises: '[{"kind": "role-bound-by-rolebindings-only", "role": "deployer"}]'}
spec: {reason: for a test, match: {resources: [{kind: Pod, name: web}]}, posture: [{controlID: C-0057, action: ignore}]}
`;
  const cwd = scratchFolder({
    "app.yaml": [pod("web", true), roles].join("---\n"),
    "broken.yaml": "kind: [\n",
    "ex/a.yaml": [exception("lost", "{resources: [{kind: Pod, name: db}]}"), premise].join("---\n"),
  });
  const { audit: audited, code, stderr } = await audit(cwd, "broken.yaml");
  expect(audited.exceptions.map(({ id, verdicts }) => [id, ...verdicts])).toEqual([
    ["shop/lost", "unknown"],
    ["shop/bound", "premise-failed"],
  ]);
  expect(code).toBe(3);
  expect(stderr).toMatch(/broken\.yaml: .*\(yaml-syntax\)/u);
  const before = readFileSync(path.join(cwd, "ex/a.yaml"), "utf8");
  const prune = await runHoldfast(
    ["exceptions", "prune", "app.yaml", "broken.yaml", "--exceptions", "ex", "--control", "C-0057", "--write"],
    { cwd, env },
  );
  expect([prune.code, readFileSync(path.join(cwd, "ex/a.yaml"), "utf8")]).toEqual([3, before]);
  expect(prune.stderr).toMatch(/broken\.yaml/u);
  const away = await audit(cwd, "--exclude-namespaces", "shop");
  expect(away.stdout).toContain("Pod shop/web was left out by the options of this run");
});
