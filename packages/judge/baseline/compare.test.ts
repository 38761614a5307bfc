import { describe, expect, test } from "vitest";
import type { ComparedFinding, Comparison, Result } from "@holdfast/core";
import { judgeGates } from "../gates/judge-gates.ts";
import { scanEstate, type SampleEstate, type SampleScan } from "../testing/sample-estate.ts";
import { baselineOf, compareScans, daysBetween } from "./compare.ts";
import { liesIn } from "./covered-files.ts";
import { resultView } from "./result-view.ts";

const ESTATE: SampleEstate = {
  files: [
    { file: "apps/a/one.yaml", pods: [{ name: "one", faults: ["C-1"] }] },
    { file: "apps/b/two.yaml", pods: [{ name: "two", faults: ["C-1", "C-2"] }] },
  ],
  controls: ["C-1", "C-2"],
  frameworks: [],
};

function compared(now: Result, then: Result): Comparison {
  const [view, old] = [resultView(now), resultView(then)];
  return { baseline: baselineOf("old.json", old, view), ...compareScans(view, old) };
}

function told({ findings }: Comparison): readonly string[] {
  return findings.map(
    ({ status, control, resource, reason, side }: ComparedFinding) =>
      `${status} ${control} ${resource.name}${reason === undefined ? "" : ` ${reason} ${side}`}`,
  );
}

function withFaults(faults: Readonly<Record<string, readonly string[]>>, estate: SampleEstate = ESTATE): SampleEstate {
  return {
    ...estate,
    files: estate.files.map(({ file, pods }) => ({
      file,
      pods: pods.map((pod) => ({ name: pod.name, faults: faults[pod.name] ?? pod.faults })),
    })),
  };
}

/** What is told when the first scan is the baseline of the second one. */
function between(then: readonly [SampleEstate, SampleScan?], now: readonly [SampleEstate, SampleScan?]): readonly string[] {
  return told(compared(scanEstate(now[0], now[1] ?? {}), scanEstate(then[0], then[1] ?? {})));
}

test("new, resolved and unchanged", () => {
  expect(between([ESTATE], [withFaults({ one: ["C-2"], two: ["C-1"] })])).toEqual([
    "new C-2 one",
    "resolved C-1 one",
    "resolved C-2 two",
    "unchanged C-1 two",
  ]);
});

test("a file that moves changes nothing; one that is new or gone among what is scanned is compared", () => {
  const moved = { ...ESTATE, files: ESTATE.files.map((file) => ({ ...file, file: `elsewhere/${file.file}` })) };
  expect(between([ESTATE], [moved]).every((line) => line.startsWith("unchanged"))).toBe(true);
  const [first] = ESTATE.files;
  const less = { ...ESTATE, files: first === undefined ? [] : [first] };
  expect(between([ESTATE], [less])).toEqual(["resolved C-1 two", "resolved C-2 two", "unchanged C-1 one"]);
  expect(between([less], [ESTATE])).toEqual(["new C-1 two", "new C-2 two", "unchanged C-1 one"]);
});

describe("what one scan did not look at is incomparable", () => {
  test.each<[string, SampleScan, readonly string[]]>([
    [
      "other paths",
      { roots: ["apps/a"] },
      ["incomparable C-1 two input-not-covered-now then", "incomparable C-2 two input-not-covered-now then"],
    ],
    [
      "a file that could not be read",
      { lost: ["apps/b/two.yaml"] },
      ["incomparable C-1 two input-lost-now then", "incomparable C-2 two input-lost-now then"],
    ],
    [
      "a file that is ignored",
      { ignored: ["apps/b/two.yaml"] },
      ["incomparable C-1 two input-ignored-now then", "incomparable C-2 two input-ignored-now then"],
    ],
    ["a control that was not asked for", { controls: ["C-1"] }, ["incomparable C-2 two control-not-judged-now then"]],
    ["a control whose evaluation failed", { failing: ["C-2"] }, ["incomparable C-2 two errored-now then"]],
  ])("%s", (_, scan, wanted) => {
    expect(between([ESTATE], [ESTATE, scan]).filter((line) => line.startsWith("incomparable"))).toEqual(wanted);
    // The other way round the same findings are there now, and the baseline did not look.
    const turned = wanted.map((line) => line.replace(/-now then$/u, "-then now"));
    expect(between([ESTATE, scan], [ESTATE]).filter((line) => line.startsWith("incomparable"))).toEqual(turned);
  });

  test("a rule that changed, but only for what is new or gone", () => {
    const other = withFaults({ one: [], two: ["C-2"] });
    expect(between([ESTATE], [other, { digests: { "C-1": "other" } }])).toEqual([
      "incomparable C-1 one rule-changed then",
      "incomparable C-1 two rule-changed then",
      "unchanged C-2 two",
    ]);
    expect(between([ESTATE], [other, { library: "other" }])).toEqual(["resolved C-1 one", "resolved C-1 two", "unchanged C-2 two"]);
  });
});

