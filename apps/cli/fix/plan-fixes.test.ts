// Fixes, in memory, everything in real manifests: what is fixed is gone, nothing new comes up, and no line changes that need not.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Finding, Result } from "@holdfast/core";
import { judge } from "@holdfast/judge";
import { scanPosture } from "@holdfast/posture";
import { memoryFiles } from "@holdfast/posture/testing";
import { loadLibrary } from "../load-library.ts";
import { lineDifferences } from "./line-diff.ts";
import { matchFindings } from "./match-findings.ts";
import { planFixes, type EstateScan, type FixState, type ScanTexts } from "./plan-fixes.ts";
import { NO_ANSWERS, writtenWishes, type WishRights } from "./wishes.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const shared = process.env["HOLDFAST_SHARED"] ?? path.resolve(root, "../shared");
const library = await loadLibrary();
const rights: WishRights = { isAskedFor: (_result: Result, { status }: Finding) => status === "open", isAllowed: () => true };

/** The manifests of a folder, templates of charts left out. */
function manifests(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (/\.(?:ya?ml|json)$/u.test(name) && !name.includes("templates/") && !name.includes("kustomization"))
      found[`/w/${name}`] = readFileSync(path.join(folder, name), "utf8");
  return found;
}

function scanner(files: Readonly<Record<string, string>>): ScanTexts {
  return async (texts): Promise<EstateScan> => {
    const seen = { ...files, ...Object.fromEntries([...texts].map(([file, text]) => [`/w/${file}`, text])) };
    const outcome = await scanPosture(
      { paths: ["."], controls: { frameworks: [], controls: [], excludeControls: [] } },
      { library, files: memoryFiles(seen), workingFolder: "/w" },
    );
    if ("unknown" in outcome) throw new Error("unknown names");
    return { result: judge(outcome.evaluation, { version: "0", gates: {} }), resources: outcome.evaluation.resources };
  };
}

async function fixed(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly start: FixState; readonly end: FixState; readonly scans: number }> {
  let scans = 0;
  const scan = scanner(files);
  const start: FixState = { texts: new Map(), scan: await scan(new Map()), failed: new Map(), made: new Map(), created: new Map() };
  const end = await planFixes(
    start,
    (of) => writtenWishes(of, rights, NO_ANSWERS),
    async (texts) => {
      scans += 1;
      return scan(texts);
    },
  );
  return { start, end, scans };
}

/** Lines of a file, from 0, that the edits of findings touch. */
function touchedLines({ findings }: Result, file: string): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { edit } of findings)
    if (edit?.file === file)
      for (const { startLine, endLine } of edit.replacements) for (let line = startLine; line <= endLine; line += 1) lines.add(line - 1);
  return lines;
}

const CORPORA = [path.join(root, "examples/shop"), path.join(shared, "corpus/kubernetes-goat"), path.join(shared, "corpus/podinfo")];

// The corpora are no part of the repository.
test.each(CORPORA.filter((folder) => existsSync(folder)))("%s", { timeout: 60_000 }, async (folder) => {
  const files = manifests(folder);
  const { start, end, scans } = await fixed(files);
  const { gone, added } = matchFindings(start.scan.result, end.scan.result);
  expect(added).toEqual([]);
  expect(gone.length).toBeGreaterThan(20);
  // It ended since nothing was left to try, so that what is left has another reason than that its turn did not come.
  expect(end.isComplete).toBe(true);
  // Every edit that there was is made, or it is said why not.
  const left = writtenWishes(end.scan, rights, NO_ANSWERS).map(({ finding, resource }) => `${resource.file} ${finding.fingerprint}`);
  expect(left.filter((key) => !end.failed.has(key))).toEqual([]);
  expect(left.length).toBeLessThan(gone.length / 10);
  expect(scans).toBeLessThan(8);
  for (const [file, after] of end.texts) {
    const before = files[`/w/${file}`] ?? "";
    const touched = touchedLines(start.scan.result, file);
    for (const { beforeAt, removed } of lineDifferences(before.split("\n"), after.split("\n")))
      for (let line = beforeAt; line < beforeAt + removed; line += 1) expect(touched, `${file}:${line + 1}`).toContain(line);
  }
  // A second run finds nothing to do.
  const again = await fixed({ ...files, ...Object.fromEntries([...end.texts].map(([file, text]) => [`/w/${file}`, text])) });
  expect([...again.end.texts.keys()]).toEqual([]);
});

test("what several findings ask of one mapping, in every style of writing, is one mapping", async () => {
  const pods: Readonly<Record<string, string>> = {
    "/w/crlf.yaml":
      "\uFEFFapiVersion: v1\r\nkind: Pod\r\nmetadata:\r\n  name: a # x\r\nspec:\r\n  containers:\r\n  - name: a\r\n    image: a:1\r\n",
    "/w/flow.yaml": "{apiVersion: v1, kind: Pod, metadata: {name: b}, spec: {hostPID: true, containers: [{name: b, image: 'b:1'}]}}",
    "/w/deep.yaml":
      "apiVersion: v1\nkind: Pod\nmetadata:\n    name: c\nspec:\n    containers:\n        -   name: c\n            image: c:1 # pinned\n",
    "/w/pod.json": JSON.stringify(
      { apiVersion: "v1", kind: "Pod", metadata: { name: "d" }, spec: { containers: [{ name: "d" }] } },
      null,
      2,
    ),
  };
  const { start, end } = await fixed(pods);
  for (const file of Object.keys(pods)) {
    const after = end.texts.get(path.basename(file)) ?? "";
    expect(after.split("securityContext").length - 1, after).toBeGreaterThanOrEqual(1);
    expect(after.match(/allowPrivilegeEscalation/gu), after).toHaveLength(1);
    expect(after.match(/runAsNonRoot/gu)?.length, after).toBeLessThanOrEqual(2);
  }
  expect(end.texts.get("crlf.yaml")?.replaceAll("\r\n", "")).not.toContain("\n");
  expect(end.texts.get("crlf.yaml")?.startsWith("\uFEFF")).toBe(true);
  expect(end.texts.get("flow.yaml")?.endsWith("\n")).toBe(false);
  expect(matchFindings(start.scan.result, end.scan.result).added).toEqual([]);
});
