import type { FindingDraft, Fix } from "@holdfast/core";
import { expect, test } from "vitest";
import type { PlacedFinding } from "../3-evaluate/evaluate.ts";
import type { RuleFinding } from "../3-evaluate/rule-finding.ts";
import { loadText } from "../testing/load-text.ts";
import { locateAndFix } from "./locate-and-fix.ts";

const NO_FIX: Fix = { kind: "none", reason: "none" };

function placed(finding: Partial<RuleFinding>, resource = 0, related: readonly number[] = []): PlacedFinding {
  const whole: RuleFinding = {
    message: "m",
    object: null,
    named: [],
    failedPaths: [],
    reviewPaths: [],
    deletePaths: [],
    fixes: [NO_FIX],
    related: [],
    ...finding,
  };
  return { control: "C-0001", rule: "r", resource, related, finding: whole };
}

async function draftOf(text: string, finding: Partial<RuleFinding>, file?: string): Promise<FindingDraft> {
  const [draft] = locateAndFix([placed(finding)], await loadText(text, file));
  if (draft === undefined) throw new Error("no finding");
  return draft;
}

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx
      securityContext:
        privileged: true # for now
      env:
        - {name: DB_PASSWORD, value: hunter2}
`;

test("a finding has its place, an excerpt, the evidence and the edit with its diff", async () => {
  const path = "spec.containers[0].securityContext.privileged";
  const draft = await draftOf(POD, { failedPaths: [path], fixes: [{ kind: "set", path, value: false }] });
  expect(draft.paths).toEqual([{ path, kind: "failed", file: "a.yaml", line: 10, column: 21 }]);
  expect(draft.evidence).toEqual([{ path, value: "true" }]);
  expect(draft.source).toMatchObject({ file: "a.yaml", line: 10, column: 21, endLine: 10, endColumn: 25, exact: true });
  expect(draft.source?.excerpt).toEqual({
    line: 8,
    text: "      image: nginx\n      securityContext:\n        privileged: true # for now\n      env:\n        - {name: DB_PASSWORD, value: •••}",
  });
  expect(draft.edit?.replacements).toEqual([{ startLine: 10, startColumn: 21, endLine: 10, endColumn: 25, text: "false" }]);
  expect(draft.edit?.diff.split("\n")).toEqual([
    "@@ -8,5 +8,5 @@",
    "       image: nginx",
    "       securityContext:",
    "-        privileged: true # for now",
    "+        privileged: false # for now",
    "       env:",
    "         - {name: DB_PASSWORD, value: •••}",
  ]);
});

test("a missing field is placed at the field around it, and its diff adds lines", async () => {
  const path = "spec.containers[0].securityContext.capabilities.drop[0]";
  const draft = await draftOf(POD, { fixes: [{ kind: "set", path, value: "ALL" }] });
  expect(draft.source).toMatchObject({ line: 9, column: 7, exact: false });
  expect(draft.edit?.diff.split("\n").filter((line) => line.startsWith("+"))).toEqual([
    "+        capabilities:",
    "+          drop:",
    "+            - ALL",
  ]);
});

test("far edits have hunks of their own, whose lines are counted on", async () => {
  const text = `${POD}${Array.from({ length: 8 }, (_, at) => `x${at}: ${at}\n`).join("")}last: 1\n`;
  const draft = await draftOf(text, {
    fixes: [
      { kind: "set", path: "metadata.labels.a", value: "b" },
      { kind: "set", path: "last", value: 2 },
    ],
  });
  expect(draft.edit?.diff.split("\n").filter((line) => line.startsWith("@@"))).toEqual(["@@ -2,5 +2,7 @@", "@@ -19,3 +21,3 @@"]);
});

test("secrets are in no part of a finding", async () => {
  const secret =
    'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  key: "hunter2"\n  file: |\n    hunter2\n    hunter2\n  x: 1\n';
  const draft = await draftOf(secret, {
    failedPaths: ["stringData", "stringData.file"],
    fixes: [{ kind: "set", path: "stringData.y", value: "z" }],
  });
  expect(JSON.stringify(draft)).not.toContain("hunter2");
  expect(draft.evidence).toEqual([
    { path: "stringData", value: '{"key":•••,"file":•••,"x":•••}', masked: true },
    { path: "stringData.file", value: "•••", masked: true },
  ]);
  expect(draft.source?.excerpt.text).toBe("kind: Secret\nmetadata: {name: s}\nstringData:\n  key: •••\n  file: |");
});

test("a neighbour in the same file is not shown, be it on the same line", async () => {
  const secret = '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"stringData":{"a":"hunter2"}}';
  const pod = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"hostPID":true}}';
  const text = `{"apiVersion":"v1","kind":"List","items":[${secret},${pod},${secret}]}`;
  const fixes: readonly Fix[] = [{ kind: "set", path: "spec.hostPID", value: false }];
  const [draft] = locateAndFix([placed({ failedPaths: ["spec.hostPID"], fixes }, 1)], await loadText(text, "a.json"));
  expect(JSON.stringify(draft)).not.toContain("hunter2");
  expect(draft?.source?.excerpt.text).toContain('"hostPID":true');
  const many = `${secret}\n---\napiVersion: v1\nkind: Pod\n---\n${secret}\n`;
  const [other] = locateAndFix(
    [placed({ failedPaths: ["kind"], fixes: [{ kind: "set", path: "kind", value: "Job" }] }, 1)],
    await loadText(many),
  );
  expect(other?.source?.excerpt).toEqual({ line: 3, text: "apiVersion: v1\nkind: Pod" });
  expect(other?.edit?.diff).toBe("@@ -3,2 +3,2 @@\n apiVersion: v1\n-kind: Pod\n+kind: Job");
});

test("a finding on what stands in no file is placed at its related object", async () => {
  const [binding] = await loadText(
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b}\nsubjects:\n  - kind: User\n    name: u\n",
  );
  const subject = { apiVersion: "", kind: "User", namespace: "", name: "u", object: { kind: "User", name: "u" }, file: null, line: null };
  const related = [{ object: null, failedPaths: ["subjects[0]"], reviewPaths: [], deletePaths: [] }];
  const [draft] = locateAndFix([placed({ related }, 1, [0])], [binding, subject]);
  expect(draft?.paths).toEqual([{ path: "subjects[0]", kind: "failed", resource: 0, file: "a.yaml", line: 5, column: 5 }]);
  expect(draft?.source).toMatchObject({ file: "a.yaml", line: 5, column: 5, exact: true });
  expect(draft?.evidence).toEqual([{ path: "subjects[0]", value: '{"kind":"User","name":"u"}' }]);
  expect(draft?.edit).toBeUndefined();
});

test.each<[string, string]>([
  ["a value that its mapping has twice", "{name: TOKEN, value: hunter2, value: other}"],
  ["a value under a key in explicit form", "{name: TOKEN, ? value : hunter2}"],
  ["a value under a key that is not written as it reads", '{name: TOKEN, "v\\x61lue": hunter2}'],
  ["a number", "{name: TOKEN, value: 4711}"],
  ["a value that holds no text but a list", "{name: --token, value: [--token, hunter2]}"],
])("no excerpt shows %s", async (_, item) => {
  const draft = await draftOf(POD.replace("{name: DB_PASSWORD, value: hunter2}", item), { failedPaths: ["spec.containers[0].env"] });
  expect(draft.source?.excerpt.text).toContain("•••");
  expect(JSON.stringify(draft)).not.toMatch(/hunter2|4711/u);
});

test("masks that overlap hide what each of them hides", async () => {
  const applied = 'kubectl.kubernetes.io/last-applied-configuration: "password=hunter2 and more"';
  const draft = await draftOf(`apiVersion: v1\nkind: Pod\nmetadata:\n  annotations: {${applied}}\n  name: a\n`, {
    failedPaths: ["metadata.name"],
  });
  expect(draft.source?.excerpt.text).toContain("last-applied-configuration: •••}");
});
