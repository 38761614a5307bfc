import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Evaluation, Result } from "@holdfast/core";
import { resultExitCode } from "./exit-code.ts";
import type { GateRequest } from "./gates/request.ts";
import { judge } from "./judge.ts";
import { sampleControl, sampleEvaluation, sampleProblem, type SampleControl } from "./sample-evaluation.ts";

function judged(evaluation: Evaluation, gates: GateRequest = {}): Result {
  return judge(evaluation, { version: "test", gates });
}

const account = (produced: number, lost: number, partial = 0): Evaluation["inputs"] => ({
  roots: ["."],
  kind: "files",
  files: [],
  account: { files: 1, ignored: 0, documents: produced + lost, produced, resources: produced, notKubernetes: 0, lost, partial },
});

describe("compliance", () => {
  test("of a control is the share of passed among passed and failed resources", () => {
    const result = judged(sampleEvaluation(4, [{ control: sampleControl("C-1"), judged: [0, 1, 2, 3], failed: [0] }]));
    expect(result.controls[0]?.compliance).toBe(75);
    expect(result.summary.compliance).toBe(75);
  });

  test("of the scan is the plain mean over the controls that judged something", () => {
    const result = judged(
      sampleEvaluation(4, [
        { control: sampleControl("C-1"), judged: [0, 1, 2, 3], failed: [0] },
        { control: sampleControl("C-2"), judged: [0], failed: [] },
        { control: sampleControl("C-3"), skips: [{ reason: "no-match" }] },
      ]),
    );
    expect(result.summary.compliance).toBe(87.5);
  });

  test("of a framework is that of its own controls", () => {
    const framework = { id: "f", name: "F", description: "", sections: [{ id: "s", title: "S", controls: ["C-1", "C-3"] }] };
    const result = judged(
      sampleEvaluation(
        2,
        [
          { control: sampleControl("C-1"), judged: [0, 1], failed: [0] },
          { control: sampleControl("C-2"), judged: [0, 1], failed: [0, 1] },
          { control: sampleControl("C-3", 5, ["cluster"]), skips: [{ reason: "needs-input", input: "host-data" }] },
        ],
        { frameworks: [framework], allFrameworks: [framework] },
      ),
    );
    expect(result.frameworks[0]).toMatchObject({ compliance: 50, coverage: 100, reach: { answerable: 1, total: 2 } });
    expect(result.controls.map(({ frameworks }) => frameworks)).toEqual([["f"], [], ["f"]]);
  });
});

describe("no data is not a number", () => {
  test("nothing evaluated: no score, no coverage, exit 3", () => {
    const result = judged(sampleEvaluation(0, [{ control: sampleControl("C-1"), skips: [{ reason: "no-match" }] }]), {
      complianceThreshold: 0,
    });
    expect(result.summary).toMatchObject({ compliance: null, strictCompliance: null, coverage: null });
    expect(result.gates[0]?.outcome).toBe("no-data");
    expect(resultExitCode(result)).toBe(3);
  });

  test("a framework without data is exit 3, even beside one that has some", () => {
    const frameworks = ["a", "b"].map((id, i) => ({
      id,
      name: id,
      description: "",
      sections: [{ id: "s", title: "S", controls: [`C-${i + 1}`] }],
    }));
    const result = judged(
      sampleEvaluation(
        1,
        [
          { control: sampleControl("C-1"), judged: [0] },
          { control: sampleControl("C-2"), skips: [{ reason: "needs-input" }] },
        ],
        { frameworks, allFrameworks: frameworks },
      ),
    );
    expect(result.frameworks.map(({ compliance }) => compliance)).toEqual([100, null]);
    expect(resultExitCode(result)).toBe(3);
  });
});