describe("what was rendered from a file", () => {
  const unit = { kind: "overlay", name: "apps/prod", file: "apps/prod/kustomization.yaml", resources: 1, problems: 0 };
  const rendered = [{ ...unit, files: ["apps/b/two.yaml", "apps/prod/kustomization.yaml"] }];

  /** The estate without pod two, while an input of this name is lost. */
  function losing(file: string, more: Partial<Result["inputs"]> = {}): Result {
    const [first] = ESTATE.files;
    const result = scanEstate({ ...ESTATE, files: first === undefined ? [] : [first] });
    const lost = { file, loader: "kustomize", documents: 1, resources: 0, notKubernetes: 0, lost: 1 };
    return { ...result, inputs: { ...result.inputs, files: [...result.inputs.files, lost], ...more } };
  }

  const LOST = ["incomparable C-1 two input-lost-now then", "incomparable C-2 two input-lost-now then"];

  test("is not resolved where it could not be rendered now", () => {
    const then = scanEstate(ESTATE, { rendered });
    // Its files are known in this scan, or in the other one only, or by the folder of the chart.
    const now = losing(unit.file, { rendered: rendered.map((one) => ({ ...one, resources: 0, problems: 1 })) });
    expect(told(compared(now, then)).slice(0, 2)).toEqual(LOST);
    expect(told(compared(losing(unit.file), then)).slice(0, 2)).toEqual(LOST);
    expect(
      told(compared(losing("apps/b", { rendered: [{ ...unit, file: "apps/b", files: [] }] }), scanEstate(ESTATE))).slice(0, 2),
    ).toEqual(LOST);
    expect(compared(now, then).findings[0]?.why).toContain("apps/prod/kustomization.yaml, which it is part of, could not be rendered");
    expect(judgeGates({ failOnNew: true }, { ...now, comparison: compared(now, then) })).toMatchObject([{ outcome: "no-data" }]);
  });

  test("nor where it may have been moved into a file that could not be read; what was lost then already says nothing of it", () => {
    const then = scanEstate(ESTATE);
    expect(told(compared(losing("apps/b/new.yaml"), then)).slice(0, 2)).toEqual(LOST);
    const old = { ...then, inputs: { ...then.inputs, files: losing("apps/x.yaml").inputs.files } };
    expect(told(compared(losing("apps/x.yaml"), old)).slice(0, 2)).toEqual(["resolved C-1 two", "resolved C-2 two"]);
  });
});

describe("objects that were not chosen", () => {
  const NONE = { included: [], excluded: [] };

  /** The result as it is when pod two was left out by a choice of objects. */
  function withoutTwo(result: Result): Result {
    const two = result.resources.findIndex(({ name }) => name === "two");
    return {
      ...result,
      inputs: { ...result.inputs, selection: { namespaces: NONE, kinds: NONE, selector: "app=one" } },
      resources: result.resources.map((resource, place) =>
        place === two ? { ...resource, status: "skipped" as const, findings: 0 } : resource,
      ),
      verdicts: result.verdicts.filter(({ resource }) => resource !== two),
      findings: result.findings.filter(({ resource }) => resource !== two),
    };
  }

  test("are incomparable on either side, and only they", () => {
    const whole = scanEstate(ESTATE);
    const part = withoutTwo(whole);
    const side = (when: string): readonly string[] => [
      `incomparable C-1 two input-not-covered-${when}`,
      `incomparable C-2 two input-not-covered-${when}`,
    ];
    expect(told(compared(part, whole))).toEqual([...side("now then"), "unchanged C-1 one"]);
    expect(told(compared(whole, part))).toEqual([...side("then now"), "unchanged C-1 one"]);
    const mended = withoutTwo(scanEstate(withFaults({ one: [] })));
    expect(told(compared(mended, whole))).toEqual([...side("now then"), "resolved C-1 one"]);
  });

  test("of a cluster too, where what is not chosen is not read; what both left alike is gone", () => {
    const [one, two] = ESTATE.files.map((file) => ({ ...ESTATE, files: [file] }));
    if (one === undefined || two === undefined) throw new Error("the estate has less");
    const choosing = (excluded: readonly string[], estate: SampleEstate): Result => {
      const result = scanEstate(estate, { roots: ["."] });
      return {
        ...result,
        inputs: { ...result.inputs, kind: "cluster", selection: { namespaces: { included: [], excluded: [...excluded] }, kinds: NONE } },
      };
    };
    const then = choosing(["other"], ESTATE);
    expect(told(compared(choosing(["shop"], one), then)).slice(0, 1)).toEqual(["incomparable C-1 two input-not-covered-now then"]);
    expect(told(compared(choosing(["other"], one), then)).slice(0, 1)).toEqual(["resolved C-1 two"]);
  });

  test("are no data for gates on new findings", () => {
    const whole = scanEstate(ESTATE);
    const part = withoutTwo(whole);
    const result = { ...part, comparison: compared(part, whole) };
    for (const request of [{ failOnNew: true }, { newOnly: true, severityThreshold: "medium" as const }])
      expect(judgeGates(request, result)).toMatchObject([{ outcome: "no-data" }]);
    expect(judgeGates({ newOnly: true, severityThreshold: "high" }, result)).toMatchObject([{ outcome: "holds" }]);
  });
});

