import path from "node:path";
import type { ScratchFolder, ToolRunner } from "@holdfast/posture";
import type { GitAccess } from "./git-access.ts";
import { fetchRepository } from "./fetch-repository.ts";
import { readGitUrl, type GitRoot } from "./git-url.ts";

export interface FetchPorts {
  readonly tools: ToolRunner;
  readonly scratch: ScratchFolder;
  readonly workingFolder: string;
  readonly access: GitAccess;
  readonly onProgress: (text: string) => void;
}

/** Repositories that were fetched, and where each is seen. */
export interface FetchedRoots {
  /** By what was written: the path to scan. */
  readonly paths: ReadonlyMap<string, string>;
  /** Where each lies on the machine. */
  readonly mounts: ReadonlyMap<string, string>;
}

/** Fetches the repositories among what is to be scanned, each once. Throws `UsageError`: before anything is fetched for what is no URL of a repository, and for what can't be fetched. */
export async function fetchRoots(
  written: readonly string[],
  { ref, history }: { readonly ref: string | undefined; readonly history: boolean },
  ports: FetchPorts,
): Promise<FetchedRoots> {
  const roots = written.map((one) => ({ written: one, root: readGitUrl(one, ref) }));
  const paths = new Map<string, string>();
  const mounts = new Map<string, string>();
  const names = new Map<string, string>();
  for (const { written: one, root } of roots) {
    const id = `${root.url}\n${root.ref ?? ""}`;
    let at = names.get(id);
    if (at === undefined) {
      at = path.join(ports.workingFolder, unusedName(root.name, root.ref, mounts, ports.workingFolder));
      names.set(id, at);
      ports.onProgress(`fetching ${root.name}`);
      // What has no colon is a path of this machine.
      const url = root.url.includes(":") ? root.url : path.resolve(ports.workingFolder, root.url);
      mounts.set(at, await fetched({ ...root, url }, history, ports));
    }
    paths.set(one, path.join(at, root.path));
  }
  return { paths, mounts };
}

async function fetched(root: GitRoot, history: boolean, { tools, scratch, access }: FetchPorts): Promise<string> {
  const folder = await scratch.makeFolder("git");
  await fetchRepository(root, tools, { folder, history, access });
  return folder;
}

/** Two refs of one repository have two names. */
function unusedName(name: string, ref: string | undefined, mounts: ReadonlyMap<string, string>, folder: string): string {
  if (!mounts.has(path.join(folder, name))) return name;
  const withRef = `${name}@${(ref ?? "HEAD").replaceAll("/", "-")}`;
  let candidate = withRef;
  for (let count = 2; mounts.has(path.join(folder, candidate)); count += 1) candidate = `${withRef}-${count}`;
  return candidate;
}
