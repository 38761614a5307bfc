// Random tracks, controls and estates, against what the definitions say, worked out here in the plainest way.
import type { Attack, AttackStep, AttackTrack, Evaluation, Fix } from "@holdfast/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { judged } from "./sample-attack.ts";
import { sampleControl, sampleEvaluation, sampleFinding, type SampleControl } from "../sample-evaluation.ts";

/** A track from a list of steps, each of which names the one before it by a place among those that are there already. */
const anyTrack = fc
  .array(fc.record({ after: fc.nat(), checks: fc.integer({ min: 0, max: 5 }) }), { minLength: 1, maxLength: 7 })
  .map((drafts) => {
    const afters = drafts.map(({ after }, place) => (place === 0 ? -1 : after % place));
    const build = (place: number): AttackStep => ({
      name: `s${place}`,
      checksVulnerabilities: drafts[place]?.checks === 0,
      next: afters.flatMap((after, other) => (after === place ? [build(other)] : [])),
    });
    return build(0);
  });

const anyFix: fc.Arbitrary<Fix> = fc.constantFrom<Fix[]>(
  { kind: "set", path: "spec", value: 1 },
  { kind: "choose", path: "spec", question: "which" },
  { kind: "none", reason: "for a test" },
);

/** What became of a control: most often it judged all pods. */
const anyControl = fc.record({
  score: fc.integer({ min: 0, max: 10 }),
  stands: fc.array(fc.tuple(fc.nat(), fc.nat({ max: 6 })), { minLength: 1, maxLength: 3 }),
  fate: fc.constantFrom("judged", "judged", "judged", "judged", "some", "skipped", "not-selected"),
  fails: fc.array(fc.tuple(fc.nat({ max: 3 }), anyFix), { maxLength: 6 }),
});

const anyEvaluation: fc.Arbitrary<Evaluation> = fc
  .tuple(fc.array(anyTrack, { minLength: 1, maxLength: 3 }), fc.array(anyControl, { maxLength: 10 }))
  .map(([starts, drafts]) => {
    const attackTracks = starts.map((start, place): AttackTrack => ({ name: `t${place}`, start }));
    const allControls = drafts.map(({ score, stands }, place) => ({
      ...sampleControl(`C-${place}`, score),
      attackTracks: stands.map(([track, step]) => ({ track: `t${track % starts.length}`, categories: [`s${step}`] })),
    }));
    const controls = drafts.flatMap(({ fate }, place): readonly SampleControl[] => {
      const control = allControls[place];
      if (control === undefined || fate === "not-selected") return [];
      if (fate === "skipped") return [{ control, skips: [{ reason: "needs-input" as const }] }];
      return [{ control, judged: fate === "some" ? [0, 2] : [0, 1, 2, 3] }];
    });
    const findings = drafts.flatMap(({ fate, fails }, place) =>
      fate === "judged"
        ? fails.map(([pod, fix], at) => ({ ...sampleFinding(`C-${place}`, pod, `spec.f${at}`), fixes: [fix] as const }))
        : [],
    );
    return sampleEvaluation(4, controls, { attackTracks, allControls, findings: findings as unknown as Evaluation["findings"] });
  });

/** Every chain of a pod, as a text: each way from the start, and then what the definition says of it. */
function expectedChains({ attackTracks, allControls, controls, findings }: Evaluation, pod: number): readonly string[] {
  const statusOf = (track: string, step: AttackStep): "open" | "closed" | "unknown" => {
    const own = allControls.filter((control) =>
      control.attackTracks.some((one) => one.track === track && one.categories.includes(step.name)),
    );
    if (findings.some(({ control, resource }) => resource === pod && own.some(({ id }) => id === control))) return "open";
    if (step.checksVulnerabilities || own.length === 0) return "unknown";
    const judgedPod = (id: string): boolean =>
      controls.some(({ control, evaluations }) => control.id === id && evaluations.some((one) => one.judged.includes(pod)));
    return own.every(({ id }) => judgedPod(id)) ? "closed" : "unknown";
  };
  return attackTracks.flatMap(({ name, start }) => {
    const openBehind = (step: AttackStep): boolean =>
      step.next.some((next) => statusOf(name, next) !== "closed" && (statusOf(name, next) === "open" || openBehind(next)));
    const walk = (step: AttackStep, before: readonly string[]): readonly string[] => {
      const status = statusOf(name, step);
      if (status === "closed") return [];
      const path = [...before, step.name];
      const here = status === "open" && path.length > 1 && !openBehind(step) ? [`${name}: ${path.join(" > ")}`] : [];
      return [...here, ...step.next.flatMap((next) => walk(next, path))];
    };
    return walk(start, []);
  });
}

