import type { AttackFix, Finding } from "@holdfast/core";
import type { RankedChain } from "./chains.ts";
import { isOpen, type KnownStepState } from "./step-states.ts";

/** What a fix is looked for in: a track with its states and chains, for one workload. */
export interface ChainedTrack {
  readonly states: readonly KnownStepState[];
  readonly chains: readonly RankedChain[];
}

interface Candidate extends AttackFix {
  /** How many of the chains that it breaks are known. */
  readonly known: number;
  /** Whether each finding has a fix, or a question that leads to one. */
  readonly actionable: boolean;
  /** How many findings have an edit ready. */
  readonly edits: number;
}

/** The chains that are gone when these findings are: those that have a step which is then broken, or end in one that is then no longer open. */
function broken(findings: ReadonlySet<number>, tracks: readonly ChainedTrack[]): readonly RankedChain[] {
  const gone: RankedChain[] = [];
  for (const { states, chains } of tracks) {
    const closed = states.map((state) => isOpen(state) && state.findings.every((place) => findings.has(place)));
    for (const chain of chains) {
      const { steps } = chain;
      if (steps.some((step) => closed[step] === true && (states[step]?.complete === true || step === steps.at(-1)))) gone.push(chain);
    }
  }
  return gone;
}

function candidate(places: readonly number[], tracks: readonly ChainedTrack[], findings: readonly Finding[]): Candidate {
  const own = places.flatMap((place) => findings[place] ?? []);
  const gone = broken(new Set(places), tracks);
  return {
    findings: places,
    breaks: gone.length,
    known: gone.filter(({ known }) => known).length,
    actionable: own.every(({ fixes }) => fixes.some(({ kind }) => kind !== "none")),
    edits: own.filter(({ edit }) => edit !== undefined).length,
  };
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    Number(b.actionable) - Number(a.actionable) ||
    b.breaks - a.breaks ||
    b.known - a.known ||
    a.findings.length - b.findings.length ||
    b.edits - a.edits ||
    // Findings are sorted, the worst first.
    (a.findings[0] ?? 0) - (b.findings[0] ?? 0)
  );
}

/**
 * The fix that breaks the most chains of a workload. A step is closed only when all its open findings are gone, so a fix is all that opens one step. Something that can be
 * done comes before what has no fix; then more broken chains count, more known ones among them, fewer findings, more edits at hand, and the worse findings. Null where there is no chain.
 */
export function bestFix(tracks: readonly ChainedTrack[], findings: readonly Finding[]): AttackFix | null {
  const sets = new Map<string, readonly number[]>();
  for (const { states, chains } of tracks) {
    for (const step of new Set(chains.flatMap(({ steps }) => steps))) {
      const state = states[step];
      if (state !== undefined && isOpen(state)) sets.set(state.findings.join(), state.findings);
    }
  }
  const [best] = [...sets.values()]
    .map((places) => candidate(places, tracks, findings))
    .filter(({ breaks }) => breaks > 0)
    .toSorted(compareCandidates);
  return best === undefined ? null : { findings: best.findings, breaks: best.breaks };
}
