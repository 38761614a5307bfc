// Policy files of Kubescape's released form are judged by as they are, in the sandbox.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Result } from "@holdfast/core";
import { loadAll } from "js-yaml";
import { expect, test } from "vitest";
import { needs } from "./needs.ts";
import { damagedFiles, policyFolder, releasedLists } from "./policy-artifacts.ts";
import { root, runCommand, runHoldfast } from "./run-holdfast.ts";
import { controlOf, findingsOf, namesOf, problemsOf, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const OBJECTS = `apiVersion: v1
kind: ConfigMap
metadata:
  name: mine
  labels: {team: shop}
data: {mode: "420"}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: nobodys
  labels: {unit: shop}
data: {mode: "511"}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-root
  labels: {team: shop, unit: shop}
data: {mode: "256"}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: robot, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects:
  - {kind: ServiceAccount, name: robot, namespace: shop}
`;

const KUBELET = `apiVersion: hostdata.kubescape.cloud/v1beta0
kind: KubeletInfo
metadata: {name: node-1}
data: {cmdLine: "kubelet --anonymous-auth=true"}
`;

test("a folder of policies is judged by instead of Holdfast's own", async () => {
  const cwd = scratchFolder({ "a.yaml": OBJECTS, ...policyFolder() });
  const { result, code, stderr } = await scanResult(["a.yaml", "--use-artifacts-from", "policies"], { cwd });
  expect({ code, stderr, problems: result.problems }).toEqual({ code: 0, stderr: "", problems: [] });
  expect(result.controls.map(({ id }) => id)).toEqual(["T-0001", "T-0002", "T-0003", "T-0004", "T-0005", "T-0006", "T-0007"]);
  // What its filter leaves out has not passed, and its parameter is that of the folder.
  expect([namesOf(result, "T-0001", "failed"), namesOf(result, "T-0001", "passed")]).toEqual([["nobodys"], ["mine"]]);
  expect(findingsOf(result, "T-0001")).toMatchObject([{ message: "no label team", severity: "medium", fixes: [{ kind: "choose" }] }]);
  // Rego v0, and a function that the scanner provides.
  expect([namesOf(result, "T-0002", "failed"), namesOf(result, "T-0002", "passed")]).toEqual([["nobodys"], ["kube-root", "mine"]]);
  // Subjects are made of bindings; the role is named with its path.
  expect(namesOf(result, "T-0003", "failed")).toEqual(["robot"]);
  expect(controlOf(result, "T-0004")).toMatchObject({ status: "skipped", skips: [{ reason: "needs-input", input: "host-data" }] });
  // The same rule with the parameter that the control fixes.
  expect(namesOf(result, "T-0005", "failed")).toEqual(["mine"]);
  expect(controlOf(result, "T-0006")).toMatchObject({ status: "skipped", severity: "critical", skips: [{ input: "manual" }] });
  // Registries are not asked by strangers' rules.
  expect(controlOf(result, "T-0007")).toMatchObject({ status: "skipped", skips: [{ reason: "needs-input", input: "image-signatures" }] });
});

test("frameworks, controls and parameters of the files are named as Holdfast's are", async () => {
  const parameters = "ownerLabels: [unit]\n";
  const cwd = scratchFolder({ "a.yaml": OBJECTS, "k.yaml": KUBELET, "p.yaml": parameters, ...policyFolder() });
  const options = ["--use-artifacts-from", "policies", "--controls-config", "p.yaml"];
  const house = await scanResult(["framework", "house", "a.yaml", ...options], { cwd });
  expect(house.result.controls.map(({ id }) => id)).toEqual(["T-0001", "T-0002"]);
  expect(house.result.frameworks).toMatchObject([{ id: "house", name: "House", sections: [{ id: "1", title: "Owners" }, { id: "2" }] }]);
  expect(namesOf(house.result, "T-0001", "failed")).toEqual(["mine"]);
  const kubelet = await scanResult(["control", "Kubelets", "k.yaml", ...options], { cwd });
  expect(namesOf(kubelet.result, "T-0004", "failed")).toEqual(["node-1"]);
  const ours = await runHoldfast(["scan", "framework", "nsa", "a.yaml", ...options], { cwd });
  expect(ours).toMatchObject({ code: 2, stderr: expect.stringContaining('unknown framework "nsa"') as string });
});

test("single files, with controls and rules apart", async () => {
  const cwd = scratchFolder({ "a.yaml": OBJECTS, ...releasedLists() });
  const { result } = await scanResult(["a.yaml", "--use-from", "controls.json,rules.json"], { cwd });
  expect(namesOf(result, "T-0002", "failed")).toEqual(["nobodys"]);
  expect(namesOf(result, "T-0005", "failed")).toEqual(["mine"]);
});

test("what can't be used is a problem with its file and rule, and never passes; the rest is judged", async () => {
  const cwd = scratchFolder({ "a.yaml": OBJECTS, ...policyFolder(), ...damagedFiles() });
  const { result, code } = await scanResult(["a.yaml", "--use-artifacts-from", "policies", "--coverage-threshold", "100"], { cwd });
  expect(code).toBe(3);
  expect(namesOf(result, "T-0001", "failed")).toEqual(["nobodys"]);
  for (const id of ["T-0101", "T-0102", "T-0103"])
    expect(controlOf(result, id)).toMatchObject({ status: "errored", counts: { passed: 0 } });
  const causes = (file: string): readonly string[] => problemsOf(result, file).map(({ code: problem, cause }) => `${problem}: ${cause}`);
  expect(causes("policies/damaged.json")).toEqual([
    "artifact-unusable: rule in-cel: its language is CEL, and only Rego is evaluated",
    "artifact-unusable: control T-0103: there is no rule nowhere in these files",
  ]);
  expect(problemsOf(result, "policies/damaged.json#broken")).toMatchObject([{ code: "rule-unusable", line: 6 }]);
  expect(causes("policies/exceptions.json")).toEqual(["exceptions-not-applied: it holds 2 exceptions"]);
  expect(problemsOf(result, "policies/half.json")).toMatchObject([{ code: "artifact-unusable", cause: "it is no JSON" }]);
  expect(causes("policies/package.json")).toEqual([expect.stringContaining("it is no framework") as string]);
});

test.each<[string, readonly string[], string]>([
  [
    "a file of exceptions",
    ["--use-from", "controls.json,rules.json,exceptions.json"],
    "exceptions.json: these are exceptions, and --use-from takes policies",
  ],
  ["a file that is not there", ["--use-from", "gone.json"], "--use-from gone.json: there is no such file or folder"],
  ["a folder that is none", ["--use-artifacts-from", "a.yaml"], "--use-artifacts-from a.yaml: a part of its path is no folder"],
  ["files without controls", ["--use-from", "rules.json"], "hold no controls"],
  ["a file that is no JSON", ["--use-from", "a.yaml"], "a.yaml: it is no JSON"],
])("%s is wrong usage", async (_, options, message) => {
  const cwd = scratchFolder({ "a.yaml": OBJECTS, ...releasedLists() });
  const run = await runHoldfast(["scan", "a.yaml", ...options], { cwd });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain(message);
});

/** The status that each control gave each object, and its findings. */
function verdictTexts({ verdicts, resources, findings }: Result): readonly string[] {
  const shown = (place: number | null): string => {
    const one = place === null ? undefined : resources[place];
    return one === undefined ? "-" : `${one.kind}/${one.namespace}/${one.name}`;
  };
  return [
    ...verdicts.map(({ control, resource, status }) => `${control} ${shown(resource)} ${status}`),
    ...findings.map(({ control, resource, message }) => `${control} ${shown(resource)}: ${message}`),
  ].toSorted();
}

test("Holdfast's own library, written as policy files and read again, judges as it does itself", async () => {
  const node = "apiVersion: v1\nkind: Node\nmetadata: {name: a}\nstatus: {nodeInfo: {kubeletVersion: v1.33.1+k3s1}}\n";
  const cwd = scratchFolder({ "rbac.yaml": OBJECTS, "node.yaml": node });
  const shop = path.join(root, "examples/shop");
  const written = await runHoldfast(["download", "artifacts", "-o", "policies"], { cwd });
  expect(written).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/^\d+ files in policies\n$/u) as string });
  const ours = await scanResult([shop, "rbac.yaml", "node.yaml"], { cwd });
  const again = await scanResult([shop, "rbac.yaml", "node.yaml", "--use-artifacts-from", "policies"], { cwd });
  expect(again.code).toBe(0);
  expect(again.result.problems).toEqual(ours.result.problems);
  expect(verdictTexts(again.result)).toEqual(verdictTexts(ours.result));
  expect(again.result.findings.length).toBeGreaterThan(20);
  const skips = ({ controls }: Result): unknown =>
    controls.map(({ id, status, skips: why }) => [id, status, why.map(({ reason }) => reason)]);
  expect(skips(again.result)).toEqual(skips(ours.result));
  const nsa = await scanResult(["framework", "nsa", shop, "--use-artifacts-from", "policies"], { cwd });
  const nsaOurs = await scanResult(["framework", "nsa", shop], { cwd });
  expect(nsa.result.frameworks[0]?.compliance).toEqual(nsaOurs.result.frameworks[0]?.compliance);
}, 180_000);

