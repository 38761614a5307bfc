// Exceptions do exactly what they say: fail closed, stay in their scope, expire, and never count as fixed.
import { beforeAll, describe, expect, test } from "vitest";
import type { Result } from "@holdfast/core";
import { privilegedPod } from "./manifests.ts";
import { runHoldfast } from "./run-holdfast.ts";
import { findingsOf, scanResult, type Scan } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const TIME = { SOURCE_DATE_EPOCH: "1780272000" }; // 2026-06-01T00:00:00Z

const APPLICATION = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: shop}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: {app: web}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "docker.io/example/web:1.0", securityContext: {privileged: true}}
        - {name: side, image: "docker.io/example/side:1.0", securityContext: {privileged: true}}
---
apiVersion: v1
kind: Pod
metadata:
  name: tool
  namespace: bank
  annotations: {kubescape.io/skip-controls: "C-0057", kubescape.io/skip-reason: "it tunes the node"}
spec:
  containers:
    - {name: tool, image: "docker.io/example/tool:1.0", securityContext: {privileged: true}}
`;

function object(kind: string, name: string, spec: string, more: string = ""): string {
  return `apiVersion: kubescape.io/v1beta1
kind: ${kind}
metadata: {name: ${name}${more}}
spec: ${spec}
`;
}

const PRIVILEGED = "posture: [{controlID: C-0057, action: ignore}]";

const FILES = {
  "app/app.yaml": APPLICATION,
  "app/inside.yaml": object("SecurityException", "inside", `{reason: it silences itself, ${PRIVILEGED}}`, ", namespace: bank"),
  "given/web.yaml": [
    object(
      "SecurityException",
      "web",
      `{reason: it tunes, match: {resources: [{kind: Deployment, name: web}], images: ["docker.io/example/web:.*"]}, ${PRIVILEGED}}`,
      ", namespace: shop",
    ),
    object(
      "ClusterSecurityException",
      "old",
      `{reason: it was, expiresAt: "2026-05-31T23:59:59Z", match: {resources: [{kind: Pod}]}, ${PRIVILEGED}}`,
    ),
  ].join("---\n"),
  "policy.json": JSON.stringify([
    {
      name: "side",
      policyType: "postureExceptionPolicy",
      actions: ["alertOnly"],
      reason: "it is replaced soon",
      resources: [{ designatorType: "Attributes", attributes: { namespace: "shop", kind: "Deployment", containerName: "side" } }],
      posturePolicies: [{ controlID: "C-0057", frameworkName: "NSA" }],
    },
  ]),
};

const cwd = scratchFolder(FILES);
const scan = (...args: readonly string[]): Promise<Scan> => scanResult(["app", "--control", "C-0057", ...args], { cwd, env: TIME });

/** Names of the containers or pods that have an open finding. */
function open(result: Result): readonly string[] {
  return findingsOf(result, "C-0057")
    .filter(({ status }) => status === "open")
    .map(({ message }) => /container (?<name>\w+)/u.exec(message)?.groups?.["name"] ?? message)
    .toSorted();
}

describe("a scan", () => {
  let plain: Scan;
  let excepted: Scan;

  beforeAll(async () => {
    plain = await scan();
    excepted = await scan("--exceptions", "given");
  });

  test("accepts what is in the scope of an exception and nothing else, and says by which", () => {
    expect(open(plain.result)).toEqual(["side", "tool", "web"]);
    expect(open(excepted.result)).toEqual(["side", "tool"]);
    const accepted = findingsOf(excepted.result, "C-0057").find(({ status }) => status === "accepted");
    expect(excepted.result.exceptions[accepted?.acceptedBy ?? -1]).toMatchObject({
      id: "shop/web",
      form: "SecurityException",
      status: "active",
      reason: "it tunes",
      file: "given/web.yaml",
      line: 1,
      accepts: 1,
      scope: "C-0057 on Deployment web in namespace shop with image /docker.io/example/web:.*/",
    });
  });

  test("an accepted finding is never counted as fixed", () => {
    expect(excepted.result.summary).toMatchObject({ findings: 2, accepted: 1 });
    expect(excepted.result.summary.strictCompliance).toBe(plain.result.summary.strictCompliance);
    expect(excepted.result.controls[0]?.counts.passed).toBe(plain.result.controls[0]?.counts.passed);
  });

  test("an expired exception stops applying and is listed; so is what was found in the tree, with how to pass it", () => {
    const detail = (id: string) => excepted.result.exceptions.find((one) => one.id === id);
    expect(detail("old")).toMatchObject({ status: "expired", detail: "it expired at 2026-05-31T23:59:59Z", accepts: 0, line: 6 });
    expect(detail("bank/inside")).toMatchObject({
      status: "not-given",
      file: "app/inside.yaml",
      detail: expect.stringContaining("--exceptions app/inside.yaml") as string,
    });
    expect(detail("Pod bank/tool (annotations)")).toMatchObject({
      status: "not-given",
      detail: expect.stringContaining("--honor-inline-exceptions") as string,
    });
    expect(plain.result.exceptions.map(({ id, status }) => [id, status])).toEqual([
      ["Pod bank/tool (annotations)", "not-given"],
      ["bank/inside", "not-given"],
    ]);
  });

  test("what is found in the tree applies when it is passed", async () => {
    const { result } = await scan("--exceptions", "app/inside.yaml");
    expect(open(result)).toEqual(["side", "web"]);
    expect(result.exceptions.filter(({ id }) => id === "bank/inside")).toMatchObject([{ status: "active", accepts: 1 }]);
  });

  test("annotations apply when they are honoured", async () => {
    const { result } = await scan("--honor-inline-exceptions");
    expect(open(result)).toEqual(["side", "web"]);
  });

  test("annotations that can't be understood are a problem, and apply nothing", async () => {
    const faulty = APPLICATION.replace('"C-0057", kubescape', '"C-057", kubescape');
    const { result } = await scanResult(["-", "--control", "C-0057", "--honor-inline-exceptions"], { stdin: faulty });
    expect(open(result)).toEqual(["side", "tool", "web"]);
    expect(result.problems).toMatchObject([{ code: "inline-exception", effect: "degraded", subject: "Pod bank/tool (annotations)" }]);
    expect(result.problems[0]?.cause).toContain('unknown control "C-057"; did you mean');
    expect(result.summary.coverage).toBe(100);
  });

  test("an exception for a framework holds in the judgement of that framework alone", async () => {
    const { result } = await scanResult(["app", "--framework", "nsa,mitre", "--exceptions", "policy.json"], { cwd, env: TIME });
    expect(open(result)).toEqual(["side", "tool", "web"]);
    const side = findingsOf(result, "C-0057").find(({ acceptedIn }) => acceptedIn !== undefined);
    expect(side).toMatchObject({ status: "open", acceptedIn: [{ framework: "nsa", exception: 0 }] });
    const alone = await scanResult(["app", "--framework", "nsa", "--exceptions", "policy.json"], { cwd, env: TIME });
    expect(open(alone.result)).toEqual(["tool", "web"]);
    expect(open((await scan("--exceptions", "policy.json")).result)).toEqual(["side", "tool", "web"]);
  });

  test("Kubescape's consumers are told the action that it has", async () => {
    const exception = (name: string, action: string): string => `apiVersion: kubescape.io/v1beta1
