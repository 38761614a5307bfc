// Loaded only where options for rendering name files.
import path from "node:path";
import { makeProblem } from "@holdfast/core";
import type { Problem } from "@holdfast/core";
import { FileFault, pathProblem, systemCode, systemReason } from "./file-system.ts";
import { LOAD_PROBLEMS } from "./load-problems.ts";
import type { LoaderAccess } from "./loaders/define.ts";

/** The most that a values file, or a file whose text is a value, may have. */
export const MOST_GIVEN_BYTES: number = 5 * 1024 * 1024;

type Fault = Pick<Problem, "code" | "cause"> & { readonly code: "path-not-found" | "path-unreadable" };

/** What keeps something from being used; null where nothing does. */
async function faultOf(use: () => Promise<string | null>): Promise<Fault | null> {
  try {
    const cause = await use();
    return cause === null ? null : { code: "path-unreadable", cause };
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof FileFault) return { code: "path-unreadable", cause: error.reason };
    if (code === "" || code.startsWith("ERR_")) throw error;
    return { code: pathProblem(error), cause: systemReason(error) };
  }
}

/** The files that `KEY=FILE` may name, as it may have the name of a chart in front: each is a list of ways to read it. */
function filesOfPairs(written: string): readonly (readonly string[])[] {
  return written.split(/(?<!\\),/u).map((pair) => {
    const [, ...rest] = pair.split("=");
    return rest.map((_part, at) => rest.slice(at).join("=")).filter((one) => one !== "");
  });
}

/**
 * The files and folders that options for rendering name and that can't be used, each as a problem with its name as the problem's subject. What a `=` stands in may be a file, or a chart
 * and its file.
 */
export async function unusableGivenFiles({
  files,
  cwd,
  rendering,
}: Pick<LoaderAccess, "files" | "cwd" | "rendering">): Promise<readonly Problem[]> {
  const { values, setFile, chartCache } = rendering;
  const problems: Problem[] = [];
  const check = async (ways: readonly string[], use: (target: string) => Promise<string | null>): Promise<void> => {
    const faults: { readonly subject: string; readonly fault: Fault }[] = [];
    for (const way of ways) {
      const fault = await faultOf(async () => use(path.resolve(cwd, way)));
      if (fault === null) return;
      faults.push({ subject: way, fault });
    }
    // What is there and can't be read says more than a reading that names nothing; else what stands behind the chart's name is meant.
    const told = faults.find(({ fault }) => fault.code !== "path-not-found") ?? faults.at(-1);
    if (told === undefined) return;
    const { subject, fault } = told;
    problems.push(makeProblem(LOAD_PROBLEMS, fault.code, { subject, cause: fault.cause, file: subject }));
  };
  const asFile = async (target: string): Promise<string | null> => {
    const { bytes } = await files.readFile(target, MOST_GIVEN_BYTES);
    return bytes === undefined ? "it is larger than 5 MiB" : null;
  };
  for (const written of values) {
    const rest = written.includes("=") ? [written.slice(written.indexOf("=") + 1)] : [];
    await check([written, ...rest], asFile);
  }
  for (const written of setFile) for (const ways of filesOfPairs(written)) await check(ways, asFile);
  if (chartCache !== undefined)
    await check([path.relative(cwd, chartCache) || "."], async (target) =>
      (await files.kindOf(target)) === "directory" ? null : "it is no folder",
    );
  return problems;
}