describe("coverage", () => {
  const one: readonly SampleControl[] = [{ control: sampleControl("C-1"), judged: [0] }];

  test.each([
    [1, 0, 0, 100],
    [3, 1, 0, 75],
    [2, 0, 1, 75],
  ])("%i produced, %i lost, %i partial documents: %i", (produced, lost, partial, wanted) => {
    expect(judged(sampleEvaluation(1, one, { inputs: account(produced, lost, partial) })).summary.coverage).toBe(wanted);
  });

  test("of a cluster is the share of the lists that could be read, and controls about clusters are within reach", () => {
    const counts = { lists: 3, lost: 1, listed: 500, produced: 400, owned: 90, repeated: 4, dropped: 6 };
    const inputs = account(400, 1);
    const cluster = {
      context: "c",
      server: "",
      version: "v1.34.4",
      namespaces: { included: [], excluded: [] },
      kinds: [],
      account: counts,
    };
    const controls = [...one, { control: sampleControl("C-2", 5, ["cluster"]) }, { control: sampleControl("C-3", 5, ["cloud"]) }];
    const { summary } = judged(sampleEvaluation(1, controls, { inputs: { ...inputs, kind: "cluster", cluster } }));
    expect(summary).toMatchObject({ coverage: 75, reach: { answerable: 2, total: 3 } });
  });

  test("falls with an evaluation that failed, and the control's resources are errored, not passed", () => {
    const result = judged(
      sampleEvaluation(2, [...one, { control: sampleControl("C-2"), judged: [0, 1], failed: [1], errors: [0] }], {
        problems: [sampleProblem()],
      }),
    );
    expect(result.summary.coverage).toBeCloseTo((100 * 2) / 3);
    expect(result.verdicts.filter(({ control }) => control === "C-2").map(({ resource, status }) => [resource, status])).toEqual([
      [0, "errored"],
      [1, "failed"],
      [null, "errored"],
    ]);
  });

  test("falls by what an evaluation could not say, and those resources are errored by their own problem, the others are not", () => {
    const whole = sampleEvaluation(4, [{ control: sampleControl("C-1"), judged: [0, 1, 2], failed: [1] }], {
      problems: [sampleProblem(), sampleProblem()],
    });
    const evaluation = {
      ...whole,
      controls: whole.controls.map((one) => ({
        ...one,
        evaluations: one.evaluations.map((each) => ({ ...each, undecided: [{ resource: 3, problem: 1 }] })),
      })),
    };
    const result = judged(evaluation);
    expect(result.summary.coverage).toBe(75);
    expect(result.verdicts.map(({ resource, status, problem }) => [resource, status, problem])).toEqual([
      [0, "passed", undefined],
      [1, "failed", undefined],
      [2, "passed", undefined],
      [3, "errored", 1],
    ]);
  });

  test("below its threshold is exit 3, never 1", () => {
    const result = judged(sampleEvaluation(1, one, { inputs: account(1, 1) }), { coverageThreshold: 90 });
    expect(result.gates[0]).toMatchObject({ outcome: "breached", actual: 50 });
    expect(resultExitCode(result)).toBe(3);
  });
});

describe("gates", () => {
  const evaluation = sampleEvaluation(4, [
    { control: sampleControl("C-1", 8), judged: [0, 1, 2, 3], failed: [0] },
    { control: sampleControl("C-2", 3), judged: [0, 1], failed: [0, 1] },
  ]);

  test("findings without a gate are exit 0", () => {
    expect(resultExitCode(judged(evaluation))).toBe(0);
  });

  test("compliance holds at its threshold and breaks below it, naming the difference and the findings, the worst first", () => {
    expect(resultExitCode(judged(evaluation, { complianceThreshold: 37.5 }))).toBe(0);
    const broken = judged(evaluation, { complianceThreshold: 40 });
    expect(resultExitCode(broken)).toBe(1);
    expect(broken.gates[0]?.message).toBe(
      "compliance-threshold 40 % breached: the compliance of the scan is 37.5 %, 2.5 % below, because of 3 open findings: high C-1 Pod pod-0 (app.yaml:1); low C-2 Pod pod-0 (app.yaml:1); low C-2 Pod pod-1 (app.yaml:1)",
    );
    expect(broken.gates[0]?.causes).toHaveLength(3);
  });

  test("a difference of less than a hundredth is told", () => {
    const broken = judged(evaluation, { complianceThreshold: 37.5004 });
    expect(broken.gates[0]?.message).toContain("37.5004 % breached: the compliance of the scan is 37.5 %, 0.0004 % below");
  });

  test("what floating point takes from a mean breaches nothing", () => {
    // The controls pass one of thirteen, two of thirteen, …, twelve of thirteen: the mean is 50, and a little less in doubles.
    const pods = Array.from({ length: 13 }, (_, place) => place);
    const controls = pods.slice(1).map((passed) => ({ control: sampleControl(`C-${passed}`), judged: pods, failed: pods.slice(passed) }));
    const result = judged(sampleEvaluation(13, controls), { complianceThreshold: 50 });
    expect(result.summary.compliance).toBeLessThan(50);
    expect(result.gates[0]?.outcome).toBe("holds");
  });

  test("one control that failed to run leaves the others their say, though every resource has an errored verdict", () => {
    const errored = sampleEvaluation(
      1,
      [
        { control: sampleControl("C-1"), judged: [0] },
        { control: sampleControl("C-2"), judged: [0], errors: [0] },
      ],
      { problems: [sampleProblem()] },
    );
    const result = judged(errored, { severityThreshold: "low" });
    expect(result.summary).toMatchObject({ resources: { errored: 1, passed: 0 } });
    expect(result.summary.coverage).toBeCloseTo((100 * 2) / 3);
    expect(result.gates[0]?.outcome).toBe("holds");
    expect(resultExitCode(result)).toBe(0);
  });

  test.each([
    ["critical", 0],
    ["high", 1],
    ["medium", 1],
    ["low", 1],
  ] as const)("severity %s is exit %i", (severityThreshold, code) => {
    expect(resultExitCode(judged(evaluation, { severityThreshold }))).toBe(code);
  });

  test("an unknown severity breaches no gate by itself", () => {
    const unknown = sampleEvaluation(1, [{ control: sampleControl("C-9", null), judged: [0], failed: [0] }]);
    expect(resultExitCode(judged(unknown, { severityThreshold: "low" }))).toBe(0);
    expect(judged(unknown, { severityThreshold: "low" }).gates).toMatchObject([
      { message: "severity-threshold low holds: no open finding is as severe; 1 finding of unknown severity counts for no threshold" },
    ]);
  });

  test("a breached gate outweighs low coverage", () => {
    const both = judged({ ...evaluation, inputs: account(1, 1) }, { severityThreshold: "low", coverageThreshold: 90 });
    expect(resultExitCode(both)).toBe(1);
  });
});

