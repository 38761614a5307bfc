import { compareSeverity, type AttackChain, type AttackTrackSummary, type Finding, type Severity } from "@holdfast/core";
import { isOpen, type KnownStepState } from "./step-states.ts";

/** A chain with what orders it among others. */
export interface RankedChain extends AttackChain {
  readonly exposed: boolean;
  /** The sum, over its open steps, of the greatest base score of a control that opens the step. */
  readonly score: number;
}

/** The base scores of controls by id. */
export type Scores = ReadonlyMap<string, number>;

function ranked(path: readonly number[], states: readonly KnownStepState[], findings: readonly Finding[], scores: Scores): RankedChain {
  let severity: Severity = "unknown";
  let score = 0;
  const open = path.filter((step) => isOpen(states[step]));
  for (const step of open) {
    let greatest = 0;
    for (const place of states[step]?.findings ?? []) {
      const finding = findings[place];
      if (finding === undefined) continue;
      if (compareSeverity(finding.severity, severity) < 0) severity = finding.severity;
      greatest = Math.max(greatest, scores.get(finding.control) ?? 0);
    }
    score += greatest;
  }
  const known = open.length === path.length;
  return { steps: path, severity, length: open.length, known, exposed: isOpen(states[path[0] ?? -1]), score };
}

/** Orders chains, the worst first: by severity, open steps, whether the first step is open, whether all are, and by the scores of the controls. */
export function compareChains(a: RankedChain, b: RankedChain): number {
  return (
    compareSeverity(a.severity, b.severity) ||
    b.length - a.length ||
    Number(b.exposed) - Number(a.exposed) ||
    Number(b.known) - Number(a.known) ||
    b.score - a.score
  );
}

/**
 * The chains of a track: the ways from its start, of two steps or more, to an open step, on which no step is broken or accepted, and behind which no open step can be
 * come to in the same way. The worst first; those that are equally bad stay in the order of the track's steps.
 */
export function chainsOf(
  { steps }: AttackTrackSummary,
  states: readonly KnownStepState[],
  findings: readonly Finding[],
  scores: Scores,
): readonly RankedChain[] {
  const passable = steps.map(({ after }, place) => {
    const status = states[place]?.status;
    return { after, place, passable: status !== "broken" && status !== "accepted" };
  });
  // What stands behind a step comes after it in the list: forwards for what can be come to, backwards for what leads on.
  const comeTo: boolean[] = [];
  for (const { after, place, passable: free } of passable) comeTo[place] = free && (after === null || comeTo[after] === true);
  const leadsOn: boolean[] = steps.map(() => false);
  const ends: number[] = [];
  for (const { after, place } of passable.toReversed()) {
    if (comeTo[place] !== true) continue;
    const open = isOpen(states[place]);
    if (open && leadsOn[place] !== true && after !== null) ends.push(place);
    if (after !== null && (open || leadsOn[place] === true)) leadsOn[after] = true;
  }
  return ends
    .toReversed()
    .map((end) => {
      const path: number[] = [];
      for (let at: number | null = end; at !== null; at = steps[at]?.after ?? null) path.unshift(at);
      return ranked(path, states, findings, scores);
    })
    .toSorted(compareChains);
}
