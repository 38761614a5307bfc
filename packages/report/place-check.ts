import type { AttackedWorkload, AttackTrackSummary, Finding, Result, Verdict, WorkloadTrack } from "@holdfast/core";
import type { SchemaBreach } from "./schema-check.ts";

// Deeper values than any Kubernetes field has; writing them out again could exhaust the stack.
const MAX_DEPTH = 100;

function depthOver(value: unknown, allowed: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return allowed === 0 || Object.values(value).some((item) => depthOver(item, allowed - 1));
}

/** What can be wrong with a number that names a place: one in a list that is `size` long, or (`size` undefined) a line or column. */
function wrong(value: number | null | undefined, size?: number): string | null {
  if (value === undefined || value === null) return null;
  if (size === undefined) return value >= 1 ? null : `is ${value}; lines and columns begin at 1`;
  return value >= 0 && value < size ? null : `is ${value}, and the list it points into has ${size}`;
}

type Places = readonly (readonly [path: string, value: number | null | undefined, size?: number])[];

function firstWrong(places: Places): SchemaBreach | null {
  for (const [path, value, size] of places) {
    const what = wrong(value, size);
    if (what !== null) return { path, what };
  }
  return null;
}

function findingBreach(finding: Finding, { resources, exceptions }: Result): SchemaBreach | null {
  const { source, edit } = finding;
  const breach = firstWrong([
    ["resource", finding.resource, resources.length],
    ["acceptedBy", finding.acceptedBy, exceptions.length],
    ...(finding.acceptedIn ?? []).map(({ exception }, i) => [`acceptedIn[${i}].exception`, exception, exceptions.length] as const),
    ...finding.related.map((place, i) => [`related[${i}]`, place, resources.length] as const),
    ...finding.paths.flatMap(({ resource, line, column }, i): Places => [
      [`paths[${i}].resource`, resource, resources.length],
      [`paths[${i}].line`, line],
      [`paths[${i}].column`, column],
    ]),
    ["source.line", source?.line],
    ["source.column", source?.column],
    ["source.endLine", source?.endLine],
    ["source.endColumn", source?.endColumn],
    ["source.excerpt.line", source?.excerpt.line],
    ...(edit?.replacements ?? []).flatMap((one, i): Places => {
      const at = `edit.replacements[${i}]`;
      return [
        [`${at}.startLine`, one.startLine],
        [`${at}.startColumn`, one.startColumn],
        [`${at}.endLine`, one.endLine],
        [`${at}.endColumn`, one.endColumn],
      ];
    }),
  ]);
  if (breach !== null) return breach;
  const deep = finding.fixes.findIndex(({ value }) => depthOver(value, MAX_DEPTH));
  return deep === -1 ? null : { path: `fixes[${deep}].value`, what: `is nested more than ${MAX_DEPTH} deep` };
}

function verdictBreach({ resource, receipts, problem }: Verdict, result: Result): SchemaBreach | null {
  return firstWrong([
    ["resource", resource, result.resources.length],
    ["problem", problem, result.problems.length],
    ...(receipts ?? []).map((place, i) => [`receipts[${i}]`, place, result.receipts.length] as const),
  ]);
}

function trackBreach({ steps }: AttackTrackSummary): SchemaBreach | null {
  if (steps.length === 0) return { path: "steps", what: "is empty, and a track has a first step" };
  // A step stands behind the one that opens it.
  return firstWrong(steps.map(({ after }, i) => [`steps[${i}].after`, after, i] as const));
}

function workloadTrackBreach({ track, steps, chains }: WorkloadTrack, { findings, attack }: Result): SchemaBreach | null {
  const all = attack?.tracks ?? [];
  const length = all[track]?.steps.length;
  if (length === undefined) return firstWrong([["track", track, all.length]]);
  if (steps.length !== length) return { path: "steps", what: `has ${steps.length} states, and the track has ${length} steps` };
  return firstWrong([
    ...steps.flatMap((state, i): Places =>
      state.findings.map((place, j) => [`steps[${i}].findings[${j}]`, place, findings.length] as const),
    ),
    ...chains.flatMap((chain, i): Places => chain.steps.map((place, j) => [`chains[${i}].steps[${j}]`, place, length] as const)),
  ]);
}

function workloadBreach({ resource, tracks, fix }: AttackedWorkload, result: Result): SchemaBreach | null {
  return (
    firstWrong([
      ["resource", resource, result.resources.length],
      ...fix.findings.map((place, i) => [`fix.findings[${i}]`, place, result.findings.length] as const),
    ]) ?? firstIn("tracks", tracks, (track) => workloadTrackBreach(track, result))
  );
}

function firstIn<T>(key: string, items: readonly T[], breachOf: (item: T) => SchemaBreach | null): SchemaBreach | null {
  for (const [index, item] of items.entries()) {
    const breach = breachOf(item);
    if (breach !== null) return { path: `${key}[${index}].${breach.path}`, what: breach.what };
  }
  return null;
}

/** The first place in a result (an index into one of its lists, a line, a column) that can't be: what a schema can't say. Null where all are right. */
export function placeBreach(result: Result): SchemaBreach | null {
  return (
    firstIn("findings", result.findings, (finding) => findingBreach(finding, result)) ??
    firstIn("verdicts", result.verdicts, (verdict) => verdictBreach(verdict, result)) ??
    firstIn("attack.tracks", result.attack?.tracks ?? [], trackBreach) ??
    firstIn("attack.workloads", result.attack?.workloads ?? [], (workload) => workloadBreach(workload, result)) ??
    firstIn("resources", result.resources, ({ line }) => firstWrong([["line", line]])) ??
    firstIn("exceptions", result.exceptions, ({ line }) => firstWrong([["line", line]])) ??
    firstIn("problems", result.problems, ({ line, column }) =>
      firstWrong([
        ["line", line],
        ["column", column],
      ]),
    )
  );
}
