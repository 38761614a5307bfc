// A user's own rules judge beside the frameworks' controls, and can't harm a scan.
import { expect, test } from "vitest";
import { runHoldfast } from "./run-holdfast.ts";
import { controlOf, findingsOf, namesOf, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const manifest = (name: string, team: string): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  labels:
    team: ${team}
`;

const OWNED = `# METADATA
# title: Everything has an owner
# custom:
#   id: ORG-1
#   severity: high
#   kinds: [ConfigMap]
package armo_builtins

import rego.v1

deny contains finding if {
	some obj in input
	obj.metadata.labels.team == "none"
	finding := {"alertMessage": "it has no owner", "alertObject": {"k8sApiObjects": [obj]}, "failedPaths": ["metadata.labels.team"]}
}
`;

const OLD = `package armo_builtins

deny[finding] {
	input.metadata.labels.team == "none"
	finding := {"alertMessage": sprintf("%v has no owner", [input.metadata.name]), "alertObject": {"k8sApiObjects": [input]}}
}
`;

const ENDLESS = `package armo_builtins

import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [input[0]]}} if {
	count([1 | some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); a * b == -1]) > 0
}
`;

const BROKEN = "package armo_builtins\n\nimport rego.v1\n\ndeny contains x if {\n\tx := nothing.here\n}\n";

const objects = { "a.yaml": `${manifest("mine", "shop")}---\n${manifest("nobodys", "none")}` };

test("a rule's metadata makes a control, which fails and passes beside those that were asked for", async () => {
  const cwd = scratchFolder({ ...objects, "rules/owned.rego": OWNED });
  const { result, code } = await scanResult(["control", "C-0012", "a.yaml", "--custom-rules", "rules"], { cwd });
  expect(code).toBe(0);
  expect(result.controls.map(({ id }) => id)).toEqual(["C-0012", "ORG-1"]);
  expect(controlOf(result, "ORG-1")).toMatchObject({ name: "Everything has an owner", severity: "high", score: null, status: "failed" });
  expect(namesOf(result, "ORG-1", "failed")).toEqual(["nobodys"]);
  expect(namesOf(result, "ORG-1", "passed")).toEqual(["mine"]);
  expect(findingsOf(result, "ORG-1")).toMatchObject([
    { message: "it has no owner", severity: "high", paths: [{ file: "a.yaml", line: 13 }] },
  ]);
});

test("a rule of Rego v0 for a single object judges each; without metadata its file names it, and its severity breaches no gate", async () => {
  const cwd = scratchFolder({ ...objects, "old.rego": OLD });
  const options = ["control", "C-0012", "a.yaml", "--custom-rules", "old.rego", "--severity-threshold", "low"];
  const { result, code } = await scanResult(options, { cwd });
  expect(code).toBe(0);
  expect(controlOf(result, "old")).toMatchObject({ severity: "unknown", status: "failed" });
  expect(namesOf(result, "old", "failed")).toEqual(["nobodys"]);
  expect(namesOf(result, "old", "passed")).toEqual(["mine"]);
  expect(findingsOf(result, "old")).toMatchObject([{ message: "nobodys has no owner" }]);
});

test("a rule without end and one that does not compile are problems with file and line; the others finish", async () => {
  const cwd = scratchFolder({ ...objects, "rules/broken.rego": BROKEN, "rules/endless.rego": ENDLESS, "rules/owned.rego": OWNED });
  const options = ["control", "C-0012", "a.yaml", "--custom-rules", "rules", "--custom-rule-timeout", "2"];
  const { result, code } = await scanResult([...options, "--coverage-threshold", "100"], { cwd });
  expect(code).toBe(3);
  expect(result.problems).toMatchObject([
    { code: "rule-unusable", subject: "broken", file: "rules/broken.rego", line: 6 },
    { code: "rule-limit", subject: "endless", file: "rules/endless.rego", line: 5 },
  ]);
  for (const id of ["broken", "endless"]) expect(controlOf(result, id)).toMatchObject({ status: "errored", counts: { passed: 0 } });
  expect(namesOf(result, "ORG-1", "failed")).toEqual(["nobodys"]);
  expect(controlOf(result, "C-0012").status).toBe("passed");
}, 60_000);

test.each([
  ["a path that is not there", ["--custom-rules", "gone"], "gone: there is no such file or folder"],
  ["a folder without rules", ["--custom-rules", "empty"], "empty: it holds no .rego files"],
  ["a file without a rule", ["--custom-rules", "nothing.rego"], "nothing.rego: there is no rule in it"],
  ["the id of a control", ["--custom-rules", "C-0012.rego"], "its id C-0012 is that of one of Holdfast's controls"],
  ["metadata that says something else", ["--custom-rules", "severe.rego"], "severity: expected one of"],
  ["too little memory", ["--custom-rules", "rules", "--custom-rule-memory", "1"], "at least 128"],
])("%s is wrong usage", async (_, options, message) => {
  const severe = OWNED.replace("high", "terrible");
  const cwd = scratchFolder({
    ...objects,
    "empty/readme": "",
    "nothing.rego": "# to be written\n\n",
    "C-0012.rego": OLD,
    "severe.rego": severe,
    "rules/owned.rego": OWNED,
  });
  const run = await runHoldfast(["scan", "a.yaml", ...options], { cwd });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain(message);
});

test("a rule's page is shown where the rule is named, as the scan's last line says", async () => {
  const rule = OWNED.replace("# custom:", "# description: Who owns it is \\e[31m known.\n# custom:");
  const cwd = scratchFolder({ ...objects, "rules/owned.rego": rule });
  const scan = await runHoldfast(["scan", "control", "C-0012", "a.yaml", "--custom-rules", "rules"], { cwd });
  expect(scan.stdout.replaceAll(/\s+/gu, " ")).toContain("Next: `holdfast explain ORG-1 --custom-rules PATH`, with the path of this scan");
  const page = await runHoldfast(["explain", "ORG-1", "--custom-rules", "rules"], { cwd });
  expect(page).toMatchObject({ code: 0, stderr: "" });
  expect(page.stdout).toMatch(/^ORG-1 {2}Everything has an owner\nhigh · Custom\n\nWho owns it is /u);
  expect(page.stdout).toContain("The rule in rules/owned.rego says so.");
  expect(page.stdout).toContain("judges */ConfigMap");
  const unknown = await runHoldfast(["explain", "ORG-1"], { cwd });
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('unknown control "ORG-1"') as string });
  expect((await runHoldfast(["explain", "C-0057", "--custom-rules", "rules"], { cwd })).code).toBe(0);
}, 30_000);

test("rules see the parameters that the library's rules see", async () => {
  const rule = `package armo_builtins

