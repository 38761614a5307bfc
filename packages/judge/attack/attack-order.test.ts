// Which workload comes first, and which fix is proposed for it: worked out by hand from docs/concepts/attack-tracks.md.
import type { Evaluation, Finding } from "@holdfast/core";
import { describe, expect, test } from "vitest";
import { chained, chainTexts, DENIAL, DOWN, fixOf, FORK, IMAGE, IN, NET, NODE, RUN, stands } from "./sample-attack.ts";
import { sampleFinding, type SampleControl } from "../sample-evaluation.ts";

describe("the order", () => {
  test("is by severity, then length, then what is exposed for certain", () => {
    const critical = stands("C-6", 9.5, "denial/Down");
    const other = stands("C-7", 7, "denial/In");
    const result = chained(
      4,
      [DENIAL, FORK],
      [
        // 0: exposed, high, two steps. 1: critical, start unknown. 2: three steps, high. 3: start unknown, high.
        { control: IN, judged: [0, 1, 2, 3], failed: [0, 2] },
        { control: { ...DOWN, score: 8 }, judged: [0, 1, 2, 3], failed: [0, 3] },
        { control: RUN, judged: [0, 1, 2, 3], failed: [2] },
        { control: { ...NODE, score: 8, severity: "high" }, judged: [0, 1, 2, 3], failed: [2] },
        { control: NET, judged: [0, 1, 2, 3] },
        { control: critical, judged: [0, 1, 2, 3], failed: [1] },
      ],
      { allControls: [IN, DOWN, RUN, NODE, NET, critical, other] },
    );
    expect(result.attack.workloads.map(({ resource, severity, length, exposed }) => [resource, severity, length, exposed])).toEqual([
      [1, "critical", 1, false],
      [2, "high", 3, true],
      [0, "high", 2, true],
      [3, "high", 1, false],
    ]);
  });

  test("among equals the one with more chains comes first, and then names decide", () => {
    const result = chained(
      3,
      [DENIAL, FORK],
      [
        { control: IN, judged: [0, 1, 2], failed: [0, 1, 2] },
        { control: DOWN, judged: [0, 1, 2], failed: [0, 1, 2] },
        { control: RUN, judged: [0, 1, 2], failed: [2] },
        { control: NODE, judged: [0, 1, 2] },
        { control: NET, judged: [0, 1, 2] },
      ],
    );
    expect(result.attack.workloads.map(({ resource }) => resource)).toEqual([2, 0, 1]);
  });
});

describe("the fix", () => {
  const set = { kind: "set", path: "spec", value: 1 } as const;
  const withFix = (control: string, fixes: Finding["fixes"] = [set], resource = 0): Evaluation["findings"][number] => ({
    ...sampleFinding(control, resource),
    fixes,
  });
  const everything: readonly SampleControl[] = [IN, DOWN, RUN, NODE, NET].map((control) => ({ control, judged: [0] }));

  test("is the one that breaks the most chains", () => {
    const result = chained(1, [DENIAL, FORK], everything, {
      findings: ["C-1", "C-2", "C-3", "C-4", "C-5"].map((control) => withFix(control)),
    });
    expect(chainTexts(result)).toHaveLength(3);
    expect(fixOf(result)).toEqual(["C-1 on 0"]);
    expect(result.attack.workloads[0]?.fix.breaks).toBe(3);
  });

  test("is something that can be done, before what has no fix", () => {
    const result = chained(1, [DENIAL, FORK], everything, {
      findings: [
        withFix("C-1", [{ kind: "none", reason: "not here" }]),
        ...["C-2", "C-3", "C-4", "C-5"].map((control) => withFix(control)),
      ],
    });
    expect(fixOf(result)).toEqual(["C-3 on 0"]);
    expect(result.attack.workloads[0]?.fix.breaks).toBe(2);
  });

  test("is all that opens a step: one finding of two would leave it open", () => {
    const memory = stands("C-6", 8, "denial/Down");
    const result = chained(1, [DENIAL], [...everything, { control: memory, judged: [0] }], {
      findings: [withFix("C-1", [{ kind: "none", reason: "not here" }]), withFix("C-2"), withFix("C-6")],
    });
    expect(fixOf(result)).toEqual(["C-2 on 0", "C-6 on 0"]);
    expect(result.attack.workloads[0]?.fix.breaks).toBe(1);
  });

  test("does not count on a step of which nobody would know that it is closed", () => {
    // Without the finding of C-3 the image's vulnerabilities would still be unknown, and the chains behind it possible.
    const result = chained(1, [IMAGE], everything, {
      findings: [withFix("C-1", [{ kind: "none", reason: "not here" }]), withFix("C-3"), withFix("C-4"), withFix("C-5")],
    });
    expect(chainTexts(result)).toEqual(["image: In > Run > Node", "image: In > Run > Net"]);
    expect(fixOf(result)).toEqual(["C-4 on 0"]);
    expect(result.attack.workloads[0]?.fix.breaks).toBe(1);
  });

  test("breaks a known chain rather than a possible one", () => {
    const result = chained(1, [DENIAL, IMAGE], everything, {
      findings: [
        withFix("C-1", [{ kind: "none", reason: "not here" }]),
        { ...withFix("C-4"), edit: { file: "app.yaml", replacements: [], diff: "" } },
        withFix("C-2", [{ kind: "choose", question: "which" }]),
      ],
    });
    expect(chainTexts(result)).toEqual(["denial: In > Down", "image: In > Run? > Node"]);
    expect(fixOf(result)).toEqual(["C-2 on 0"]);
  });

  test("with an edit at hand comes before one to be decided", () => {
    const edit = { file: "app.yaml", replacements: [], diff: "" };
    const result = chained(1, [DENIAL], everything, {
      findings: [withFix("C-1", [{ kind: "choose", question: "which" }]), { ...withFix("C-2"), edit }],
    });
    expect(fixOf(result)).toEqual(["C-2 on 0"]);
  });
});
