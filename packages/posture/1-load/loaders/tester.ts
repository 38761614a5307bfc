import { expect } from "vitest";
import type { Problem } from "@holdfast/core";
import { memoryFiles } from "../../testing/memory-files.ts";
import type { MemoryNode } from "../../testing/memory-files.ts";
import { LOAD_PROBLEMS } from "../load-problems.ts";
import { load } from "../load.ts";
import type { LoadResult } from "../load.ts";
import type { Loader } from "./define.ts";

/** An input of a loader and what should come of it. */
export interface LoaderCase {
  readonly name: string;
  /** Files beneath the folder that is scanned. */
  readonly tree?: Readonly<Record<string, MemoryNode>>;
  readonly stdin?: string;
  readonly paths?: readonly string[];
  /** How many documents the loader has to account for. */
  readonly documents: number;
  /** Objects, as `Kind/name`. */
  readonly objects: readonly string[];
  readonly problems?: readonly string[];
}

/**
 * Runs a case and checks what holds for every loader: what was claimed came out as objects, was no Kubernetes object, or has a problem; problems have an entry in
 * the catalogue; objects stand where they say; and the same input gives the same result again.
 * Returns how many documents were accounted for.
 */
export async function checkLoader(loader: Loader, one: LoaderCase): Promise<number> {
  const tree = Object.fromEntries(Object.entries(one.tree ?? {}).map(([name, node]) => [`/w/${name}`, node]));
  const run = (): Promise<LoadResult> =>
    load({ paths: one.paths ?? ["."], cwd: "/w", files: memoryFiles({ "/w/": "", ...tree }, one.stdin) }, [loader]);
  const result = await run();
  expect(result.resources.map((resource) => `${resource.kind}/${resource.name}`)).toEqual(one.objects);
  expect(result.problems.map((problem) => problem.code)).toEqual(one.problems ?? []);
  checkConservation(result);
  for (const problem of result.problems) checkProblem(problem);
  for (const resource of result.resources) checkPlace(resource);
  expect(summary(await run())).toEqual(summary(result));
  return result.inputs.account.documents;
}

function checkConservation(result: LoadResult): void {
  const { account, files } = result.inputs;
  expect(account.produced + account.notKubernetes + account.lost).toBe(account.documents);
  expect(account.resources).toBe(result.resources.length);
  expect(result.problems.filter((problem) => problem.effect === "lost")).toHaveLength(account.lost);
  for (const file of files) {
    expect(file.lost + file.notKubernetes).toBeLessThanOrEqual(file.documents);
    expect(result.problems.filter((problem) => problem.file === file.file && problem.effect === "lost")).toHaveLength(file.lost);
  }
}

function checkProblem(problem: Problem): void {
  const entry = new Map(Object.entries(LOAD_PROBLEMS)).get(problem.code);
  expect(entry).toMatchObject({ stage: problem.stage, effect: problem.effect, remedy: problem.remedy });
  expect(problem.cause).not.toBe("");
}

/** The text at an object's place begins with the object. */
function checkPlace({ file, line, source }: LoadResult["resources"][number]): void {
  expect(source.text.file).toBe(file);
  expect(source.text.lines.placeOf(source.nodes.start(source.node)).line).toBe(line);
  expect(source.nodes.isMapping(source.node)).toBe(true);
}

function summary(result: LoadResult): unknown {
  return {
    inputs: result.inputs,
    problems: result.problems,
    objects: result.resources.map(({ file, line, object }) => ({ file, line, object })),
  };
}