function chainsOf({ tracks, workloads }: Attack, pod: number): readonly string[] {
  return (workloads.find(({ resource }) => resource === pod)?.tracks ?? []).flatMap(({ track, chains }) =>
    chains.map(({ steps }) => `${tracks[track]?.name}: ${steps.map((at) => tracks[track]?.steps[at]?.name).join(" > ")}`),
  );
}

test("the chains are those of the definition", () => {
  let chains = 0;
  fc.assert(
    fc.property(anyEvaluation, (evaluation) => {
      const { attack } = judged(evaluation);
      for (const pod of [0, 1, 2, 3]) {
        const own = chainsOf(attack, pod);
        chains += own.length;
        expect(own.toSorted()).toEqual(expectedChains(evaluation, pod).toSorted());
      }
    }),
    { numRuns: 400 },
  );
  // The property would hold of estates without any chain too.
  expect(chains).toBeGreaterThan(200);
});

test("the fix breaks as many chains as it says, at least one, and makes no other go", () => {
  fc.assert(
    fc.property(anyEvaluation, (evaluation) => {
      const { attack, findings } = judged(evaluation);
      for (const { resource, fix } of attack.workloads) {
        const gone = new Set(fix.findings.map((place) => findings[place]?.message + (findings[place]?.paths[0]?.path ?? "")));
        const left = evaluation.findings.filter(({ message, paths }) => !gone.has(message + (paths[0]?.path ?? "")));
        const before = chainsOf(attack, resource);
        const after = new Set(chainsOf(judged({ ...evaluation, findings: left }).attack, resource));
        expect(fix.breaks).toBeGreaterThan(0);
        expect(before.filter((chain) => !after.has(chain))).toHaveLength(fix.breaks);
      }
    }),
    { numRuns: 300 },
  );
});

test("no order of resources, findings or tracks changes which workload comes first, or why", () => {
  const named = ({ attack, findings }: ReturnType<typeof judged>, resources: Evaluation["resources"]): unknown =>
    attack.workloads.map(({ resource, tracks, fix, ...rest }) => ({
      ...rest,
      name: resources[resource]?.name,
      depths: tracks.map(({ track, depth }) => [attack.tracks[track]?.name, depth]),
      chains: chainsOf(attack, resource),
      fix: [fix.breaks, fix.findings.length, new Set(fix.findings.map((place) => findings[place]?.fingerprint))],
    }));
  fc.assert(
    fc.property(anyEvaluation, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (evaluation, order) => {
      const placeNow = (place: number): number => order.indexOf(place);
      const shuffled: Evaluation = {
        ...evaluation,
        attackTracks: evaluation.attackTracks.toReversed(),
        resources: order.flatMap((place) => evaluation.resources[place] ?? []),
        findings: evaluation.findings.toReversed().map((one) => ({ ...one, resource: placeNow(one.resource) })),
        controls: evaluation.controls.map((one) => ({
          ...one,
          evaluations: one.evaluations.map((run) => ({ ...run, judged: run.judged.map(placeNow).toSorted((a, b) => a - b) })),
        })),
      };
      expect(named(judged(shuffled), shuffled.resources)).toEqual(named(judged(evaluation), evaluation.resources));
    }),
    { numRuns: 200 },
  );
});

test("the first workloads are the worst: severity never rises down the list, nor length within a severity", () => {
  const rank = ["critical", "high", "medium", "low", "unknown"];
  fc.assert(
    fc.property(anyEvaluation, (evaluation) => {
      const keys = judged(evaluation).attack.workloads.map(({ severity, length }) => rank.indexOf(severity) * 100 - length);
      expect(keys).toEqual(keys.toSorted((a, b) => a - b));
    }),
    { numRuns: 200 },
  );
});
