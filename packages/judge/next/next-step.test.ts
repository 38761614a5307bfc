import { describe, expect, test } from "vitest";
import type { Attack, Edit, Finding, Fix, NextStep, Result, Severity } from "@holdfast/core";
import { scanEstate } from "../testing/sample-estate.ts";
import { nextStep } from "./next-step.ts";

interface Part {
  readonly severity?: Severity;
  readonly control?: string;
  readonly edit?: string;
  readonly fix?: Fix;
  readonly status?: Finding["status"];
  readonly line?: number;
}

const SET: Fix = { kind: "set", path: "spec.hostPID", value: false };

function editOf(text: string): Edit {
  return {
    file: "a.yaml",
    replacements: [{ startLine: 1, startColumn: 1, endLine: 1, endColumn: 2, text }],
    diff: `@@ -1 +1 @@\n-x\n+${text}\n`,
  };
}

/** A result with these findings, named f0, f1, … and the worst first, as results have them. */
function resultOf(parts: readonly Part[], attack?: Attack): Result {
  const estate = { files: [{ file: "a.yaml", pods: [{ name: "one", faults: ["C-1"] }] }], controls: ["C-1"], frameworks: [] };
  const base = scanEstate(estate);
  const [model] = base.findings;
  if (model === undefined) throw new Error("the estate has no finding");
  const findings = parts.map(({ severity = "medium", control = "C-1", edit, fix = SET, status = "open", line }, place): Finding => {
    const source = line === undefined ? {} : { source: { file: "t.yaml", line, column: 3, exact: true, excerpt: { line, text: "" } } };
    return {
      ...model,
      fingerprint: `f${place}`,
      severity,
      control,
      status,
      fixes: [fix],
      ...(edit === undefined ? {} : { edit: editOf(edit) }),
      ...source,
    };
  });
  const open = findings.filter(({ status }) => status === "open").length;
  return { ...base, findings, summary: { ...base.summary, findings: open }, attack: attack ?? { tracks: [], workloads: [] } };
}

function chosen(parts: readonly Part[], ages: Readonly<Record<string, number>> = {}, attack?: Attack): NextStep {
  const { step } = nextStep(resultOf(parts, attack), new Map(Object.entries(ages)));
  if (step === null) throw new Error("nothing to do");
  return step;
}

describe("what is worth more", () => {
  test("something more severe", () => {
    expect(chosen([{ severity: "high", edit: "a" }, { edit: "b" }, { edit: "b" }]).findings).toEqual(["f0"]);
  });

  test("something that can be done, before what has no fix, however severe", () => {
    const step = chosen([
      { severity: "critical", fix: { kind: "none", reason: "for a test" } },
      { severity: "low", edit: "a" },
    ]);
    expect(step).toMatchObject({ findings: ["f1"], action: "fix" });
    expect(chosen([{ severity: "critical", fix: { kind: "none", reason: "for a test" } }])).toMatchObject({ action: "none" });
  });

  test("what is open longer", () => {
    expect(chosen([{ edit: "a" }, { edit: "b" }, { edit: "b" }], { f0: 30, f1: 2 })).toMatchObject({ findings: ["f0"], ageDays: 30 });
  });

  test("one edit that clears more", () => {
    expect(chosen([{ edit: "a" }, { edit: "b", control: "C-2" }, { edit: "b", control: "C-3" }])).toMatchObject({
      findings: ["f1", "f2"],
      controls: ["C-2", "C-3"],
      edits: 1,
      ageDays: null,
    });
    // Two objects that were rendered from one line.
    expect(chosen([{ line: 4 }, { line: 7 }, { line: 7 }]).findings).toEqual(["f1", "f2"]);
  });

  test("an edit that is ready, before a decision that clears more", () => {
    const choose: Fix = { kind: "choose", path: "spec.x", question: "how much" };
    expect(chosen([{ fix: choose }, { fix: choose }, { edit: "a" }])).toMatchObject({ findings: ["f2"], action: "fix" });
    expect(chosen([{ fix: choose }])).toMatchObject({ action: "choose", edits: 0 });
  });

  test("what breaks a chain of an attack", () => {
    const step = (findings: readonly number[]): Attack["workloads"][number]["tracks"][number]["steps"][number] => ({
      status: "reached",
      findings,
    });
    const attack: Attack = {
      tracks: [
        {
          name: "t",
          length: 2,
          steps: [
            { name: "a", after: null, checksVulnerabilities: false, controls: [] },
            { name: "b", after: 0, checksVulnerabilities: false, controls: [] },
          ],
        },
      ],
      workloads: [
        {
          resource: 0,
          severity: "medium",
          length: 2,
          exposed: true,
          chains: 1,
          known: 1,
          tracks: [
            {
              track: 0,
              depth: 2,
              steps: [step([2]), step([3, 4])],
              chains: [{ steps: [0, 1], severity: "medium", length: 2, known: true }],
            },
          ],
          fix: { findings: [2], breaks: 1 },
        },
      ],
    };
    const parts: readonly Part[] = [{ edit: "a" }, { edit: "a" }, { edit: "b" }, { edit: "c" }, { edit: "d" }];
    expect(chosen(parts, {}, attack)).toMatchObject({ findings: ["f2"], breaks: { chains: 1, workloads: 1 } });
    // Where its first step can't be closed, all that opens the last one is a candidate by itself.
    const [workload] = attack.workloads;
    const last: Attack = { ...attack, workloads: workload === undefined ? [] : [{ ...workload, fix: { findings: [3, 4], breaks: 1 } }] };
    expect(chosen(parts, {}, last)).toMatchObject({ findings: ["f3", "f4"], edits: 2, breaks: { chains: 1, workloads: 1 } });
  });
});

test("accepted findings are no step, and without open ones there is none", () => {
  expect(chosen([{ edit: "a", severity: "critical", status: "accepted" }, { edit: "b" }]).findings).toEqual(["f1"]);
  expect(nextStep(resultOf([{ edit: "a", status: "accepted" }]))).toMatchObject({ step: null, open: 0, coverage: 100 });
});
