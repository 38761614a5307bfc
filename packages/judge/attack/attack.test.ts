// The expected chains were worked out by hand from docs/concepts/attack-tracks.md.
import type { Control, Evaluation, Finding, KubernetesObject } from "@holdfast/core";
import { describe, expect, test } from "vitest";
import { attack as attackOf } from "./attack.ts";
import {
  chained,
  chainTexts,
  DENIAL,
  DOWN,
  fixOf,
  FORK,
  IMAGE,
  IN,
  judged,
  NET,
  NODE,
  RUN,
  statuses,
  type Judged,
} from "./sample-attack.ts";
import { sampleEvaluation, sampleFinding, sampleProblem, sampleResource, type SampleControl } from "../sample-evaluation.ts";

describe("chains", () => {
  const three = chained(
    3,
    [DENIAL],
    [
      { control: IN, judged: [0, 1, 2], failed: [0, 2] },
      { control: DOWN, judged: [0, 1, 2], failed: [0, 1] },
    ],
  );

  test("need every step on the way: what is not exposed, and what is only exposed, has none", () => {
    expect(three.attack.workloads.map(({ resource }) => resource)).toEqual([0]);
    expect(chainTexts(three)).toEqual(["denial: In > Down"]);
  });

  test("say how bad, how long and how far", () => {
    expect(three.attack.workloads[0]).toMatchObject({ severity: "high", length: 2, exposed: true, chains: 1, known: 1 });
    expect(three.attack.workloads[0]?.tracks[0]).toMatchObject({ track: 0, depth: 2 });
    expect(statuses(three)).toEqual(["reached", "reached"]);
    expect(three.attack.tracks).toEqual([
      {
        name: "denial",
        length: 2,
        steps: [
          { name: "In", after: null, checksVulnerabilities: false, controls: ["C-1"] },
          { name: "Down", after: 0, checksVulnerabilities: false, controls: ["C-2"] },
        ],
      },
    ]);
  });

  test("end where nothing further is open, and split where a track does", () => {
    const both = chained(
      1,
      [FORK],
      [
        { control: IN, judged: [0], failed: [0] },
        { control: RUN, judged: [0], failed: [0] },
        { control: NODE, judged: [0], failed: [0] },
        { control: NET, judged: [0], failed: [0] },
      ],
    );
    expect(chainTexts(both)).toEqual(["fork: In > Run > Node", "fork: In > Run > Net"]);
    const short = chained(
      1,
      [FORK],
      [
        { control: IN, judged: [0], failed: [0] },
        { control: RUN, judged: [0], failed: [0] },
        { control: NODE, judged: [0], failed: [] },
        { control: NET, judged: [0], failed: [] },
      ],
    );
    expect(chainTexts(short)).toEqual(["fork: In > Run"]);
    expect(short.attack.workloads[0]?.tracks[0]?.depth).toBe(2);
  });

  test("break at a step that is closed, and the open step behind it is shown as open, not reached", () => {
    const result = chained(
      1,
      [DENIAL, FORK],
      [
        { control: IN, judged: [0], failed: [0] },
        { control: DOWN, judged: [0], failed: [0] },
        { control: RUN, judged: [0], failed: [] },
        { control: NODE, judged: [0], failed: [0] },
        { control: NET, judged: [0], failed: [] },
      ],
    );
    expect(chainTexts(result)).toEqual(["denial: In > Down"]);
    expect(result.attack.workloads[0]?.tracks.map(({ track }) => track)).toEqual([0]);
  });

  test("there are none without tracks", () => {
    expect(chained(1, [], [{ control: IN, judged: [0], failed: [0] }]).attack).toEqual({ tracks: [], workloads: [] });
  });
});

