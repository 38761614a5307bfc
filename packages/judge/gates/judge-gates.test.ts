import { describe, expect, test } from "vitest";
import type { GateOutcome, Result } from "@holdfast/core";
import { resultExitCode } from "../exit-code.ts";
import { scanEstate, type SampleScan } from "../testing/sample-estate.ts";
import { gateReport } from "./gate-report.ts";
import { judgeGates } from "./judge-gates.ts";
import type { GateRequest } from "./request.ts";

const RESULT = scanned();

function scanned(scan: SampleScan = {}): Result {
  return scanEstate(
    {
      files: [
        {
          file: "a.yaml",
          pods: [
            { name: "one", faults: ["C-1"] },
            { name: "two", faults: [] },
          ],
        },
      ],
      controls: ["C-1", "C-2", "C-3"],
      frameworks: [{ id: "f", controls: ["C-1", "C-2"] }],
    },
    scan,
  );
}

/** The finding as if an exception accepted it, with the counts that follow. */
function accepting(result: Result): Result {
  return {
    ...result,
    summary: { ...result.summary, compliance: 100 },
    findings: result.findings.map((finding) => ({ ...finding, status: "accepted" as const })),
  };
}

function only(request: GateRequest, result: Result = RESULT): GateOutcome {
  const [outcome, ...more] = judgeGates(request, result);
  if (outcome === undefined || more.length > 0) throw new Error(`${more.length} outcomes`);
  return outcome;
}

describe("strict compliance", () => {
  test("names open findings, the difference and those that are accepted", () => {
    expect(only({ strictComplianceThreshold: 90 }).message).toBe(
      "strict-compliance-threshold 90 % breached: the strict compliance of the scan is 83.33 %, 6.66 % below, because of 1 open finding: medium C-1 Pod shop/one (a.yaml:1)",
    );
    const outcome = only({ strictComplianceThreshold: 90 }, accepting(RESULT));
    expect(outcome).toMatchObject({
      gate: "strict-compliance-threshold",
      wanted: 90,
      outcome: "breached",
      causes: RESULT.findings.map(({ fingerprint }) => fingerprint),
    });
    expect(outcome.message).toMatch(/6\.66 % below, because of 1 accepted finding$/u);
    expect(only({ complianceThreshold: 100 }, accepting(RESULT)).outcome).toBe("holds");
  });
});

test("a score that no object is left for has its reason", () => {
  const empty = { ...RESULT.summary, compliance: null };
  const accepted = { ...RESULT, summary: { ...empty, strictCompliance: 0 } };
  expect(only({ complianceThreshold: 80 }, accepted)).toMatchObject({
    outcome: "no-data",
    message: "compliance-threshold 80 %: no data: the scan has no compliance, because exceptions accept all that was judged",
  });
  const nothing = { ...RESULT, summary: { ...empty, strictCompliance: null } };
  expect(only({ complianceThreshold: 80 }, nothing).message).toMatch(/because nothing was evaluated$/u);
});

describe("one control", () => {
  test("its compliance", () => {
    expect(only({ controlThresholds: [{ control: "C-1", percent: 50 }] })).toMatchObject({ control: "C-1", actual: 50, outcome: "holds" });
    expect(only({ controlThresholds: [{ control: "C-1", percent: 50.5 }] })).toMatchObject({
      outcome: "breached",
      message:
        "control-threshold C-1=50.5 % breached: the compliance of C-1 is 50 %, 0.5 % below, because of 1 open finding: medium C-1 Pod shop/one (a.yaml:1)",
    });
  });

  test("any open finding", () => {
    expect(only({ failOnControls: ["C-1"] })).toMatchObject({ gate: "fail-on-control", actual: 1, outcome: "breached" });
    expect(only({ failOnControls: ["C-2"] })).toMatchObject({ actual: 0, outcome: "holds" });
    expect(only({ failOnControls: ["C-1"] }, accepting(RESULT))).toMatchObject({ outcome: "holds" });
  });

  test.each<[string, SampleScan, RegExp]>([
    ["not asked for", { controls: ["C-1"] }, /not among the controls/u],
    ["failed", { failing: ["C-2"] }, /its evaluation failed/u],
    ["nothing of its kinds", { roots: ["elsewhere"] }, /skipped: no-match/u],
  ])("without data it is none of 0 and 1: %s", (_, scan, why) => {
    for (const request of [{ controlThresholds: [{ control: "C-2", percent: 0 }] }, { failOnControls: ["C-2"] }]) {
      const outcome = only(request, scanned(scan));
      expect(outcome).toMatchObject({ outcome: "no-data", actual: null });
      expect(outcome.message).toMatch(why);
    }
  });
});