describe("gates", () => {
  function gate(now: Result, then: Result): readonly (readonly [string, string])[] {
    const comparison = compared(now, then);
    return judgeGates({ failOnNew: true, newOnly: true, severityThreshold: "medium" }, { ...now, comparison }).map(
      ({ gate: name, outcome }) => [name, outcome],
    );
  }

  test("new findings breach, old ones do not", () => {
    const old = scanEstate(ESTATE);
    expect(gate(old, old)).toEqual([
      ["severity-threshold", "holds"],
      ["fail-on-new", "holds"],
    ]);
    expect(gate(scanEstate(withFaults({ one: ["C-1", "C-2"] })), old)).toEqual([
      ["severity-threshold", "breached"],
      ["fail-on-new", "breached"],
    ]);
  });

  test("what can't be compared is no data", () => {
    const old = scanEstate(ESTATE);
    expect(gate(old, scanEstate(ESTATE, { controls: ["C-1"] }))).toEqual([
      ["severity-threshold", "no-data"],
      ["fail-on-new", "no-data"],
    ]);
    // Who looks at less finds nothing new.
    expect(gate(scanEstate(ESTATE, { roots: ["apps/a"] }), old)).toEqual([
      ["severity-threshold", "no-data"],
      ["fail-on-new", "no-data"],
    ]);
  });
});

test("what can't be read now, and could be then or was not there, may hold what is new: gates on new findings have no data", () => {
  const old = scanEstate(ESTATE);
  const third = { ...ESTATE, files: [...ESTATE.files, { file: "apps/c/three.yaml", pods: [{ name: "three", faults: ["C-1"] }] }] };
  const now = scanEstate(third, { lost: ["apps/c/three.yaml"] });
  const gates = (one: Result, other: Result): readonly string[] =>
    judgeGates({ failOnNew: true, newOnly: true, severityThreshold: "low" }, { ...one, comparison: compared(one, other) }).map(
      ({ outcome, message }) => `${outcome} ${message}`,
    );
  expect(compared(now, old).lost).toEqual(["apps/c/three.yaml"]);
  expect(gates(now, old)).toEqual([
    "no-data severity-threshold low of new findings: no data: new findings may be in what could not be read: apps/c/three.yaml",
    "no-data fail-on-new: no data: new findings may be in what could not be read: apps/c/three.yaml",
  ]);
  // What was lost then already is no news.
  expect(compared(now, now)).not.toHaveProperty("lost");
  expect(gates(now, now).every((text) => text.startsWith("holds"))).toBe(true);
  expect(compared(old, now)).not.toHaveProperty("lost");
});

test("accepted findings are told as such, whatever they were, and one that is accepted no more is new", () => {
  const open = scanEstate(ESTATE);
  const accepting: Result = {
    ...open,
    findings: open.findings.map((finding) => (finding.control === "C-2" ? { ...finding, status: "accepted" as const } : finding)),
  };
  expect(told(compared(accepting, open))).toEqual(["accepted C-2 two", "unchanged C-1 one", "unchanged C-1 two"]);
  expect(compared(open, accepting).findings[0]).toMatchObject({ status: "new", control: "C-2", was: "accepted" });
  expect(told(compared(scanEstate(withFaults({ two: ["C-1"] })), accepting))).toEqual([
    "resolved C-2 two",
    "unchanged C-1 one",
    "unchanged C-1 two",
  ]);
});

test("the age of a baseline is known where both times are", () => {
  expect(
    compared(scanEstate(ESTATE, { time: "2026-01-13T00:00:00Z" }), scanEstate(ESTATE, { time: "2026-01-01T12:00:00Z" })).baseline,
  ).toMatchObject({ ageDays: 11, time: "2026-01-01T12:00:00Z" });
  expect(compared(scanEstate(ESTATE), scanEstate(ESTATE)).baseline).toEqual({ file: "old.json", form: "holdfast", notes: [] });
  expect(daysBetween("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z")).toBe(0);
  expect(daysBetween("yesterday", "2026-01-01T00:00:00Z")).toBeNull();
});

test.each([
  ["a/b.yaml", "a", true],
  ["./a/b.yaml", "a/", true],
  ["a/b.yaml", "./", true],
  ["ab/c.yaml", "a", false],
  ["a", "a/b", false],
  ["../x.yaml", ".", false],
  ["/abs/x.yaml", ".", false],
  ["/abs/x.yaml", "/abs", true],
  ["/abs/x.yaml", "/", true],
  ["-", ".", false],
  ["-", "-", true],
])("%s lies in %s: %s", (path, folder, wanted) => {
  expect(liesIn(path, folder)).toBe(wanted);
});
