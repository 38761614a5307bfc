// The edit of a finding, applied, takes the finding away and keeps every other byte.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Finding, Problem, Result } from "@holdfast/core";
import { applyEdit } from "./apply-edit.ts";
import { privilegedPod } from "./manifests.ts";
import { root } from "./run-holdfast.ts";
import { scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** What one edit did: the file before and after it. */
interface Attempt {
  readonly finding: Finding;
  readonly before: string;
  readonly after: string;
  /** Where the edited file stands in the second scan. */
  readonly file: string;
}

const attempts: Attempt[] = [];
let again: Result;
/** What was already said of the files as they were: a binding to a role that isn't among them, for instance. */
let known: ReadonlySet<string>;

function saying({ code, cause }: Problem): string {
  return `${code}: ${cause}`;
}

/** The bad manifests of every control's page and the example's, each in a file. */
function faultyFiles(): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  const pages = path.join(root, "library/controls");
  for (const page of readdirSync(pages)) {
    const bad =
      readFileSync(path.join(pages, page), "utf8")
        .split(/^## Bad$/mu)[1]
        ?.split(/^## /mu)[0] ?? "";
    const block = /^```ya?ml\n(?<yaml>.*?)^```/msu.exec(bad)?.groups?.["yaml"];
    if (block !== undefined) files[`${page.slice(0, 6)}.yaml`] = block;
  }
  for (const name of readdirSync(path.join(root, "examples/shop"))) {
    files[name] = readFileSync(path.join(root, "examples/shop", name), "utf8");
  }
  // Windows' line ends, a byte order mark, no newline at the end, flow style, comments in the way.
  files["windows.yaml"] = `\uFEFF${privilegedPod("windows")}`.replaceAll("\n", "\r\n");
  files["no-newline.yaml"] = privilegedPod("no-newline").trimEnd();
  files["flow.yaml"] =
    "{apiVersion: v1, kind: Pod, metadata: {name: flow}, spec: {hostNetwork: true, containers: [{name: a, securityContext: {privileged: true}}]}}\n";
  files["emoji.yaml"] =
    `{apiVersion: v1, kind: Pod, metadata: {name: emoji, annotations: {note: "\u{1F510}\u{1F510} é"}}, spec: {hostPID: true, containers: []}}\n`;
  files["pod.json"] = JSON.stringify(
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "json" },
      spec: { hostIPC: true, containers: [{ name: "a", securityContext: { privileged: true } }] },
    },
    null,
    2,
  );
  files["aliases.yaml"] = `apiVersion: v1
kind: Pod
metadata: {name: aliases}
spec:
  containers:
    - name: a
      image: "a:1"
      securityContext: &shared
        privileged: true
    - name: b
      image: "a:1"
      securityContext: *shared
    - name: c
      image: "a:1"
      securityContext:
        <<: *shared
        runAsNonRoot: true
`;
  files["second.yaml"] = `# the first document\n---\n${privilegedPod("first")}\n---\n${privilegedPod("second")}...\n---\n# nothing\n`;
  files["comments.yaml"] = privilegedPod("comments").replace(
    "privileged: true",
    "# why\n        privileged: true # because\n        # after",
  );
  return files;
}

beforeAll(async () => {
  const files = faultyFiles();
  const { result } = await scanResult(["."], { cwd: scratchFolder(files) });
  known = new Set(result.problems.map(saying));
  const edited: Record<string, string> = {};
  for (const [index, finding] of result.findings.entries()) {
    if (finding.edit === undefined) continue;
    const before = files[finding.edit.file] ?? "";
    const file = `${index}/${finding.edit.file}`;
    const after = applyEdit(before, finding.edit);
    edited[file] = after;
    attempts.push({ finding, before, after, file });
  }
  again = (await scanResult(["."], { cwd: scratchFolder(edited) })).result;
}, 60_000);

/** The first and last line, 1-based, that an edit touches. */
function touched({ edit }: Finding): readonly [number, number] {
  const lines = edit?.replacements.flatMap(({ startLine, endLine }) => [startLine, endLine]) ?? [];
  return [Math.min(...lines), Math.max(...lines)];
}

test("there are edits of many controls to try", () => {
  expect(new Set(attempts.map(({ finding }) => finding.control)).size).toBeGreaterThan(8);
  for (const name of ["windows.yaml", "no-newline.yaml", "flow.yaml", "comments.yaml"]) {
    expect(
      attempts.map(({ file }) => path.basename(file)),
      name,
    ).toContain(name);
  }
});

test("every edit leaves a file that can be read", () => {
  expect(again.problems.filter((problem) => !known.has(saying(problem)))).toEqual([]);
});

test("every edit takes its finding away", () => {
  const found = new Set(again.findings.map(({ fingerprint, source }) => `${source?.file ?? ""} ${fingerprint}`));
  const left = attempts.filter(({ finding, file }) => found.has(`${file} ${finding.fingerprint}`));
  expect(left.map(({ finding, after }) => `${finding.control} ${finding.message}\n${after}`)).toEqual([]);
});

test("no edit changes a line outside of the lines that it names", () => {
  for (const { finding, before, after } of attempts) {
    const [first, last] = touched(finding);
    const old = before.split("\n");
    const now = after.split("\n");
    expect(now.slice(0, first - 1), finding.message).toEqual(old.slice(0, first - 1));
    const tail = old.length - last;
    expect(tail === 0 ? [] : now.slice(-tail), finding.message).toEqual(tail === 0 ? [] : old.slice(-tail));
  }
});

test("every edit keeps the line ends and the byte order mark of its file", () => {
  for (const { file, after } of attempts.filter((attempt) => attempt.file.endsWith("windows.yaml"))) {
    expect(after.startsWith("\uFEFF"), file).toBe(true);
    expect(after.replaceAll("\r\n", ""), file).not.toContain("\n");
  }
});

describe("the diff", () => {
  test("it is the edit: its lines stand in the file before and after", () => {
    for (const { finding, before, after } of attempts) {
      const diff = (finding.edit?.diff ?? "").split("\n").filter((line) => !line.startsWith("@@"));
      expect(
        diff.some((line) => /^[+-]/u.test(line)),
        finding.message,
      ).toBe(true);
      const linesOf = (text: string): ReadonlySet<string> => new Set(text.replace(/^\uFEFF/u, "").split(/\r?\n/u));
      for (const line of diff) {
        if (line === "" || line.includes("•••") || line.startsWith("\\")) continue;
        const text = line.slice(1).replace(/\r$/u, "");
        if (!line.startsWith("+")) expect(linesOf(before), `${finding.message}: ${line}`).toContain(text);
        if (!line.startsWith("-")) expect(linesOf(after), `${finding.message}: ${line}`).toContain(text);
      }
    }
  });
});