describe("absence of data is not health", () => {
  const opened: readonly SampleControl[] = [
    { control: IN, judged: [0], failed: [0] },
    { control: NODE, judged: [0], failed: [0] },
    { control: NET, judged: [0], failed: [] },
  ];

  test("a step that checks vulnerabilities is unknown, and breaks no chain", () => {
    const result = chained(1, [IMAGE], [...opened, { control: RUN, judged: [0], failed: [] }]);
    expect(chainTexts(result)).toEqual(["image: In > Run? > Node"]);
    expect(statuses(result)).toEqual(["reached", "unknown", "open", "broken"]);
    expect(result.attack.workloads[0]).toMatchObject({ length: 2, chains: 1, known: 0 });
    expect(result.attack.workloads[0]?.tracks[0]).toMatchObject({ depth: 1 });
    expect(result.attack.workloads[0]?.tracks[0]?.steps[1]).toEqual({ status: "unknown", findings: [], why: "image-vulnerabilities" });
  });

  test("a finding opens it all the same", () => {
    const result = chained(1, [IMAGE], [...opened, { control: RUN, judged: [0], failed: [0] }]);
    expect(statuses(result)).toEqual(["reached", "reached", "reached", "broken"]);
    expect(result.attack.workloads[0]).toMatchObject({ known: 1 });
  });

  test("a step that no control stands in the way of is unknown", () => {
    const result = chained(1, [FORK], opened);
    expect(chainTexts(result)).toEqual(["fork: In > Run? > Node"]);
    expect(result.attack.workloads[0]?.tracks[0]?.steps[1]).toMatchObject({ why: "no-control" });
  });

  const notJudged: readonly (readonly [string, readonly SampleControl[]])[] = [
    ["was skipped for want of input", [{ control: RUN, skips: [{ reason: "needs-input", input: "cloud" }] }]],
    ["was left out", [{ control: RUN, skips: [{ reason: "excluded" }] }]],
    ["found no object to judge", [{ control: RUN, skips: [{ reason: "no-match" }] }]],
    ["failed", [{ control: RUN, judged: [0], errors: [0] }]],
    ["judged other workloads", [{ control: RUN, judged: [1] }]],
    ["was not selected", []],
  ];
  test.each(notJudged)("a step whose control %s is unknown", (_why, run) => {
    const result = chained(2, [FORK], [...opened, ...run], {
      problems: [sampleProblem()],
      allControls: [IN, RUN, NODE, NET],
    });
    expect(result.attack.workloads[0]?.tracks[0]?.steps[1]).toEqual({
      status: "unknown",
      findings: [],
      why: "not-judged",
      notJudged: ["C-3"],
    });
    expect(chainTexts(result)).toEqual(["fork: In > Run? > Node"]);
  });

  const judgedAll: readonly (readonly [string, SampleControl])[] = [
    ["judged it and found nothing", { control: RUN, judged: [0] }],
    ["can't apply", { control: RUN, skips: [{ reason: "not-applicable" }] }],
  ];
  test.each(judgedAll)("a step whose control %s is broken", (_why, run) => {
    expect(chained(1, [FORK], [...opened, run]).attack.workloads).toEqual([]);
  });

  test("a control that judges no workload at all speaks for every one of them", () => {
    const account = sampleResource({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "other" } });
    const evaluation = sampleEvaluation(1, [...opened, { control: RUN, judged: [1] }], { attackTracks: [FORK] });
    expect(judged({ ...evaluation, resources: [...evaluation.resources, account] }).attack.workloads).toEqual([]);
  });
});