kind: ClusterSecurityException
metadata: {name: ${name}}
spec: {reason: x, match: {resources: [{kind: Pod, name: ${name}}]}, posture: [{controlID: C-0057, action: ${action}}]}
`;
    const tree = {
      "p.yaml": `${privilegedPod("one")}---\n${privilegedPod("two")}`,
      "e.yaml": `${exception("one", "ignore")}---\n${exception("two", "alert_only")}`,
    };
    const { stdout } = await runHoldfast(
      ["scan", "p.yaml", "--control", "C-0057", "--exceptions", "e.yaml", "--format", "kubescape-json"],
      { cwd: scratchFolder(tree) },
    );
    const { results } = JSON.parse(stdout) as {
      readonly results: readonly {
        readonly controls: readonly { readonly rules: readonly { readonly exception: readonly object[] }[] }[];
      }[];
    };
    expect(results.flatMap(({ controls }) => controls.flatMap(({ rules }) => rules.flatMap((rule) => rule.exception)))).toMatchObject([
      { name: "one", actions: ["disable"] },
      { name: "two", actions: ["alertOnly"] },
    ]);
  });

  test("people and SARIF are shown it too", async () => {
    const pretty = await runHoldfast(["scan", "app", "--control", "C-0057", "--exceptions", "given", "--verbose"], { cwd, env: TIME });
    expect(pretty.stdout).toMatch(/1 more finding accepted by exceptions/u);
    expect(pretty.stdout).toMatch(/ACCEPTED {2}1 finding\n {2}shop\/web: it tunes/u);
    expect(pretty.stdout).toMatch(/EXCEPTIONS {2}3 of 4 exceptions not applied/u);
    const sarif = await runHoldfast(["scan", "app", "--control", "C-0057", "--exceptions", "given", "--format", "sarif"], {
      cwd,
      env: TIME,
    });
    const { runs } = JSON.parse(sarif.stdout) as {
      readonly runs: readonly { readonly results: readonly { readonly suppressions: readonly { readonly justification: string }[] }[] }[];
    };
    expect(runs[0]?.results.flatMap(({ suppressions }) => suppressions)).toMatchObject([
      { kind: "external", status: "accepted", justification: "it tunes" },
    ]);
  });
});

test("policies in the scanned tree are listed with how to pass them, and apply when they are passed", async () => {
  const policy = JSON.stringify([
    {
      name: "p",
      policyType: "postureExceptionPolicy",
      reason: "x",
      resources: [{ attributes: { kind: "Pod", name: "tool" } }],
      posturePolicies: [{ controlID: "C-0057" }],
    },
  ]);
  const folder = scratchFolder({ "app.yaml": APPLICATION, "my exceptions.json": policy });
  const { result } = await scanResult([".", "--control", "C-0057"], { cwd: folder });
  expect(open(result)).toEqual(["side", "tool", "web"]);
  expect(result.exceptions.find(({ form }) => form === "postureExceptionPolicy")).toMatchObject({
    id: "my exceptions.json",
    status: "not-given",
    detail: expect.stringContaining("--exceptions 'my exceptions.json'") as string,
  });
  const passed = await scanResult([".", "--control", "C-0057", "--exceptions", "my exceptions.json"], { cwd: folder });
  expect(open(passed.result)).toEqual(["side", "web"]);
  expect(passed.result.exceptions.filter(({ form }) => form === "postureExceptionPolicy")).toMatchObject([{ id: "p", status: "active" }]);
});

test("an exception of either form applies only while its premises hold", async () => {
  const premises = [{ kind: "image-absent", image: "docker.io/example/side:.*", namespaces: ["shop"] }];
  const held = [{ kind: "image-absent", image: "docker.io/example/debug:.*", namespaces: ["shop", "bank"] }];
  const annotated = (name: string, list: object) => `apiVersion: kubescape.io/v1beta1
