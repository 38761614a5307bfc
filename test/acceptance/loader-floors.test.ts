// A loader that reports everything as a problem is not a loader: of what each claims in the samples and corpora, this much must be produced.
import path from "node:path";
import { expect, test, type TestContext } from "vitest";
import type { Result } from "@holdfast/core";
import { needs, needsShared } from "./needs.ts";
import { machinePath, root } from "./run-holdfast.ts";
import { scanResult } from "./scan-result.ts";

const samples = path.join(root, "test/source-lines/inputs");

async function scan(context: TestContext, cwd: string, folder: string): Promise<Result> {
  const folders = [path.dirname(needs(context, "kustomize")), path.dirname(needs(context, "helm"))];
  const env = { PATH: [...folders, machinePath()].join(path.delimiter) };
  return (await scanResult(["control", "C-0057", folder], { cwd, env })).result;
}

/** What a loader claimed and what of it was lost, in documents. */
function account({ inputs: { files } }: Result, loader: string): { readonly claimed: number; readonly lost: number } {
  const own = files.filter((file) => file.loader === loader);
  return { claimed: own.reduce((sum, { documents }) => sum + documents, 0), lost: own.reduce((sum, { lost }) => sum + lost, 0) };
}

test("the samples of overlays: all are built", { timeout: 120_000 }, async (context) => {
  const result = await scan(context, samples, "kustomize");
  const { claimed, lost } = account(result, "kustomize");
  expect(lost, JSON.stringify(result.problems)).toBe(0);
  expect(claimed).toBeGreaterThanOrEqual(24);
});

test("the samples of Flux: all that they deploy is followed", { timeout: 120_000 }, async (context) => {
  const result = await scan(context, samples, "flux");
  const { claimed, lost } = account(result, "flux");
  expect(lost, JSON.stringify(result.problems)).toBe(0);
  expect(result.inputs.notExpanded).toBeUndefined();
  expect(claimed).toBeGreaterThanOrEqual(11);
});

test("the corpus of overlays: what has its files is built, and what lacks some is named", { timeout: 120_000 }, async (context) => {
  const result = await scan(context, path.join(needsShared(context), "corpus"), "podinfo");
  // Of the corpus' four roots three generate ConfigMaps from scripts that are not in it.
  const { claimed, lost } = account(result, "kustomize");
  expect(lost).toBe(3);
  expect(claimed - lost).toBeGreaterThanOrEqual(3);
  expect(result.problems.filter(({ code }) => code === "kustomize-failed").map(({ file }) => file)).toEqual(
    ["dev", "production", "staging"].map((name) => `podinfo/deploy/overlays/${name}/kustomization.yaml`),
  );
});
