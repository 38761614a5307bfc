// What to fix first: how failed controls chain on a workload, and the fix that breaks the most chains.
import type { Attack, Result } from "@holdfast/core";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { applyEdit } from "./apply-edit.ts";
import { runHoldfast } from "./run-holdfast.ts";
import { scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** A deployment of one container; what is told stands in the container, beside sound settings. */
function deployment(name: string, securityContext: string, resources: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata:
      labels: {app: ${name}}
    spec:
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        fsGroup: 10001
        seccompProfile: {type: RuntimeDefault}
        seLinuxOptions: {level: "s0:c1,c2"}
      containers:
        - name: ${name}
          image: registry.example.com/${name}:1.0
          securityContext:
            allowPrivilegeEscalation: false
            ${securityContext}
          resources:
            limits: ${resources}
`;
}

function service(name: string, type: string): string {
  return `---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec:
  type: ${type}
  selector: {app: ${name}}
  ports: [{port: 80}]
`;
}

const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: all, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
`;

const SOUND = "readOnlyRootFilesystem: true";
const LIMITS = "{cpu: 100m, memory: 64Mi}";

/** The front is exposed, writable and without limits; the shop is exposed and has no memory limit; the worker is as bad as the front, and not exposed. */
const ESTATE = {
  "front.yaml": deployment("front", "readOnlyRootFilesystem: false", "{}") + service("front", "LoadBalancer"),
  "shop.yaml": deployment("shop", SOUND, "{cpu: 100m}") + service("shop", "NodePort"),
  "worker.yaml": deployment("worker", "readOnlyRootFilesystem: false", "{}") + service("worker", "ClusterIP"),
  "calm.yaml": deployment("calm", SOUND, LIMITS) + service("calm", "LoadBalancer"),
  "policy.yaml": POLICY,
};

function attackOf({ attack }: Result): Attack {
  if (attack === undefined) throw new Error("the result does not say how findings chain");
  return attack;
}

/** The chains of a workload: the track and the steps of each, with the state of each step. */
function chainsOf(result: Result, name: string): readonly string[] {
  const { tracks, workloads } = attackOf(result);
  const found = workloads.find(({ resource }) => result.resources[resource]?.name === name);
  return (found?.tracks ?? []).flatMap(({ track, steps, chains }) =>
    chains.map((chain) => {
      const texts = chain.steps.map((place) => `${tracks[track]?.steps[place]?.name} ${steps[place]?.status}`);
      return `${tracks[track]?.name}: ${texts.join(", ")}`;
    }),
  );
}

function names(result: Result): readonly (string | undefined)[] {
  return attackOf(result).workloads.map(({ resource }) => result.resources[resource]?.name);
}

const DENIAL = "service-destruction: Initial Access reached, Denial of service reached";

describe("chains", () => {
  test("stand on exposed workloads with an open step behind; what nobody can come to has none", async () => {
    const { result } = await scanResult(["."], { cwd: scratchFolder(ESTATE) });
    expect(names(result)).toContain("front");
    expect(names(result)).toContain("shop");
    expect(names(result)).not.toContain("worker");
    expect(chainsOf(result, "front")).toContain(DENIAL);
    expect(chainsOf(result, "shop")).toContain(DENIAL);
    expect(chainsOf(result, "calm")).not.toContain(DENIAL);
    expect(names(result)[0]).toBe("front");
  });

  test("a step that vulnerable images open is not known, and does not hide what stands behind it", async () => {
    const { result } = await scanResult(["."], { cwd: scratchFolder(ESTATE) });
    expect(chainsOf(result, "front")).toContain(
      "workload-external-track: Initial Access reached, Execution (Vulnerable Image) unknown, Persistence open",
    );
  });

  test("controls that were not asked for are not taken for passed", async () => {
    const { result } = await scanResult(["control", "C-0270", "."], { cwd: scratchFolder(ESTATE) });
    expect(chainsOf(result, "worker")).toEqual(["service-destruction: Initial Access unknown, Denial of service open"]);
    const [track] = attackOf(result).workloads[0]?.tracks ?? [];
    expect(track?.steps[0]).toMatchObject({ why: "not-judged", notJudged: ["C-0256", "C-0266"] });
  });

  test("are the same whatever the order of the arguments", async () => {
    const cwd = scratchFolder(ESTATE);
    const files = Object.keys(ESTATE);
    const one = await scanResult(files, { cwd });
    const other = await scanResult(files.toReversed(), { cwd });
    expect(attackOf(one.result)).toEqual(attackOf(other.result));
  });
});

describe("a control of the user's own", () => {
  const page = (step: string): string => `---
id: ORG-1
name: No front
score: 9
rules: [no-front]
attackTracks: [{track: workload-unauthenticated-service, categories: [${step}]}]
---

There is no front.
`;
  const RULE = `# METADATA
# title: No front
# description: Finds the front.
# scope: package
# custom:
#   kinds: [apps/Deployment]
package armo_builtins

import rego.v1

deny contains {"alertMessage": "a front", "alertObject": {"k8sApiObjects": [obj]}, "fixPaths": []} if {
	some obj in input
	obj.metadata.name == "front"
}
`;
  const files = (step: string): Readonly<Record<string, string>> => ({
    "app/front.yaml": ESTATE["front.yaml"],
    "own/controls/ORG-1-front.md": page(step),
    "own/rules/no-front/rule.rego": RULE,
  });

  test("opens the step that it names", async () => {
    const { result } = await scanResult(["app", "--custom-rules", "own"], { cwd: scratchFolder(files("Execution")) });
    expect(chainsOf(result, "front")).toContain("workload-unauthenticated-service: Initial Access reached, Execution reached");
    expect(attackOf(result).workloads[0]).toMatchObject({ severity: "critical" });
  });

  test("is refused where it names a step that there is not", async () => {
    const { code, stderr } = await runHoldfast(["scan", "app", "--custom-rules", "own"], { cwd: scratchFolder(files("Executon")) });
    expect(code).toBe(2);
    expect(stderr).toContain("there is no workload-unauthenticated-service step Executon; did you mean Execution?");
  });
});

test("the fix that is proposed breaks as many chains as it says", async () => {
  const manifest = deployment("front", "readOnlyRootFilesystem: false", LIMITS) + service("front", "LoadBalancer");
  const cwd = scratchFolder({ "front.yaml": manifest, "policy.yaml": POLICY });
  const { result } = await scanResult(["."], { cwd });
  const [worst] = attackOf(result).workloads;
  const finding = result.findings[worst?.fix.findings[0] ?? -1];
  expect(worst?.fix.findings).toHaveLength(1);
  expect(finding).toMatchObject({ control: "C-0017", source: { file: "front.yaml" } });
  if (finding?.edit === undefined) throw new Error("the finding has no edit");
  writeFileSync(path.join(cwd, "front.yaml"), applyEdit(manifest, finding.edit));
  const after = await scanResult(["."], { cwd });
  const before = chainsOf(result, "front");
  const left = chainsOf(after.result, "front");
  expect(before.filter((chain) => !left.includes(chain))).toHaveLength(worst?.fix.breaks ?? 0);
  expect(left.filter((chain) => !before.includes(chain))).toEqual([]);
});

describe("--view attack", () => {
  test("shows at most three workloads, with steps, places and the fix", async () => {
    const files = Object.fromEntries(
      ["a", "b", "c", "d"].map((name) => [`${name}.yaml`, deployment(name, SOUND, "{cpu: 100m}") + service(name, "NodePort")]),
    );
    const cwd = scratchFolder({ ...files, "policy.yaml": POLICY });
    const { stdout, stderr, code } = await runHoldfast(["scan", ".", "--view", "attack"], { cwd });
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    const heads = [...stdout.matchAll(/^(\d)\. HIGH {2}Deployment shop\/(\w) {2}\w\.yaml:1$/gmu)].map(([, rank, name]) => `${rank}${name}`);
    expect(heads).toEqual(["1a", "2b", "3c"]);
    expect(stdout).toMatch(/^ATTACK {2}the 3 workloads to fix first, of 4/mu);
    expect(stdout).toMatch(/^ +reached +> Denial of service\n +C-0271 .+ {2}a\.yaml:\d+:\d+$/mu);
    expect(stdout).toContain("unknown   > Execution (Vulnerable Image): not known");
    expect(stdout.match(/fix first, and break/gu)).toHaveLength(3);
    const verbose = await runHoldfast(["scan", ".", "--view", "attack", "--verbose"], { cwd });
    expect(verbose.stdout).toMatch(/^4\. HIGH {2}Deployment shop\/d/mu);
  });

  test("a stored result gives the same page", async () => {
    const cwd = scratchFolder(ESTATE);
    const shown = await runHoldfast(["scan", ".", "--view", "attack"], { cwd });
    await runHoldfast(["scan", ".", "--format", "json", "--output", "result.json"], { cwd });
    const again = await runHoldfast(["report", "result.json", "--view", "attack"], { cwd });
    expect(again.stdout).toBe(shown.stdout);
  });

  test("says that nothing chains only where something was judged", async () => {
    const cwd = scratchFolder({ "worker.yaml": deployment("worker", SOUND, LIMITS), "policy.yaml": POLICY });
    const { stdout } = await runHoldfast(["scan", ".", "--view", "attack"], { cwd });
    expect(stdout).toContain("no failed controls chain on a workload");
    const empty = await runHoldfast(["scan", ".", "--view", "attack"], { cwd: scratchFolder({ "notes.yaml": "a: 1\n" }) });
    expect(empty.stdout).toContain("no data: nothing could be judged");
    expect(empty.code).toBe(3);
  });

  test("a view that there is not is wrong usage", async () => {
    const { code, stderr } = await runHoldfast(["scan", ".", "--view", "atack"]);
    expect(code).toBe(2);
    expect(stderr).toContain("control, attack or namespace");
  });
});
