// Verdicts say what was evaluated and what was not; scores follow from them alone.
import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import type { Result } from "@holdfast/core";
import { needsShared } from "./needs.ts";
import { root, runHoldfast } from "./run-holdfast.ts";
import { controlOf, scanResult } from "./scan-result.ts";

let shop: Result;
let everyPage: Result;

beforeAll(async () => {
  shop = (await scanResult(["framework", "nsa", "examples/shop"])).result;
  // The good and bad manifests that the controls' pages show, as one stream.
  const blocks = await pageManifests();
  everyPage = (await scanResult(["-"], { stdin: blocks.join("\n---\n") })).result;
});

/** Every manifest of every control's page. */
async function pageManifests(): Promise<readonly string[]> {
  const { stdout } = await runHoldfast(["list", "controls", "--format", "json"]);
  const controls = JSON.parse(stdout) as readonly { readonly id: string }[];
  const { readdir, readFile } = await import("node:fs/promises");
  const folder = path.join(root, "library/controls");
  const names = await readdir(folder);
  const texts = await Promise.all(
    controls.map(({ id }) => readFile(path.join(folder, names.find((name) => name.startsWith(id)) ?? id), "utf8")),
  );
  return texts.flatMap((text) => [...text.matchAll(/^```ya?ml\n(.*?)^```/gmsu)].map(([, block]) => block ?? ""));
}

