// The mutation check finds the condition that no case depends on, and holds the list of accepted survivors to the truth.
import path from "node:path";
import { expect, test } from "vitest";
import { root, runCommand, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const RULE = `# METADATA
# title: Doors
# description: Doors that stand open.
# scope: package
# custom:
#   kinds: [Door]
package armo_builtins

import data.holdfast.lib.door
import rego.v1

deny contains finding if {
	some obj in input
	door.is_open(obj)
	obj.spec.width > 10
	finding := {"alertMessage": "it is open", "alertObject": {"k8sApiObjects": [obj]}, "reviewPaths": ["spec.open"]}
}
`;

const LIB = `# METADATA
# title: Doors
# description: What doors are.
package holdfast.lib.door

import rego.v1

is_open(obj) if obj.spec.open == true
`;

const door = (open: boolean, width: number): string =>
  `{apiVersion: v1, kind: Door, metadata: {name: front}, spec: {open: ${open}, width: ${width}}}`;

/** Cases of the rule; without the narrow door nothing depends on the width. */
const cases = (narrow: boolean): string => `- name: an open door fails
  input: [${door(true, 20)}]
  expect: [{object: Door//front, review: [spec.open]}]
- name: a closed door passes
  input: [${door(false, 20)}]
  expect: []
${narrow ? `- name: a narrow door passes\n  input: [${door(true, 10)}]\n  expect: []\n` : ""}`;

const library = (narrow: boolean, mutants?: string): string =>
  scratchFolder({
    "rules/open-doors/rule.rego": RULE,
    "rules/open-doors/cases.yaml": cases(narrow),
    "lib/door.rego": LIB,
    ...(mutants === undefined ? {} : { "mutants.yaml": mutants }),
  });

const mutate = async (folder: string, ...options: readonly string[]): Promise<Run> =>
  runCommand([process.execPath, path.join(root, "test/mutation/run.ts"), "--library", folder, ...options]);

const ACCEPTED = `- file: rules/open-doors/rule.rego
  in: deny
  condition: obj.spec.width > 10
  change: removed
  reason: every door of the field is wide
`;

test("each condition is flipped and removed, those of shared modules too, and cases notice all", async () => {
  const { code, stdout, stderr } = await mutate(library(true));
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^6 mutants of 2 files in .*: 6 noticed by a case, 0 survived \(0 of them accepted\), 0 do not compile$/mu);
  expect(stdout).toContain("100.0 % noticed");
});

test("a survivor is listed with its file, line and change, and too many of them fail", async () => {
  const { code, stdout } = await mutate(library(false));
  expect(stdout).toContain("survived: library/rules/open-doors/rule.rego:15 deny: removed: obj.spec.width > 10\n");
  expect(stdout).toContain("6 mutants of 2 files");
  expect(stdout).toContain("83.3 % noticed, 85 % asked for");
  expect(code).toBe(1);
  expect(await mutate(library(false), "--least", "80")).toMatchObject({ code: 0 });
});

test("an accepted survivor is not listed", async () => {
  const { code, stdout } = await mutate(library(false, ACCEPTED), "--least", "80");
  expect(stdout).not.toContain("survived: library/");
  expect(stdout).toContain("1 survived (1 of them accepted)");
  expect(code).toBe(0);
});

test("an accepted survivor that a case notices fails the check", async () => {
  const { code, stdout } = await mutate(library(true, ACCEPTED));
  expect(stdout).toContain("accepted, but no longer survives: rules/open-doors/rule.rego deny: removed: obj.spec.width > 10");
  expect(code).toBe(1);
});

test("an accepted survivor needs a reason", async () => {
  const { code, stderr } = await mutate(library(true, ACCEPTED.replace(/ {2}reason: .*/u, "")));
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(/^mutate: .*mutants\.yaml: entry 1 has no reason\n$/u) as string,
  });
});

test("cases that fail without any change are no proof", async () => {
  const folder = scratchFolder({
    "rules/open-doors/rule.rego": RULE,
    "rules/open-doors/cases.yaml": cases(false).replace("expect: []", "expect: [{object: Door//front}]"),
    "lib/door.rego": LIB,
  });
  expect(await mutate(folder)).toMatchObject({
    code: 2,
    stderr: 'mutate: open-doors fails its case "a closed door passes" without any change\n',
  });
});