kind: SecurityException
metadata:
  name: ${name}
  namespace: shop
  annotations:
    holdfast.dev/premises: |
      ${JSON.stringify(list)}
spec: {reason: for a test, match: {images: ["docker.io/example/${name}:.*"]}, ${PRIVILEGED}}
`;
  const policy = (name: string, list: object) => ({
    name,
    policyType: "postureExceptionPolicy",
    reason: "x",
    resources: [{ attributes: { name } }],
    posturePolicies: [{ controlID: "C-0057" }],
    premises: list,
  });
  const folder = scratchFolder({
    "app.yaml": APPLICATION,
    "ex/a.yaml": [annotated("web", held), annotated("side", premises)].join("---\n"),
    "ex/b.json": JSON.stringify([policy("tool", held), policy("t.*", premises)]),
  });
  const { result } = await scanResult(["app.yaml", "--control", "C-0057", "--exceptions", "ex"], { cwd: folder });
  expect(open(result)).toEqual(["side"]);
  const said = result.exceptions.filter(({ form }) => form !== "annotation").map(({ id, status, detail }) => [id, status, detail]);
  const detail =
    'its premise "no image docker.io/example/side:.* in shop" does not hold: Deployment shop/web has the image docker.io/example/side:1.0';
  expect(said).toEqual([
    ["shop/web", "active", undefined],
    ["shop/side", "premise-failed", detail],
    ["tool", "active", undefined],
    ["t.*", "premise-failed", detail],
  ]);
});

test("a control of the user's own can be named where its rule is known", async () => {
  const rule = `# METADATA