deny contains finding if {
	some obj in input
	some name in data.postureControlInputs.insecureCapabilities
	name == "SYS_ADMIN"
	finding := {"alertMessage": name, "alertObject": {"k8sApiObjects": [obj]}}
}
`;
  const cwd = scratchFolder({ ...objects, "parameters.rego": rule });
  const { result } = await scanResult(["control", "C-0012", "a.yaml", "--custom-rules", "parameters.rego"], { cwd });
  expect(findingsOf(result, "parameters")).toMatchObject([{ message: "SYS_ADMIN" }, { message: "SYS_ADMIN" }]);
}, 30_000);

test("metadata that unfolds without end is read within the limits of rules", async () => {
  const bomb = Array.from(
    { length: 12 },
    (_, i) => `# x${i}: &x${i} [${Array.from({ length: 10 }, () => (i === 0 ? "y" : `*x${i - 1}`)).join(", ")}]`,
  );
  const cwd = scratchFolder({ ...objects, "bomb.rego": `# METADATA\n${bomb.join("\n")}\npackage armo_builtins\n` });
  const run = await runHoldfast(["scan", "a.yaml", "--custom-rules", "bomb.rego", "--custom-rule-timeout", "3"], { cwd });
  expect(run).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("custom rule bomb.rego: it can't be read within its limits") as string,
  });
}, 60_000);

test("the lists name a user's own rules and frameworks, and refuse them where they could change nothing", async () => {
  const framework = "id: acme\nname: Acme\nsections:\n  - id: '1'\n    title: Owners\n    controls: [ORG-1, C-0012]\n";
  const cwd = scratchFolder({ "rules/owned.rego": OWNED, "rules/old.rego": OLD, "acme.yaml": framework });
  const controls = await runHoldfast(["list", "controls", "--custom-rules", "rules", "--framework-file", "acme.yaml", "--format", "json"], {
    cwd,
  });
  expect(controls.code).toBe(0);
  const rows = JSON.parse(controls.stdout) as { id: string; severity: string; frameworks: string[] }[];
  expect(rows.find(({ id }) => id === "ORG-1")).toMatchObject({ severity: "high", frameworks: ["acme"] });
  expect(rows.find(({ id }) => id === "old")).toMatchObject({ severity: "unknown", frameworks: [] });
  expect(rows.find(({ id }) => id === "C-0012")?.frameworks).toContain("acme");
  const frameworks = await runHoldfast(["list", "frameworks", "--custom-rules", "rules", "--framework-file", "acme.yaml"], { cwd });
  expect(frameworks.stdout).toMatch(/^acme +Acme +2 controls/mu);
  const shown = await runHoldfast(["list", "controls", "--custom-rules", "rules"], { cwd });
  expect(shown.stdout).toMatch(/^ORG-1 +high +Everything has an owner$/mu);
  const formats = await runHoldfast(["list", "formats", "--custom-rules", "rules"], { cwd });
  expect(formats).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("--custom-rules has no effect on the list of formats"),
  });
  const missing = await runHoldfast(["list", "controls", "--custom-rules", "nowhere"], { cwd });
  expect(missing).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("nowhere: there is no such file or folder") });
});
