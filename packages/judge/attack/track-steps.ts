import type { AttackStep, AttackStepSummary, AttackTrack, AttackTrackSummary, Control } from "@holdfast/core";

/** A step of a track, by the places of both in their lists. */
export interface StepPlace {
  readonly track: number;
  readonly step: number;
}

/** The tracks with their steps as lists, and the steps that each control stands in the way of. */
export interface TrackSteps {
  readonly tracks: readonly AttackTrackSummary[];
  readonly byControl: ReadonlyMap<string, readonly StepPlace[]>;
}

function longest({ next }: AttackStep): number {
  return 1 + Math.max(0, ...next.map(longest));
}

/** Lays out the tracks of a library. What a control names and no track has is left out: reading the library, or a user's own controls, refuses it. */
export function trackSteps(tracks: readonly AttackTrack[], controls: readonly Control[]): TrackSteps {
  const named = new Map<string, string[]>();
  for (const { id, attackTracks } of controls) {
    for (const { track, categories } of attackTracks) {
      for (const category of new Set(categories)) {
        const key = JSON.stringify([track, category]);
        const known = named.get(key);
        if (known === undefined) named.set(key, [id]);
        else if (!known.includes(id)) known.push(id);
      }
    }
  }
  const byControl = new Map<string, StepPlace[]>();
  const summaries = tracks
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, start }, track): AttackTrackSummary => {
      const steps: AttackStepSummary[] = [];
      const add = (step: AttackStep, after: number | null): void => {
        const place = steps.length;
        const own = (named.get(JSON.stringify([name, step.name])) ?? []).toSorted();
        steps.push({ name: step.name, after, checksVulnerabilities: step.checksVulnerabilities, controls: own });
        for (const id of own) byControl.set(id, [...(byControl.get(id) ?? []), { track, step: place }]);
        for (const next of step.next) add(next, place);
      };
      add(start, null);
      return { name, length: longest(start), steps };
    });
  return { tracks: summaries, byControl };
}