test("what is written is one file where one thing is named", async () => {
  const cwd = scratchFolder();
  const control = await runHoldfast(["download", "control", "c-0057", "--output", "-"], { cwd });
  expect(JSON.parse(control.stdout)).toMatchObject({ controlID: "C-0057", rules: [{ ruleQuery: "armo_builtins", ruleLanguage: "Rego" }] });
  expect((await runHoldfast(["download", "framework", "NSA"], { cwd })).stdout).toBe("nsa.json\n");
  expect((await runHoldfast(["download", "controls-inputs", "-o", "in/mine.json"], { cwd })).stdout).toBe(`in${path.sep}mine.json\n`);
  const inputs = JSON.parse(readFileSync(path.join(cwd, "in/mine.json"), "utf8")) as unknown;
  expect(inputs).toMatchObject({
    settings: { postureControlInputs: { insecureCapabilities: expect.arrayContaining(["SYS_ADMIN"]) as string[] } },
  });
  const tracks = await runHoldfast(["download", "attack-tracks", "-o", "-"], { cwd });
  expect(JSON.parse(tracks.stdout)).toMatchObject([
    { kind: "AttackTrack", spec: { data: { name: expect.any(String) as string } } },
    {},
    {},
    {},
    {},
  ]);
  expect(JSON.parse((await runHoldfast(["download", "exceptions", "-o", "-"], { cwd })).stdout)).toEqual([]);
  const { result } = await scanResult(["framework", "nsa", path.join(root, "examples/shop"), "--use-from", "nsa.json"], { cwd });
  expect(result.frameworks).toMatchObject([{ id: "nsa" }]);
}, 60_000);

