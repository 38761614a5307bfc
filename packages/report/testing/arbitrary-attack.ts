import type { Attack, AttackedWorkload, AttackTrackSummary, StepState } from "@holdfast/core";
import fc from "fast-check";

const anySeverity = fc.constantFrom("critical", "high", "medium", "low", "unknown");
const anyCount = fc.integer({ min: 0, max: 12 });

function anyTrack(anyText: fc.Arbitrary<string>): fc.Arbitrary<AttackTrackSummary> {
  const step = fc.record({
    name: anyText,
    after: fc.nat(),
    checksVulnerabilities: fc.boolean(),
    controls: fc.array(anyText, { maxLength: 2 }),
  });
  return fc.tuple(anyText, anyCount, fc.array(step, { minLength: 1, maxLength: 4 })).map(([name, length, steps]) => ({
    name,
    length,
    steps: steps.map((one, place) => ({ ...one, after: place === 0 ? null : one.after % place })),
  }));
}

function anyWorkload(
  tracks: readonly AttackTrackSummary[],
  findings: number,
  resources: number,
  anyText: fc.Arbitrary<string>,
): fc.Arbitrary<AttackedWorkload> {
  const places = fc.array(fc.integer({ min: 0, max: findings - 1 }), { maxLength: 6 });
  const anyState: fc.Arbitrary<StepState> = fc.record(
    {
      status: fc.constantFrom("reached", "open", "accepted", "broken", "unknown"),
      findings: places,
      why: fc.constantFrom("image-vulnerabilities", "no-control", "not-judged"),
      notJudged: fc.array(anyText, { maxLength: 5 }),
    },
    { requiredKeys: ["status", "findings"] },
  );
  const anyWorkloadTrack = fc.integer({ min: 0, max: tracks.length - 1 }).chain((track) => {
    const length = tracks[track]?.steps.length ?? 0;
    const chain = fc.record({
      steps: fc.array(fc.integer({ min: 0, max: length - 1 }), { maxLength: 4 }),
      severity: anySeverity,
      length: anyCount,
      known: fc.boolean(),
    });
    return fc.record({
      track: fc.constant(track),
      depth: anyCount,
      steps: fc.array(anyState, { minLength: length, maxLength: length }),
      chains: fc.array(chain, { maxLength: 3 }),
    });
  });
  return fc.record({
    resource: fc.integer({ min: 0, max: resources - 1 }),
    severity: anySeverity,
    length: anyCount,
    exposed: fc.boolean(),
    chains: anyCount,
    known: anyCount,
    tracks: fc.array(anyWorkloadTrack, { maxLength: 3 }),
    fix: fc.record({ findings: places, breaks: anyCount }),
  });
}

/** What a result with so many findings and resources may say of how they chain, whether it makes sense or not. */
export function anyAttack(findings: number, resources: number, anyText: fc.Arbitrary<string>): fc.Arbitrary<Attack> {
  return fc.array(anyTrack(anyText), { maxLength: 3 }).chain((tracks) =>
    fc.record({
      tracks: fc.constant(tracks),
      workloads:
        tracks.length === 0 || findings === 0 || resources === 0
          ? fc.constant([])
          : fc.array(anyWorkload(tracks, findings, resources, anyText), { maxLength: 5 }),
    }),
  );
}
