import { load } from "../1-load/load.ts";
import type { LoadedResource } from "../1-load/loaders/define.ts";
import { memoryFiles } from "./memory-files.ts";

/** The objects of a text, as if it were a file. Throws where it has none, or where something was lost. */
export async function loadText(text: string, file = "a.yaml"): Promise<readonly [LoadedResource, ...LoadedResource[]]> {
  const { resources, problems } = await load({ paths: [file], cwd: "/w", files: memoryFiles({ [`/w/${file}`]: text }) });
  const [first, ...others] = resources;
  if (first === undefined || problems.some(({ effect }) => effect === "lost")) throw new Error(problems[0]?.cause ?? "no object");
  return [first, ...others];
}
