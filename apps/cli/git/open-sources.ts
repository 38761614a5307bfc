import path from "node:path";
import type { Evaluation } from "@holdfast/core";
import type { FileSystem } from "@holdfast/posture";
import type { Environment } from "../environment.ts";
import { renderingPorts } from "../rendering/rendering-ports.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { isGitUrl } from "./git-url.ts";

/** What is scanned, where repositories are seen as folders. */
export interface Sources {
  /** Paths in place of URLs. */
  readonly paths: readonly string[];
  /** The machine's files, and the repositories among them. */
  readonly over: (files: FileSystem) => FileSystem;
  /** Where a file that results name lies on the machine. */
  readonly realFile: (file: string) => string;
  /** Calls what was scanned as the user did. */
  readonly asWritten: (evaluation: Evaluation) => Evaluation;
  /** Removes what was fetched. */
  readonly close: () => void;
}

/** Fetches the repositories among what is to be scanned: naming a URL is asking for it. Nothing of this is loaded where there are none. Throws `UsageError`. */
export async function openSources(
  configuration: Pick<ScanConfiguration, "paths" | "git" | "rendering">,
  environment: Environment,
  onProgress: (text: string) => void,
): Promise<Sources> {
  const { paths, git } = configuration;
  const urls = paths.filter(isGitUrl);
  const { workingFolder, variables } = environment;
  const here = (file: string): string => path.resolve(workingFolder, file);
  if (urls.length === 0) return { paths, over: (files) => files, realFile: here, asWritten: (evaluation) => evaluation, close: () => {} };
  const [{ fetchRoots }, { readGitAccess }, { fileBehind, withMounts }] = await Promise.all([
    import("./fetch-roots.ts"),
    import("./git-access.ts"),
    import("./with-mounts.ts"),
  ]);
  const { ports, close } = renderingPorts(configuration.rendering, true, environment);
  try {
    const fetched = await fetchRoots(
      urls,
      { ref: git.ref, history: git.lastCommit },
      { ...ports, workingFolder, access: readGitAccess(variables), onProgress },
    );
    return {
      paths: paths.map((written) => fetched.paths.get(written) ?? written),
      over: (files) => withMounts(files, fetched.mounts),
      realFile: (file) => fileBehind(fetched.mounts, here(file)),
      asWritten: (evaluation) => ({ ...evaluation, inputs: { ...evaluation.inputs, roots: [...new Set(paths)].sort() } }),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
