import path from "node:path";
import { realpathSync } from "node:fs";
import type { ToolRunner } from "@holdfast/posture";
import type { Cause } from "./fix-report.ts";
import type { BaseOnTheWay } from "./patch-wishes.ts";
import { workTreeOf, type TargetFile } from "./target-file.ts";

/** What is known of the files that may be changed. */
interface KnownTargets {
  readonly files: ReadonlyMap<string, TargetFile>;
  readonly refused: ReadonlyMap<string, Cause>;
}

/** Causes for which a file is not the repository's own, and will not be. */
const ELSEWHERE: ReadonlySet<Cause["code"]> = new Set(["fix-outside", "fix-not-a-file"]);
const LIMITS = { timeoutMs: 60_000, maxOutputBytes: 64 * 1024 * 1024 };

/**
 * What goes into overlays and is not the repository's own, by names in results, each with why: it lies elsewhere, in a work tree that is not that of the overlay (a submodule, say), or Git
 * ignores it. What lies in the work tree of something that the user named is theirs, all the same. `home` is where the user's configuration of Git is.
 */
export async function foreignFiles(
  ways: readonly BaseOnTheWay[],
  { files, refused }: KnownTargets,
  named: readonly string[],
  git: Pick<ToolRunner, "run">,
  home: string | undefined,
): Promise<ReadonlyMap<string, Cause>> {
  const found = new Map<string, Cause>();
  const namedTrees = new Set(named.flatMap((one) => workTreeOf(realPathOf(one)) ?? []));
  const own = new Set<TargetFile>();
  for (const { base, kustomizations, patches } of ways) {
    const overlay = files.get(kustomizations.at(-1) ?? "");
    for (const file of [...(base === undefined ? [] : [base]), ...kustomizations.slice(0, -1), ...patches]) {
      const refusal = refused.get(file);
      const target = files.get(file);
      if (refusal !== undefined && ELSEWHERE.has(refusal.code)) found.set(file, refusal);
      if (target === undefined) continue;
      const isElsewhere = overlay !== undefined && target.workTree !== null && target.workTree !== overlay.workTree;
      if (isElsewhere && !namedTrees.has(target.workTree))
        found.set(file, { code: "fix-not-own", cause: "it lies in the work tree of another repository" });
      else own.add(target);
    }
  }
  for (const [workTree, some] of Map.groupBy(own, (target) => target.workTree)) {
    if (workTree === null) continue;
    const ignored = await ignoredOf(workTree, some, git, home);
    for (const { file, real } of some)
      if (ignored.has(path.relative(workTree, real))) found.set(file, { code: "fix-not-own", cause: "Git ignores it" });
  }
  return found;
}

function realPathOf(target: string): string {
  try {
    return realpathSync(target);
  } catch {
    return target;
  }
}

/** Those of files of a work tree that Git ignores, by their paths in it; none where Git can't be asked. */
async function ignoredOf(
  workTree: string,
  files: readonly TargetFile[],
  git: Pick<ToolRunner, "run">,
  home: string | undefined,
): Promise<ReadonlySet<string>> {
  const stdin = [...new Set(files.map(({ real }) => path.relative(workTree, real)))].join("\0");
  const args = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "check-ignore", "-z", "--stdin"];
  const outcome = await git.run("git", args, { cwd: workTree, ...LIMITS, stdin, ...(home === undefined ? {} : { env: { HOME: home } }) });
  return new Set("failure" in outcome || outcome.code !== 0 ? [] : outcome.stdout.split("\0").filter((name) => name !== ""));
}
