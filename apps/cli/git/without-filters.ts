import type { ToolRun, ToolRunner } from "@holdfast/posture";

/**
 * Options of git that switch off the filters of a repository's own configuration: they are commands, and one that came with the repository's files must not run. Null where they can't be
 * told or named: then git is better not asked.
 */
export async function withoutFilters(tools: Pick<ToolRunner, "run">, run: ToolRun): Promise<readonly string[] | null> {
  const asked = await tools.run("git", ["config", "-z", "--name-only", "--get-regexp", String.raw`^filter\.`], run);
  if ("failure" in asked) return null;
  // It ends with 1 where there are none.
  if (asked.code === 1 && asked.stdout === "") return [];
  if (asked.code !== 0) return null;
  const names = new Set(asked.stdout.split("\0").flatMap((key) => /^filter\.(?<name>.*)\.[^.]+$/su.exec(key)?.groups?.["name"] ?? []));
  if ([...names].some((name) => /[=\n]/u.test(name))) return null;
  return [...names].flatMap((name) =>
    [`filter.${name}.clean=`, `filter.${name}.smudge=`, `filter.${name}.process=`, `filter.${name}.required=false`].flatMap((setting) => [
      "-c",
      setting,
    ]),
  );
}
