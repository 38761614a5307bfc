import { compareSeverity, type AttackedWorkload, type Finding, type Fix, type NextStep, type Result } from "@holdfast/core";
import { groupByEdit } from "./group-by-edit.ts";

/** What is to be done next, and what is left then. */
export interface Next {
  readonly schema: "holdfast.next/v1";
  /** Null where there is nothing to fix. */
  readonly step: NextStep | null;
  /** Open findings of the scan. */
  readonly open: number;
  /** Null: nothing was evaluated, so nothing is known. */
  readonly coverage: Result["summary"]["coverage"];
}

/** When findings were first seen open, in whole days before now, by fingerprint. */
export type FindingAges = ReadonlyMap<string, number>;

function actionOf(findings: readonly Finding[]): NextStep["action"] {
  if (findings.every(({ edit }) => edit !== undefined)) return "fix";
  const fixable = ({ fixes }: Finding): boolean => fixes.some(({ kind }: Fix) => kind !== "none");
  return findings.every(fixable) ? "choose" : "none";
}

/**
 * How many chains of a workload are gone without these findings: those that end in a step that only they open, and those that the workload's own best fix breaks where
 * it is among them. A step in the middle may stay open for what was not judged, so it counts only there.
 */
function brokenChains({ tracks, fix }: AttackedWorkload, places: ReadonlySet<number>): number {
  let broken = 0;
  for (const { steps, chains } of tracks) {
    const closed = steps.map(
      ({ status, findings }) => (status === "reached" || status === "open") && findings.every((place) => places.has(place)),
    );
    broken += chains.filter((chain) => closed[chain.steps.at(-1) ?? -1] === true).length;
  }
  return Math.max(broken, fix.findings.every((place) => places.has(place)) ? fix.breaks : 0);
}

/** The workloads on whose chains each finding stands, by its place. */
function workloadsByFinding({ attack }: Result): ReadonlyMap<number, readonly AttackedWorkload[]> {
  const found = new Map<number, AttackedWorkload[]>();
  for (const workload of attack?.workloads ?? []) {
    const places = new Set([
      ...workload.fix.findings,
      ...workload.tracks.flatMap(({ steps }) => steps.flatMap(({ findings }) => findings)),
    ]);
    for (const place of places) {
      const own = found.get(place);
      if (own === undefined) found.set(place, [workload]);
      else own.push(workload);
    }
  }
  return found;
}

interface Candidate extends NextStep {
  readonly places: readonly number[];
}

function candidate(
  places: readonly number[],
  result: Result,
  attacked: ReadonlyMap<number, readonly AttackedWorkload[]>,
  ages: FindingAges,
): Candidate {
  const findings = places.flatMap((place) => result.findings[place] ?? []);
  const set = new Set(places);
  const workloads = new Set(places.flatMap((place) => attacked.get(place) ?? []));
  const broken = [...workloads].map((workload) => brokenChains(workload, set)).filter((chains) => chains > 0);
  const known = findings.flatMap(({ fingerprint }) => ages.get(fingerprint) ?? []);
  return {
    action: actionOf(findings),
    severity: findings.map(({ severity }) => severity).toSorted(compareSeverity)[0] ?? "unknown",
    controls: [...new Set(findings.map(({ control }) => control))],
    findings: findings.map(({ fingerprint }) => fingerprint),
    breaks: { chains: broken.reduce((sum, chains) => sum + chains, 0), workloads: broken.length },
    ageDays: known.length === 0 ? null : Math.max(...known),
    edits: new Set(findings.flatMap(({ edit }) => (edit === undefined ? [] : JSON.stringify([edit.file, edit.replacements])))).size,
    places,
  };
}

const ACTIONS: readonly NextStep["action"][] = ["fix", "choose", "none"];

/** What is worth more comes first: something that can be done, what is more severe, breaks more chains, is open longer, needs no decision, clears more findings, and takes fewer edits. */
function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    Number(a.action === "none") - Number(b.action === "none") ||
    compareSeverity(a.severity, b.severity) ||
    b.breaks.chains - a.breaks.chains ||
    (b.ageDays ?? -1) - (a.ageDays ?? -1) ||
    ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action) ||
    b.findings.length - a.findings.length ||
    a.edits - b.edits ||
    (a.places[0] ?? 0) - (b.places[0] ?? 0)
  );
}

/**
 * Chooses the single most valuable thing to fix: an edit with all findings that it clears, or all findings that open a step of an attack. What an exception accepts is
 * not in it, and neither is another exception: findings are fixed before they are excepted. Time and memory are linear in findings, but for a sort.
 */
export function nextStep(result: Result, ages: FindingAges = new Map()): Next {
  const groups = [...groupByEdit(result), ...(result.attack?.workloads ?? []).map(({ fix }) => fix.findings)];
  const open = groups
    .map((places) => places.filter((place) => result.findings[place]?.status === "open"))
    .filter((places) => places.length > 0);
  const attacked = workloadsByFinding(result);
  const [best] = open.map((places) => candidate(places, result, attacked, ages)).toSorted(compareCandidates);
  const { coverage, findings } = result.summary;
  if (best === undefined) return { schema: "holdfast.next/v1", step: null, open: findings, coverage };
  const { places: _, ...step } = best;
  return { schema: "holdfast.next/v1", step, open: findings, coverage };
}
