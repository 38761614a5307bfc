import path from "node:path";
import type { CommandContext } from "../commands/define.ts";
import { renderingPorts } from "../rendering/rendering-ports.ts";
import type { FixConfiguration } from "./fix-configuration.ts";
import type { Cause } from "./fix-report.ts";
import { foreignFiles } from "./foreign-files.ts";
import type { Estate } from "./open-estate.ts";
import { basesOnTheWay } from "./patch-wishes.ts";
import type { EstateScan } from "./plan-fixes.ts";
import { changeableFolders, targetFile, type TargetFile } from "./target-file.ts";
import { uncommitted } from "./uncommitted.ts";
import { renderedFiles } from "./wishes.ts";

/** Files that may be changed, and why others may not. */
export interface Targets {
  readonly files: ReadonlyMap<string, TargetFile>;
  readonly refused: ReadonlyMap<string, Cause>;
  /** What goes into overlays and is not the repository's own: what is wrong with objects of such files is patched. */
  readonly foreign: ReadonlySet<string>;
}

/** Looks at all files that fixes would change. `named` are the folders and files that the user named: what a stored result names is no leave to change it. */
export async function findTargets(
  scan: EstateScan,
  configuration: FixConfiguration,
  named: readonly string[],
  estate: Pick<Estate, "isAskedFor">,
  context: CommandContext,
): Promise<Targets> {
  const { workingFolder, variables } = context.environment;
  const files = new Map<string, TargetFile>();
  const refused = new Map<string, Cause>();
  const folders = changeableFolders(workingFolder, named);
  const sources = renderedFiles(scan, estate);
  const ways = basesOnTheWay(scan, estate.isAskedFor);
  const besides = ways.flatMap(({ kustomizations, patches }) => [...kustomizations, ...patches]);
  for (const file of new Set([...scan.resources.flatMap(({ file }) => file ?? []), ...sources, ...besides])) {
    const target = targetFile(file, workingFolder, folders);
    if ("real" in target) files.set(file, target);
    else refused.set(file, target);
  }
  const { ports, close } = renderingPorts({ ...configuration.rendering, overlays: configuration.overlays }, false, context.environment);
  try {
    const home = variables["HOME"];
    const foreign =
      ways.length === 0
        ? new Map<string, Cause>()
        : await foreignFiles(
            ways,
            { files, refused },
            named.map((one) => path.resolve(workingFolder, one)),
            ports.tools,
            home,
          );
    for (const [file, cause] of foreign) {
      files.delete(file);
      refused.set(file, cause);
    }
    const targets = { files, refused, foreign: new Set(foreign.keys()) };
    if (configuration.dryRun || configuration.allowDirty) return targets;
    const patched = ways.flatMap(({ base, kustomizations, patches }) =>
      base === undefined || foreign.has(base) ? [...kustomizations, ...patches] : [],
    );
    const wanted = new Set<string | null | undefined>([
      ...sources,
      ...patched,
      ...scan.result.findings
        .filter((finding) => estate.isAskedFor(scan.result, finding))
        .map(({ resource }) => scan.resources[resource]?.file),
    ]);
    const kept = [...files.values()].flatMap(({ file, real, workTree }) =>
      workTree === null || !wanted.has(file) ? [] : [{ real, workTree }],
    );
    if (kept.length === 0) return targets;
    const dirty = await uncommitted(kept, ports.tools, home);
    for (const { file, real } of files.values()) {
      const cause = dirty.get(real);
      if (cause === undefined) continue;
      files.delete(file);
      refused.set(file, { code: "fix-uncommitted", cause });
    }
    return targets;
  } finally {
    close();
  }
}