test.each<[string, readonly string[], number, string]>([
  ["an unknown framework", ["framework", "nas"], 2, 'unknown framework "nas"; did you mean nsa?'],
  ["an unknown control", ["control", "C-O057"], 2, 'unknown control "C-O057"; did you mean C-0057?'],
  ["a name where none is taken", ["exceptions", "mine"], 2, "takes no name"],
  ["several files on standard output", ["artifacts", "-o", "-"], 2, "name a folder"],
  ["a place that can't be written", ["exceptions", "-o", "file/exceptions.json"], 4, "can't be written"],
])("download: %s", async (_, args, code, message) => {
  const cwd = scratchFolder({ file: "" });
  const run = await runHoldfast(["download", ...args], { cwd });
  expect(run).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(message) as string });
});

test("OPA gives the same findings by the Rego of the files", async (context) => {
  const opa = needs(context, "opa");
  const cwd = scratchFolder({ "rbac.yaml": OBJECTS });
  await runHoldfast(["download", "control", "-o", "controls.json"], { cwd });
  const controls = JSON.parse(readFileSync(path.join(cwd, "controls.json"), "utf8")) as readonly {
    controlID: string;
    rules: readonly { name: string; rule: string }[];
  }[];
  const shop = await scanResult([path.join(root, "examples/shop")], { cwd });
  const folder = path.join(root, "examples/shop");
  const manifests = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.ya?ml$/u.test(file));
  const objects = manifests.flatMap((file) => loadAll(readFileSync(path.join(folder, file), "utf8")));
  writeFileSync(path.join(cwd, "input.json"), JSON.stringify(objects));
  let compared = 0;
  for (const id of ["C-0013", "C-0016", "C-0017", "C-0034", "C-0044", "C-0055", "C-0057"]) {
    const rules = controls.find(({ controlID }) => controlID === id)?.rules ?? [];
    for (const { name, rule } of rules) {
      writeFileSync(path.join(cwd, "rule.rego"), rule);
      const run = await runCommand([opa, "eval", "-f", "json", "-d", "rule.rego", "-i", "input.json", "data.armo_builtins"], { cwd });
      const answer = JSON.parse(run.stdout) as {
        result: readonly [{ expressions: readonly [{ value: Readonly<Record<string, unknown>> }] }];
      };
      const { value } = answer.result[0].expressions[0];
      // Every document of the package would be read as findings.
      expect(Object.keys(value), name).toEqual(["deny"]);
      const messages = (value["deny"] as readonly { alertMessage: string }[]).map(({ alertMessage }) => alertMessage).toSorted();
      const ours = shop.result.findings
        .filter((one) => one.control === id && one.rule === name)
        .map(({ message }) => message)
        .toSorted();
      expect([...new Set(messages)], name).toEqual([...new Set(ours)]);
      compared += messages.length;
    }
  }
  expect(compared).toBeGreaterThan(5);
}, 60_000);