test("findings are sorted by severity, worst first", () => {
  const result = judged(
    sampleEvaluation(1, [
      { control: sampleControl("C-1", 2), judged: [0], failed: [0] },
      { control: sampleControl("C-2", 9), judged: [0], failed: [0] },
      { control: sampleControl("C-3", 7), judged: [0], failed: [0] },
    ]),
  );
  expect(result.findings.map(({ severity }) => severity)).toEqual(["critical", "high", "low"]);
});

const estates = fc
  .array(
    fc.record({
      score: fc.integer({ min: 0, max: 10 }),
      judged: fc.uniqueArray(fc.nat(9)),
      failed: fc.uniqueArray(fc.nat(9)),
      errored: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map((controls) =>
    sampleEvaluation(
      10,
      controls.map(({ score, judged, failed, errored }, i) => ({
        control: sampleControl(`C-${i}`, score),
        judged: judged.toSorted((a, b) => a - b),
        failed: failed.filter((place) => judged.includes(place)),
        errors: errored ? [0] : [],
      })),
      { problems: [sampleProblem()] },
    ),
  );

describe("for every evaluation", () => {
  test("a passed verdict has a receipt, and no verdict of a resource comes twice for a control", () => {
    fc.assert(
      fc.property(estates, (evaluation) => {
        const result = judged(evaluation);
        const seen = new Set<string>();
        for (const { control, resource, status, receipts } of result.verdicts) {
          if (status === "passed") expect(receipts?.length).toBeGreaterThan(0);
          if (resource === null) continue;
          expect(seen.has(`${control}/${resource}`)).toBe(false);
          seen.add(`${control}/${resource}`);
        }
      }),
    );
  });

  test("counts agree with each other, and strict compliance never exceeds compliance", () => {
    fc.assert(
      fc.property(estates, (evaluation) => {
        const result = judged(evaluation);
        expect(result.findings.length).toBe(result.summary.findings + result.summary.accepted);
        expect(Object.values(result.summary.bySeverity).reduce((sum, count) => sum + count, 0)).toBe(result.summary.findings);
        expect(Object.values(result.summary.controls).reduce((sum, count) => sum + count, 0)).toBe(result.controls.length);
        for (const { compliance, strictCompliance } of result.controls)
          expect(strictCompliance ?? 0).toBeLessThanOrEqual(compliance ?? 100);
        expect(new Set(result.findings.map(({ fingerprint }) => fingerprint)).size).toBe(result.findings.length);
      }),
    );
  });
});
