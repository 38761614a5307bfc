// Loaded only where --last-commit is given.
import path from "node:path";
import { makeProblem, type Evaluation, type LastCommit, type Problem } from "@holdfast/core";
import type { ToolRunner } from "@holdfast/posture";
import { withoutFilters } from "./without-filters.ts";
import { HISTORY_PROBLEMS } from "./history-problems.ts";

const TIMEOUT_MS = 60_000;
const MOST_OUTPUT = 256 * 1024 * 1024;
/** Files asked about at the same time. */
const CONCURRENCY = 2;
/** What git calls a line that is not committed yet. */
const NOT_COMMITTED = /^0+$/u;

/** The commit that last touched each line of a file, by 1-based line, from what `git blame --porcelain` prints: https://git-scm.com/docs/git-blame#_the_porcelain_format */
export function parseBlame(text: string): ReadonlyMap<number, LastCommit> {
  const commits = new Map<string, { author?: string; time?: number; summary?: string }>();
  const lines = new Map<number, LastCommit>();
  let hash = "";
  let line = 0;
  for (const row of text.split("\n")) {
    const head = /^(?<hash>[0-9a-f]{40,64}) \d+ (?<line>\d+)/u.exec(row)?.groups;
    if (row.startsWith("\t")) {
      const { author = "", time = 0, summary = "" } = commits.get(hash) ?? {};
      if (!NOT_COMMITTED.test(hash))
        lines.set(line, { hash, author, date: new Date(time * 1000).toISOString().replace(".000Z", "Z"), summary });
    } else if (head !== undefined) {
      hash = head["hash"] ?? "";
      line = Number(head["line"]);
      if (!commits.has(hash)) commits.set(hash, {});
    } else {
      const known = commits.get(hash);
      if (known === undefined) continue;
      if (row.startsWith("author ")) known.author = row.slice("author ".length);
      else if (row.startsWith("author-time ")) known.time = Number(row.slice("author-time ".length));
      else if (row.startsWith("summary ")) known.summary = row.slice("summary ".length);
    }
  }
  return lines;
}

/** The last commits of a file's lines, or why they can't be told. */
async function blame(file: string, tools: ToolRunner): Promise<ReadonlyMap<number, LastCommit> | string> {
  const folder = path.dirname(file);
  const args = [
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "blame",
    "--porcelain",
    "--no-textconv",
    "--",
    path.basename(file),
  ];
  const run = {
    cwd: folder,
    timeoutMs: TIMEOUT_MS,
    maxOutputBytes: MOST_OUTPUT,
    env: { GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", GIT_TERMINAL_PROMPT: "0" },
  };
  const filters = await withoutFilters(tools, run);
  if (filters === null) return "git can't be asked without running what the repository's configuration names";
  const ran = await tools.run("git", [...filters, ...args], run);
  if ("failure" in ran) return ran.failure === "not-found" ? "there is no git on this machine" : `git did not end well (${ran.failure})`;
  if (ran.code !== 0) return ran.stderr.trim().split("\n").at(-1) ?? `git ended with ${ran.code}`;
  return parseBlame(ran.stdout);
}

/**
 * The evaluation with the last commit that touched the line of each finding. `realFile` tells where a file of the result lies on the machine. What git can't tell is a problem that
 * takes nothing from what was judged; a line that is not committed has no commit.
 */
export async function withLastCommits(evaluation: Evaluation, realFile: (file: string) => string, tools: ToolRunner): Promise<Evaluation> {
  const files = [...new Set(evaluation.findings.flatMap(({ source }) => source?.file ?? []))]
    .filter((file) => file !== "-")
    .toSorted((a, b) => (a < b ? -1 : 1));
  const commits = new Map<string, ReadonlyMap<number, LastCommit>>();
  const problems: Problem[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < files.length; at = next++) {
      const file = files[at] ?? "";
      const found = await blame(realFile(file), tools);
      if (typeof found === "string")
        problems.push(makeProblem(HISTORY_PROBLEMS, "last-commit-unknown", { subject: file, cause: found, file }));
      else commits.set(file, found);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  const findings = evaluation.findings.map((finding) => {
    const commit = finding.source === undefined ? undefined : commits.get(finding.source.file)?.get(finding.source.line);
    return finding.source === undefined || commit === undefined ? finding : { ...finding, source: { ...finding.source, commit } };
  });
  const sorted = problems.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  return { ...evaluation, findings, problems: [...evaluation.problems, ...sorted] };
}