describe("what a finding is about", () => {
  const workload = (kind: string, name: string, spec: KubernetesObject, owner?: { kind: string; name: string }): KubernetesObject => ({
    apiVersion: kind === "Pod" ? "v1" : "apps/v1",
    kind,
    metadata: { name, namespace: "shop", ...(owner === undefined ? {} : { ownerReferences: [{ ...owner, controller: true }] }) },
    spec: kind === "Pod" ? spec : { template: { spec } },
  });
  const spec = (account?: string): KubernetesObject => ({
    containers: [{ name: "main", image: "app:1" }],
    ...(account === undefined ? {} : { serviceAccountName: account }),
  });
  const about = (
    objects: readonly KubernetesObject[],
    findings: Evaluation["findings"],
    controls: readonly Control[] = [IN, DOWN],
  ): Judged =>
    judged({
      ...sampleEvaluation(
        0,
        controls.map((control) => ({ control, judged: objects.map((_, place) => place) })),
        { attackTracks: [DENIAL] },
      ),
      resources: objects.map((object) => sampleResource(object)),
      findings,
    });

  test("pods and replica sets count as the deployment that made them", () => {
    const result = about(
      [
        workload("Pod", "web-1-a", spec(), { kind: "ReplicaSet", name: "web-1" }),
        workload("ReplicaSet", "web-1", spec(), { kind: "Deployment", name: "web" }),
        workload("Deployment", "web", spec()),
      ],
      [sampleFinding("C-1", 0), sampleFinding("C-2", 1)],
    );
    expect(result.attack.workloads.map(({ resource }) => resource)).toEqual([2]);
    expect(chainTexts(result)).toEqual(["denial: In > Down"]);
  });

  test("objects that say they made each other count by themselves", () => {
    const result = about(
      [
        workload("Deployment", "a", spec(), { kind: "Deployment", name: "b" }),
        workload("Deployment", "b", spec(), { kind: "Deployment", name: "a" }),
      ],
      [sampleFinding("C-1", 0), sampleFinding("C-2", 0), sampleFinding("C-1", 1)],
    );
    expect(result.attack.workloads.map(({ resource }) => resource)).toEqual([0]);
  });

  test("a finding on another object is about the workloads that take part in it", () => {
    const service = { apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "shop" } };
    const result = about(
      [service, workload("Deployment", "web", spec()), workload("Deployment", "other", spec())],
      [{ ...sampleFinding("C-1", 0), related: [1] }, sampleFinding("C-2", 1), sampleFinding("C-2", 2)],
    );
    expect(result.attack.workloads.map(({ resource }) => resource)).toEqual([1]);
    expect(fixOf(result)).toEqual(["C-1 on 0"]);
  });

  test("a finding on a workload is about no other that takes part in it", () => {
    const objects = [workload("Deployment", "web", spec()), workload("Deployment", "other", spec())];
    const result = about(objects, [{ ...sampleFinding("C-1", 0), related: [1] }, sampleFinding("C-2", 0), sampleFinding("C-2", 1)]);
    expect(result.attack.workloads.map(({ resource }) => resource)).toEqual([0]);
  });

  test("a finding on an account is about what runs as it in its namespace", () => {
    const account = (name: string, namespace = "shop"): KubernetesObject => ({ kind: "ServiceAccount", metadata: { name, namespace } });
    const objects = [
      account("robot"),
      account("default"),
      account("robot", "elsewhere"),
      workload("Deployment", "web", spec("robot")),
      workload("Pod", "job", spec()),
    ];
    const chainsWith = (place: number): readonly (number | undefined)[] =>
      about(objects, [sampleFinding("C-1", place), sampleFinding("C-2", 3), sampleFinding("C-2", 4)]).attack.workloads.map(
        ({ resource }) => resource,
      );
    expect(chainsWith(0)).toEqual([3]);
    expect(chainsWith(1)).toEqual([4]);
    expect(chainsWith(2)).toEqual([]);
  });

  test("jobs of a schedule and kinds that nobody foresaw are workloads when they run pods", () => {
    const cron = { kind: "CronJob", metadata: { name: "nightly" }, spec: { jobTemplate: { spec: { template: { spec: spec() } } } } };
    const rollout = { apiVersion: "example.com/v1", kind: "Rollout", metadata: { name: "web" }, spec: { template: { spec: spec() } } };
    const none = { kind: "Widget", metadata: { name: "w" }, spec: { containers: 3, template: null } };
    const result = about(
      [cron, rollout, none],
      [0, 1, 2].flatMap((place) => [sampleFinding("C-1", place), sampleFinding("C-2", place)]),
    );
    expect(result.attack.workloads.map(({ resource }) => resource)).toEqual([0, 1]);
  });
});

test("an accepted finding opens nothing, and the step is shown as accepted", () => {
  // Judgement accepts nothing yet, so the list of findings is changed behind it.
  const evaluation = sampleEvaluation(
    1,
    [
      { control: IN, judged: [0], failed: [0] },
      { control: DOWN, judged: [0], failed: [0] },
      { control: RUN, judged: [0], failed: [0] },
      { control: NODE, judged: [0] },
      { control: NET, judged: [0] },
    ],
    { attackTracks: [FORK, DENIAL] },
  );
  const { findings } = judged(evaluation);
  const accepted = findings.map((finding): Finding => (finding.control === "C-2" ? { ...finding, status: "accepted" } : finding));
  const result = { attack: attackOf(evaluation, accepted), findings: accepted };
  expect(chainTexts(result)).toEqual(["fork: In > Run"]);
});