test("gates that hold say what they could not judge, and only then", () => {
  const failing = scanned({ failing: ["C-3"] });
  const request = {
    complianceThreshold: 10,
    severityThreshold: "critical",
    controlThresholds: [{ control: "C-2", percent: 50 }],
    failOnControls: ["C-2"],
  } as const;
  const rest =
    /holds: .*; 1 problem took from what was judged, and this is about the rest: coverage is 66\.66 %, which --coverage-threshold gates$/u;
  for (const { message } of judgeGates(request, failing)) expect(message).toMatch(rest);
  for (const { message } of judgeGates(request, RESULT)) expect(message).not.toContain("rest");
  expect(only({ coverageThreshold: 50 }, failing).message).toMatch(/holds: the coverage of the scan is 66\.66 %$/u);
});

describe("one finding", () => {
  const fingerprint = RESULT.findings[0]?.fingerprint ?? "";

  test("is fixed when it is gone and all was judged", () => {
    expect(only({ failOnFindings: [fingerprint] })).toMatchObject({ gate: "fail-on-finding", outcome: "breached", causes: [fingerprint] });
    expect(only({ failOnFindings: ["0".repeat(32)] })).toMatchObject({ actual: "absent", outcome: "holds" });
  });

  test("is not fixed when it is accepted, and not known to be when something was lost", () => {
    expect(only({ failOnFindings: [fingerprint] }, accepting(RESULT))).toMatchObject({ actual: "accepted", outcome: "breached" });
    expect(only({ failOnFindings: ["0".repeat(32)] }, scanned({ failing: ["C-3"] }))).toMatchObject({ outcome: "no-data" });
  });

  test("is not known to be gone when a control or objects were left out on request", () => {
    const request = { failOnFindings: ["0".repeat(32)] };
    const controls = RESULT.controls.map((control) =>
      control.id === "C-3" ? { ...control, skips: [{ reason: "excluded" as const, detail: "left out on request" }] } : control,
    );
    expect(only(request, { ...RESULT, controls })).toMatchObject({
      outcome: "no-data",
      message: expect.stringContaining("C-3 was left out"),
    });
    const selection = { namespaces: { included: [], excluded: ["bad"] }, kinds: { included: [], excluded: [] } };
    expect(only(request, { ...RESULT, inputs: { ...RESULT.inputs, selection } })).toMatchObject({
      outcome: "no-data",
      message: expect.stringContaining("only objects chosen by -bad were judged"),
    });
  });
});

test("all gates combine, and the worst counts", () => {
  const request: GateRequest = {
    complianceThreshold: 10,
    strictComplianceThreshold: 10,
    severityThreshold: "critical",
    coverageThreshold: 100,
    failOnControls: ["C-1"],
    controlThresholds: [{ control: "C-9", percent: 1 }],
  };
  const gates = judgeGates(request, RESULT);
  expect(gates.map(({ gate, outcome }) => `${gate} ${outcome}`)).toEqual([
    "compliance-threshold holds",
    "strict-compliance-threshold holds",
    "severity-threshold holds",
    "coverage-threshold holds",
    "control-threshold no-data",
    "fail-on-control breached",
  ]);
  expect(resultExitCode({ ...RESULT, gates })).toBe(1);
  expect(resultExitCode({ ...RESULT, gates: gates.slice(0, 5) })).toBe(3);
  const report = gateReport({ ...RESULT, gates });
  expect(report).toMatchObject({
    outcome: "breached",
    exitCode: 1,
    findings: [{ control: "C-1", resource: { name: "one" }, file: "a.yaml", line: 1 }],
  });
  expect(gateReport({ ...RESULT, gates: gates.slice(0, 5) })).toMatchObject({ outcome: "no-data", exitCode: 3 });
  expect(gateReport({ ...RESULT, gates: [] })).toMatchObject({ outcome: "holds", exitCode: 0, findings: [] });
});

test("a gate on new findings without a baseline is no data", () => {
  expect(only({ failOnNew: true })).toMatchObject({ outcome: "no-data" });
});
