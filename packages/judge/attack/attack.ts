import type {
  Attack,
  AttackChain,
  AttackedWorkload,
  AttackFix,
  Evaluation,
  Finding,
  Resource,
  StepState,
  WorkloadTrack,
} from "@holdfast/core";
import { bestFix, type ChainedTrack } from "./best-fix.ts";
import { chainsOf, compareChains, type RankedChain, type Scores } from "./chains.ts";
import { ControlKnowledge } from "./control-knowledge.ts";
import { mayChain, stepStates, type KnownStepState, type StepFindings } from "./step-states.ts";
import { trackSteps, type TrackSteps } from "./track-steps.ts";
import { Workloads } from "./workloads.ts";

/** The findings about each workload, for each track. */
function findingsByWorkload(
  findings: readonly Finding[],
  { tracks, byControl }: TrackSteps,
  workloads: Workloads,
): ReadonlyMap<number, readonly StepFindings[]> {
  const found = new Map<number, number[][][]>();
  const addTo = (workload: number, steps: readonly { readonly track: number; readonly step: number }[], place: number): void => {
    let own = found.get(workload);
    if (own === undefined) {
      own = tracks.map((track) => track.steps.map(() => []));
      found.set(workload, own);
    }
    for (let at = 0; at < steps.length; at += 1) {
      const one = steps[at];
      if (one !== undefined) own[one.track]?.[one.step]?.push(place);
    }
  };
  // By number, since there are so many findings.
  for (let place = 0; place < findings.length; place += 1) {
    const finding = findings[place];
    const steps = finding === undefined ? undefined : byControl.get(finding.control);
    if (finding === undefined || steps === undefined) continue;
    // Most findings are about a workload itself.
    const head = workloads.headOf(finding.resource);
    if (head !== null) addTo(head, steps, place);
    else for (const workload of workloads.concernedBy(finding)) addTo(workload, steps, place);
  }
  return found;
}

interface RankedTrack extends ChainedTrack {
  readonly track: number;
}

interface RankedWorkload {
  readonly resource: number;
  readonly tracks: readonly RankedTrack[];
  readonly worst: RankedChain;
  readonly chains: number;
  readonly fix: AttackFix;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders resources by what they are called and where they stand, not by their places. */
function compareResources(a: Resource | undefined, b: Resource | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return (
    compareText(a.namespace, b.namespace) ||
    compareText(a.kind, b.kind) ||
    compareText(a.name, b.name) ||
    compareText(a.apiVersion, b.apiVersion) ||
    compareText(a.file ?? "", b.file ?? "") ||
    (a.line ?? 0) - (b.line ?? 0)
  );
}

function compareWorkloads(a: RankedWorkload, b: RankedWorkload, resources: readonly Resource[]): number {
  return (
    compareChains(a.worst, b.worst) ||
    b.chains - a.chains ||
    compareResources(resources[a.resource], resources[b.resource]) ||
    a.resource - b.resource
  );
}

function stateOf({ status, findings, why, notJudged }: KnownStepState): StepState {
  return { status, findings, ...(why === undefined ? {} : { why }), ...(notJudged === undefined ? {} : { notJudged }) };
}

function chainOf({ steps, severity, length, known }: RankedChain): AttackChain {
  return { steps, severity, length, known };
}

/** How many steps behind each other are reached. */
function depthOf(states: readonly KnownStepState[], afters: readonly (number | null)[]): number {
  const depths: number[] = [];
  for (const [place, { status }] of states.entries()) {
    const after = afters[place] ?? null;
    depths.push(status === "reached" ? 1 + (after === null ? 0 : (depths[after] ?? 0)) : 0);
  }
  return Math.max(0, ...depths);
}

/**
 * How findings chain on the workloads of a scan, by the attack tracks of the library: docs/concepts/attack-tracks.md defines steps, chains, the order and the fix.
 * `findings` are those of the result, sorted, and are named by their places. Time and memory are linear in resources and findings.
 */
export function attack(evaluation: Evaluation, findings: readonly Finding[]): Attack {
  const { resources, allControls, attackTracks } = evaluation;
  const layout = trackSteps(attackTracks, allControls);
  const { tracks } = layout;
  const workloads = new Workloads(resources);
  const knowledge = new ControlKnowledge(evaluation, workloads);
  const scores: Scores = new Map(evaluation.controls.map(({ control }) => [control.id, control.score ?? 0]));

  const ranked: RankedWorkload[] = [];
  for (const [resource, places] of findingsByWorkload(findings, layout, workloads)) {
    const own = tracks.flatMap((track, place): readonly RankedTrack[] => {
      const onTrack = places[place] ?? [];
      if (!mayChain(track, resource, onTrack, knowledge)) return [];
      const states = stepStates(track, resource, onTrack, findings, knowledge);
      const chains = chainsOf(track, states, findings, scores);
      return chains.length === 0 ? [] : [{ track: place, states, chains }];
    });
    const chains = own.flatMap((track) => track.chains);
    const [worst] = chains.toSorted(compareChains);
    const fix = bestFix(own, findings);
    if (worst !== undefined && fix !== null) ranked.push({ resource, tracks: own, worst, chains: chains.length, fix });
  }
  ranked.sort((a, b) => compareWorkloads(a, b, resources));
  return { tracks, workloads: ranked.map((one) => workloadOf(one, tracks)) };
}

function workloadOf({ resource, tracks, worst, chains, fix }: RankedWorkload, all: Attack["tracks"]): AttackedWorkload {
  return {
    resource,
    severity: worst.severity,
    length: worst.length,
    exposed: worst.exposed,
    chains,
    known: tracks.reduce((sum, track) => sum + track.chains.filter(({ known }) => known).length, 0),
    tracks: tracks.map(({ track, states, chains: own }): WorkloadTrack => ({
      track,
      depth: depthOf(
        states,
        (all[track]?.steps ?? []).map(({ after }) => after),
      ),
      steps: states.map(stateOf),
      chains: own.map(chainOf),
    })),
    fix,
  };
}
