import path from "node:path";
import { withoutFilters } from "../git/without-filters.ts";
import type { ToolRun, ToolRunner } from "@holdfast/posture";

/** A file of a work tree. */
interface Kept {
  readonly real: string;
  readonly workTree: string;
}

const LIMITS = { timeoutMs: 60_000, maxOutputBytes: 64 * 1024 * 1024 };
/** Nothing that the repository's own configuration names is run. */
const QUIET = ["--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"];

/**
 * Those files of Git work trees that can't be restored from Git as they are, by their real paths, each with why: they are changed, not tracked, or Git can't say.
 * `home` is where the user's own configuration of Git is: it says whose work trees are trusted and how line breaks are kept.
 */
export async function uncommitted(
  files: readonly Kept[],
  git: Pick<ToolRunner, "run">,
  home: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const [workTree, kept] of Map.groupBy(files, (file) => file.workTree)) {
    const names = kept.map(({ real }) => path.relative(workTree, real));
    const run = { cwd: workTree, ...LIMITS, ...(home === undefined ? {} : { env: { HOME: home } }) };
    const filters = await withoutFilters(git, run);
    const tracked = filters === null ? null : await ask(git, ["ls-files", "-z", "--"], names, run);
    const changed =
      filters === null
        ? null
        : await ask(git, [...filters, "status", "--porcelain=v1", "-z", "--untracked-files=no", "--no-renames", "--"], names, run);
    if (tracked === null || changed === null) {
      for (const { real } of kept) found.set(real, "Git could not be asked whether all of it is committed");
      continue;
    }
    const known = new Set(tracked);
    const dirty = new Set(changed.map((line) => line.slice("XY ".length)));
    for (const [at, { real }] of kept.entries()) {
      const name = names[at] ?? "";
      if (!known.has(name)) found.set(real, "it is not tracked by Git");
      else if (dirty.has(name)) found.set(real, "it has changes that are not committed");
    }
  }
  return found;
}

/** What git prints of these files, by its zero bytes; null where it can't. */
async function ask(
  git: Pick<ToolRunner, "run">,
  args: readonly string[],
  names: readonly string[],
  run: ToolRun,
): Promise<readonly string[] | null> {
  const lines: string[] = [];
  // A call can have only so many arguments.
  for (let at = 0; at < names.length; at += 500) {
    const some = names.slice(at, at + 500).map((name) => `:(literal)${name}`);
    const outcome = await git.run("git", [...QUIET, ...args, ...some], run);
    if ("failure" in outcome || outcome.code !== 0) return null;
    lines.push(...outcome.stdout.split("\0").filter((line) => line !== ""));
  }
  return lines;
}