function mean(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

/** The compliance of a control by the definition: passed of those that passed or failed. */
function complianceOf({ verdicts }: Result, control: string): number | null {
  const judged = verdicts.filter((verdict) => verdict.control === control && verdict.resource !== null);
  const passed = judged.filter(({ status }) => status === "passed").length;
  const failed = judged.filter(({ status }) => status === "failed").length;
  return passed + failed === 0 ? null : (100 * passed) / (passed + failed);
}

describe.each(["shop", "everyPage"] as const)("the result of %s", (name) => {
  const get = (): Result => (name === "shop" ? shop : everyPage);

  test("it is what its JSON Schema says", () => {
    const schema = JSON.parse(readFileSync(path.join(root, "packages/core/result.schema.json"), "utf8")) as object;
    const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true, validateFormats: false }).compile(schema);
    validate(get());
    expect(validate.errors ?? []).toEqual([]);
  });

  test("a passed verdict carries the receipts of what was evaluated", () => {
    const { verdicts, receipts } = get();
    const passed = verdicts.filter(({ status }) => status === "passed");
    expect(passed.length).toBeGreaterThan(10);
    for (const verdict of passed) {
      const own = (verdict.receipts ?? []).map((place) => receipts[place]);
      expect(own.length, verdict.control).toBeGreaterThan(0);
      for (const receipt of own) {
        expect(receipt?.control).toBe(verdict.control);
        expect(receipt?.judged).toBeGreaterThan(0);
        expect(receipt?.given).toBeGreaterThan(0);
        expect(receipt?.digest).toMatch(/^[0-9a-f]{8,}$/u);
      }
    }
  });

  test("a failed verdict has findings, every finding belongs to one, and fingerprints are unique", () => {
    const { verdicts, findings } = get();
    const prints = findings.map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
    const failed = verdicts.filter(({ status }) => status === "failed");
    for (const verdict of failed) expect(verdict.findings?.length, verdict.control).toBeGreaterThan(0);
    const claimed = failed.flatMap(({ findings: own }) => own ?? []);
    expect(claimed.toSorted()).toEqual(prints.toSorted());
    for (const verdict of verdicts.filter(({ status }) => status !== "failed" && status !== "accepted")) {
      expect(verdict.findings ?? []).toEqual([]);
    }
  });

  test("every control has a verdict, and what was skipped says why", () => {
    const result = get();
    for (const control of result.controls) {
      const own = result.verdicts.filter((verdict) => verdict.control === control.id);
      expect(own.length, control.id).toBeGreaterThan(0);
      for (const { status, skip } of own) if (status === "skipped") expect(skip?.reason, control.id).toBeDefined();
      if (control.status === "skipped") expect(control.skips.length, control.id).toBeGreaterThan(0);
    }
  });

  test("compliance is passed of passed and failed, and a score the mean over controls that have either", () => {
    const result = get();
    for (const control of result.controls) {
      const expected = complianceOf(result, control.id);
      if (expected === null) expect(control.compliance, control.id).toBeNull();
      else expect(control.compliance, control.id).toBeCloseTo(expected, 9);
    }
    const scores = result.controls.flatMap(({ id }) => complianceOf(result, id) ?? []);
    expect(result.summary.compliance).toBeCloseTo(mean(scores) ?? Number.NaN, 9);
    for (const framework of result.frameworks) {
      const own = framework.controls.flatMap((id) => complianceOf(result, id) ?? []);
      expect(framework.compliance).toBeCloseTo(mean(own) ?? Number.NaN, 9);
    }
    // Without an exception both scores are one.
    expect(result.summary.strictCompliance).toBe(result.summary.compliance);
  });

  test("the counts are those of the lists", () => {
    const { summary, controls, resources, findings } = get();
    for (const status of ["passed", "failed", "accepted", "skipped", "errored"] as const) {
      expect(summary.controls[status], status).toBe(controls.filter((control) => control.status === status).length);
      expect(summary.resources[status], status).toBe(resources.filter((resource) => resource.status === status).length);
    }
    expect(summary.findings).toBe(findings.length);
    for (const [severity, count] of Object.entries(summary.bySeverity)) {
      expect(count, severity).toBe(findings.filter((finding) => finding.severity === severity).length);
    }
  });

  test("every finding names its rule, its paths, and its fix or why there is none", () => {
    const { findings, controls, resources } = get();
    expect(findings.length).toBeGreaterThan(10);
    for (const finding of findings) {
      const about = `${finding.control} ${finding.message}`;
      const control = controls.find(({ id }) => id === finding.control);
      expect(control?.rules, about).toContain(finding.rule);
      expect(finding.message, about).not.toBe("");
      expect(finding.severity, about).toBe(control?.severity);
      expect(resources[finding.resource], about).toBeDefined();
      expect(finding.fixes.length, about).toBeGreaterThan(0);
      // What is missing has no path of its own: the fix says where it belongs, or that it belongs to no place of this object.
      if (finding.paths.length === 0) {
        const placed = finding.fixes.every(({ kind, path }) => kind === "none" || path !== undefined);
        expect(placed, about).toBe(true);
      }
      for (const fix of finding.fixes) {
        if (fix.kind === "none") expect(fix.reason, about).toMatch(/\w{3}/u);
        if (fix.kind === "choose") expect(fix.question, about).toMatch(/\w{3}/u);
        if (fix.kind === "set") expect(fix, about).toHaveProperty("value");
        if (fix.kind !== "none") expect(fix.path, about).toMatch(/^[a-zA-Z]/u);
      }
    }
  });

  test("a finding in a file points at the thing a person would edit", () => {
    const { findings, resources } = get();
    for (const finding of findings) {
      if (resources[finding.resource]?.file === undefined) continue;
      expect(finding.source?.line, `${finding.control} ${finding.message}`).toBeGreaterThan(0);
      expect(finding.source?.excerpt.text).not.toBe("");
    }
  });
});

