// A user's own framework names controls of Holdfast's and of the user's own rules, which may be written as Holdfast's are.
import { expect, test } from "vitest";
import { runHoldfast } from "./run-holdfast.ts";
import { controlOf, findingsOf, namesOf, problemsOf, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const OBJECTS = `apiVersion: v1
kind: ConfigMap
metadata:
  name: mine
  labels: {team: shop}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: nobodys
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {team: shop}
spec:
  containers:
    - name: web
      image: web
      securityContext: {privileged: true}
`;

const PAGE = `---
id: ORG-1
name: Everything has an owner
score: 7
rules: [has-owner]
---

Every object names the team that answers for it.

## How to fix

Set the label team.
`;

const RULE = `# METADATA
# title: Owners
# description: Objects without an owner.
# scope: package
# custom:
#   kinds: [ConfigMap, Pod]
package armo_builtins

import data.holdfast.lib.owner
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	not owner.of(obj)
	finding := {
		"alertMessage": sprintf("%s has no owner", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"fixPaths": [{"path": "metadata.labels.team", "value": "YOUR_TEAM"}],
	}
}
`;

const FILTER = `package armo_builtins

import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	obj.kind == "ConfigMap"
}
`;

const OWNER = "package holdfast.lib.owner\n\nimport rego.v1\n\nof(obj) := obj.metadata.labels.team\n";

const FRAMEWORK = `id: ours
name: What we hold to
sections:
  - id: pods
    title: Pods
    controls: [C-0057]
  - id: owners
    title: Owners
    controls: [ORG-1]
    notShown: Whether the team exists.
`;

const FILES = {
  "a.yaml": OBJECTS,
  "ours.yaml": FRAMEWORK,
  "policies/controls/ORG-1-owner.md": PAGE,
  "policies/rules/has-owner/rule.rego": RULE,
  "policies/rules/has-owner/filter.rego": FILTER,
  "policies/lib/owner.rego": OWNER,
  "policies/named.rego": 'package armo_builtins\n\nimport rego.v1\n\ndeny contains "it has no name" if not input.metadata.name\n',
};

test("a framework of one's own judges by its controls and has a score; rules in folders have their filter and shared modules", async () => {
  const cwd = scratchFolder(FILES);
  const { result, code, stderr } = await scanResult(["a.yaml", "--framework-file", "ours.yaml", "--custom-rules", "policies"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(result.controls.map(({ id }) => id)).toEqual(["C-0057", "ORG-1", "named"]);
  expect(result.frameworks.map(({ id, name }) => [id, name])).toEqual([["ours", "What we hold to"]]);
  expect(controlOf(result, "ORG-1")).toMatchObject({ name: "Everything has an owner", severity: "high", score: 7 });
  expect(namesOf(result, "ORG-1", "failed")).toEqual(["nobodys"]);
  // The pod is not among what the filter counts.
  expect(namesOf(result, "ORG-1", "passed")).toEqual(["mine"]);
  expect(namesOf(result, "C-0057", "failed")).toEqual(["web"]);
  expect(namesOf(result, "named", "passed")).toEqual(["mine", "nobodys", "web"]);
  expect(findingsOf(result, "ORG-1")).toMatchObject([{ message: expect.stringContaining("nobodys has no owner") as string }]);
});

test("Kubescape's form of a framework, beside one of Holdfast's", async () => {
  const house = { name: "House", controls: [{ controlID: "C-0057" }], ControlsIDs: ["C-0057"] };
  const cwd = scratchFolder({ "a.yaml": OBJECTS, "house.json": JSON.stringify(house) });
  const { result } = await scanResult(["framework", "nsa", "a.yaml", "--framework-file", "house.json"], { cwd });
  expect(result.frameworks.map(({ id }) => id).toSorted()).toEqual(["house", "nsa"]);
});

test("a page of the folder is explained", async () => {
  const cwd = scratchFolder(FILES);
  const page = await runHoldfast(["explain", "org-1", "--custom-rules", "policies"], { cwd });
  expect(page).toMatchObject({ code: 0, stderr: "" });
  expect(page.stdout).toContain("Every object names the team that answers for it.");
  expect(page.stdout).toContain("has-owner: Objects without an owner.");
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  [
    "a framework with an unknown control",
    { "ours.yaml": FRAMEWORK.replace("C-0057", "C-O057") },
    'framework ours.yaml:6: there is no control "C-O057"; did you mean C-0057?',
  ],
  ["an empty framework", { "ours.yaml": "" }, "framework ours.yaml:1: it is empty"],
  [
    "a page whose rule is not there",
    { "policies/controls/ORG-1-owner.md": PAGE.replace("has-owner", "has-owners") },
    "custom rule policies/controls/ORG-1-owner.md: there is no rule has-owners; did you mean has-owner?",
  ],
  [
    "a page with a misspelt key",
    { "policies/controls/ORG-1-owner.md": PAGE.replace("score", "scroe") },
    "custom rule policies/controls/ORG-1-owner.md:4: scroe: unknown key",
  ],
  [
    "a rule that no page names",
    { "policies/rules/other/rule.rego": RULE },
    "custom rule policies/rules/other/rule.rego: no page in controls/ names this rule",
  ],
  [
    "a rule without METADATA",
    { "policies/rules/has-owner/rule.rego": FILTER },
    "custom rule policies/rules/has-owner/rule.rego: it does not parse, or has no METADATA",
  ],
  [
    "a module that is not shared",
    { "policies/rules/has-owner/rule.rego": RULE.replace("lib.owner", "lib.owners") },
    "imports data.holdfast.lib.owners",
  ],
  [
    "the id of one of Holdfast's controls",
    { "policies/controls/ORG-1-owner.md": PAGE.replace("ORG-1", "C-0012") },
    "its id C-0012 is that of one of Holdfast's controls",
  ],
])("%s is wrong usage", async (_, changed, message) => {
  const cwd = scratchFolder({ ...FILES, ...changed });
  const run = await runHoldfast(["scan", "a.yaml", "--framework-file", "ours.yaml", "--custom-rules", "policies"], { cwd });
  expect(run.code).toBe(2);
  expect(run.stdout).toBe("");
  expect(run.stderr).toContain(message);
});

test("a rule in a folder that does not compile is a problem with its file and line; the rest is judged", async () => {
  const broken = RULE.replace("not owner.of(obj)", "not owner.of(obj, nobody)");
  const cwd = scratchFolder({ ...FILES, "policies/rules/has-owner/rule.rego": broken });
  const { result } = await scanResult(["a.yaml", "--framework-file", "ours.yaml", "--custom-rules", "policies"], { cwd });
  expect(controlOf(result, "ORG-1")).toMatchObject({ status: "errored", counts: { passed: 0 } });
  expect(problemsOf(result, "policies/rules/has-owner/rule.rego")).toMatchObject([{ code: "rule-unusable", line: 15 }]);
  expect(namesOf(result, "C-0057", "failed")).toEqual(["web"]);
});