# title: No deployment
# custom:
#   id: ORG-1
package armo_builtins

deny contains msga if {
	some obj in input
	obj.kind == "Deployment"
	msga := {"alertMessage": "it is there", "failedPaths": ["metadata.name"], "fixPaths": [], "alertObject": {"k8sApiObjects": [obj]}}
}
`;
  const own = object(
    "SecurityException",
    "own",
    "{reason: x, match: {resources: [{kind: Deployment, name: web}]}, posture: [{controlID: ORG-1, action: ignore}]}",
    ", namespace: shop",
  );
  const folder = scratchFolder({ "app.yaml": APPLICATION, "rules/org.rego": rule, "own.yaml": own });
  const args = ["app.yaml", "--control", "C-0057", "--exceptions", "own.yaml"];
  const { result } = await scanResult([...args, "--custom-rules", "rules"], { cwd: folder });
  expect(findingsOf(result, "ORG-1")).toMatchObject([{ status: "accepted" }]);
  const unknown = await runHoldfast(["scan", ...args], { cwd: folder });
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('unknown control "ORG-1"') as string]);
});

test("what is wrong with exceptions is said at once, with file, line and name; nothing is judged", async () => {
  const faulty = [
    object("ClusterSecurityException", "everything", `{reason: all, ${PRIVILEGED}}`),
    object(
      "ClusterSecurityException",
      "half",
      `{reason: x, match: {resources: [{kind: Pod, name: "^web"}]}, posture: [{controlID: C-9999, action: ignore}]}`,
    ),
    object("SecurityException", "silent", `{raeson: x, expiresAt: tomorrow, ${PRIVILEGED}}`, ", namespace: shop"),
    object("SecurityException", "silent", `{reason: x, ${PRIVILEGED}}`, ", namespace: shop"),
  ].join("---\n");
  const folder = scratchFolder({
    "app.yaml": APPLICATION,
    "ex/a.yaml": faulty,
    "ex/b.json": '[{"name": "bare", "policyType": "postureExceptionPolicy", "reason": "x", "resources": [{"attributes": {"kind": "*"}}]}]',
    "ex/c.yaml": "a: [",
  });
  const { code, stdout, stderr } = await runHoldfast(["scan", "app.yaml", "--exceptions", "ex"], { cwd: folder });
  expect(code).toBe(2);
  expect(stdout).toBe("");
  const lines = stderr.split("\n");
  for (const wanted of [
    /ex\/a\.yaml:1: exception everything: it is about every object of the cluster, and does not say so/u,
    /ex\/a\.yaml:9: exception half: the pattern "\^web" of name is anchored on one side only/u,
    /ex\/a\.yaml:9: exception half: unknown control "C-9999"/u,
    /ex\/a\.yaml:14: exception shop\/silent: unknown key "raeson"; did you mean reason\?/u,
    /ex\/a\.yaml:14: exception shop\/silent: reason is missing/u,
    /ex\/a\.yaml:14: exception shop\/silent: expiresAt is "tomorrow"/u,
    /ex\/a\.yaml:16: exception shop\/silent: another exception has this name \(ex\/a\.yaml:11\)/u,
    /ex\/b\.json:1: exception bare: the pattern "\*" of kind is no pattern/u,
    /ex\/c\.yaml:1: /u,
  ])
    expect(
      lines.some((line) => wanted.test(line)),
      String(wanted),
    ).toBe(true);
  expect(stderr).toContain("Nothing was judged");
  expect(stderr).not.toMatch(/^ {4}at /mu);
});

test.each([
  ["a path that is not there", "gone.yaml", /exceptions gone\.yaml: there is no such file or folder/u],
  ["a folder without exceptions", "empty", /it holds no \.yaml, \.yml or \.json files/u],
  ["a file without exceptions", "none.yaml", /none\.yaml:1: it holds no exceptions/u],
  ["what is no exception", "app.yaml", /app\.yaml:1: this is no exception/u],
])("%s is wrong usage", async (_, name, message) => {
  const folder = scratchFolder({ "app.yaml": APPLICATION, "empty/read.me": "", "none.yaml": "# later\n" });
  const { code, stderr } = await runHoldfast(["scan", "app.yaml", "--exceptions", name], { cwd: folder });
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