describe("what files can answer", () => {
  test("reach is 20 of the 26 NSA controls", () => {
    expect(shop.frameworks).toMatchObject([{ id: "nsa", reach: { answerable: 20, total: 26 } }]);
    expect(shop.summary.reach).toEqual({ answerable: 20, total: 26 });
  });

  test("nothing was lost: coverage is 100", () => {
    expect(shop.summary.coverage).toBe(100);
    expect(shop.problems).toEqual([]);
  });

  test.each([
    ["C-0005", ["control-plane-pods"]],
    ["C-0066", ["cloud", "control-plane-pods"]],
    ["C-0067", ["cloud", "control-plane-pods"]],
    ["C-0068", ["cloud", "control-plane-pods"]],
    ["C-0069", ["host-data"]],
    ["C-0070", ["host-data"]],
  ])("%s needs what files don't hold, and says what and who provides it", (id, inputs) => {
    const { status, skips, compliance } = controlOf(shop, id);
    expect(status).toBe("skipped");
    expect(compliance).toBeNull();
    expect(skips.map(({ input }) => input ?? "none").toSorted()).toEqual(inputs);
    for (const skip of skips) {
      expect(skip.reason).toBe("needs-input");
      expect(skip.providedBy).toMatch(/\w+ \w+/u);
      expect(skip.kinds?.length).toBeGreaterThan(0);
    }
  });

  test("where a control plane's pod is among the files, the controls about it are judged", async () => {
    const stdin = `apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver-one, namespace: kube-system, labels: {component: kube-apiserver, tier: control-plane}}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.33.1
      command: [kube-apiserver, --insecure-port=8080]
`;
    const { result } = await scanResult(["control", "C-0005,C-0067", "-"], { stdin });
    expect(controlOf(result, "C-0005").status).toBe("failed");
    expect(controlOf(result, "C-0067").status).toBe("failed");
  });

  test("files that kubeadm makes can't be on nodes of k3s and Talos, and what is reported there is judged all the same", async () => {
    const nodes = `apiVersion: v1
kind: Node
metadata: {name: a}
status: {nodeInfo: {kubeletVersion: v1.33.1+k3s1, osImage: Ubuntu 24.04.1 LTS}}
---
apiVersion: v1
kind: Node
metadata: {name: b}
status: {nodeInfo: {kubeletVersion: v1.33.1, osImage: Talos (v1.10.2)}}
`;
    const asked = ["control", "C-0092,C-0104,C-0162,C-0166", "-"];
    const { result } = await scanResult(asked, { stdin: nodes });
    for (const id of ["C-0092", "C-0104", "C-0162"]) {
      const { status, skips } = controlOf(result, id);
      expect([status, skips.map(({ reason }) => reason)]).toEqual(["skipped", ["not-applicable"]]);
      expect(skips[0]?.detail).toContain("the nodes are of Talos Linux and k3s");
    }
    // The kubelet says itself where its credentials are.
    expect(controlOf(result, "C-0166").skips).toMatchObject([{ reason: "needs-input", input: "host-data" }]);

    const page = (await runHoldfast(["explain", "C-0092"])).stdout.replaceAll(/\s+/gu, " ");
    expect(page).toContain("needs host-data; not applicable where all nodes are of a distribution without kubeadm's files");

    const report = `---
apiVersion: hostdata.kubescape.cloud/v1beta0
kind: ControlPlaneInfo
metadata: {name: a}
data: {APIServerInfo: {specsFile: {path: /etc/kubernetes/manifests/kube-apiserver.yaml, permissions: 420, ownership: {uid: 0, gid: 0}}}}
`;
    expect(controlOf((await scanResult(asked, { stdin: nodes + report })).result, "C-0092").status).toBe("failed");
    const kubeadm = nodes.replace("+k3s1", "");
    expect(controlOf((await scanResult(asked, { stdin: kubeadm })).result, "C-0092").skips[0]?.reason).toBe("needs-input");
  });

  test("a control without an object of its kinds is skipped as no-match", async () => {
    const stdin = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\nautomountServiceAccountToken: false\n";
    const { result } = await scanResult(["control", "C-0057", "-"], { stdin });
    expect(controlOf(result, "C-0057")).toMatchObject({ status: "skipped", skips: [{ reason: "no-match" }] });
  });
});

describe("the facts", () => {
  test("the framework has the controls, names and scores that it should", (context) => {
    const shared = needsShared(context);
    const read = (name: string): unknown => JSON.parse(readFileSync(path.join(shared, "facts", name), "utf8"));
    const frameworks = read("frameworks.json") as readonly { name: string; controls: readonly (string | { id: string })[] }[];
    const nsa = frameworks.find(({ name }) => name === "NSA");
    const expected = (nsa?.controls ?? []).map((control) => (typeof control === "string" ? control : control.id)).toSorted();
    expect(shop.frameworks[0]?.controls.toSorted()).toEqual(expected);
    const facts = read("controls.json") as readonly { id: string; name: string; baseScore: number }[];
    for (const { id, name, score } of shop.controls) {
      expect({ id, name, baseScore: score }).toEqual({
        id,
        name: facts.find((fact) => fact.id === id)?.name,
        baseScore: facts.find((fact) => fact.id === id)?.baseScore,
      });
    }
  });
});
