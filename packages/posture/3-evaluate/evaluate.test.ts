import { describe, expect, test } from "vitest";
import { identityOf, type Control, type KubernetesObject, type Parameters, type Resource, type RuleDescription } from "@holdfast/core";
import type { EvaluationProblem, PreparedRule, RegoValue } from "@holdfast/rego";
import type { LoadedResource } from "../1-load/loaders/define.ts";
import type { SignatureFailure } from "../image-signatures/image-signatures.ts";
import type { CompiledLibrary, RuleProgram } from "../library/compiled-library.ts";
import { withCarriedObjects } from "./carried-objects.ts";
import { evaluate, type EvaluationOutcome } from "./evaluate.ts";
import { sampleControl } from "../testing/sample-control.ts";
import { sampleRule } from "../testing/sample-rule.ts";

const control = (id: string, rules: readonly string[]): Control => sampleControl(id, { rules });

function pod(name: string): KubernetesObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { name } };
}

function resource(object: KubernetesObject): Resource {
  return { ...identityOf(object), object, file: "a.yaml", line: 1 };
}

/** A rule that finds what a function says of each object. */
function finding(says: (object: KubernetesObject) => boolean): PreparedRule {
  return ({ input }) => ({
    problem: null,
    value: (input as unknown as readonly KubernetesObject[]).filter(says).map((object): RegoValue => ({
      alertMessage: "found",
      alertObject: { k8sApiObjects: [object as unknown as RegoValue] },
      failedPaths: ["metadata.name"],
      fixPaths: [{ path: "metadata.name", value: "b" }],
    })),
  });
}

function failing(problem: EvaluationProblem): PreparedRule {
  return () => ({ problem, value: undefined });
}

function libraryOf(
  rules: readonly RuleDescription[],
  controls: readonly Control[],
  programs: Readonly<Record<string, RuleProgram>>,
): CompiledLibrary {
  return {
    library: { controls, rules, frameworks: [], parameters: [], attackTracks: [], digest: "" },
    program: (name) => programs[name] ?? null,
  };
}

function run(
  rules: readonly RuleDescription[],
  programs: Readonly<Record<string, RuleProgram>>,
  controls: readonly Control[],
  objects: readonly KubernetesObject[],
  parameters: Parameters = {},
): EvaluationOutcome {
  return evaluate(libraryOf(rules, controls, programs), controls, objects.map(resource), parameters);
}

const named = (name: string) => finding((object) => identityOf(object).name === name);

test("a rule judges the objects of its kinds, and its receipt says how many", () => {
  const service = { apiVersion: "v1", kind: "Service", metadata: { name: "a" } };
  const outcome = run([sampleRule("r")], { r: { deny: named("a"), filter: null } }, [control("C-1", ["r"])], [service, pod("a"), pod("b")]);
  expect(outcome.controls[0]?.evaluations[0]).toEqual({
    receipt: { control: "C-1", rule: "r", digest: "d", given: 2, judged: 2, findings: 1 },
    judged: [1, 2],
  });
  expect(outcome.findings.map((one) => [one.control, one.resource])).toEqual([["C-1", 1]]);
});

test("a filter narrows what counts as judged", () => {
  const outcome = run([sampleRule("r")], { r: { deny: named("none"), filter: named("b") } }, [control("C-1", ["r"])], [pod("a"), pod("b")]);
  expect(outcome.controls[0]?.evaluations[0]?.judged).toEqual([1]);
});

test("a rule that serves two controls is evaluated once and found in both", () => {
  let evaluations = 0;
  const deny: PreparedRule = (options) => {
    evaluations++;
    return named("a")(options);
  };
  const outcome = run([sampleRule("r")], { r: { deny, filter: null } }, [control("C-1", ["r"]), control("C-2", ["r"])], [pod("a")]);
  expect(evaluations).toBe(1);
  expect(outcome.findings.map((one) => one.control)).toEqual(["C-1", "C-2"]);
});

test("the same object twice is two resources", () => {
  const outcome = run([sampleRule("r")], { r: { deny: named("a"), filter: null } }, [control("C-1", ["r"])], [pod("a"), pod("a")]);
  expect(outcome.findings.map((one) => one.resource)).toEqual([0, 1]);
});

test("the same object very often takes no longer than as many different ones", () => {
  // Compared with each other, so many would take minutes.
  const objects = Array.from({ length: 30_000 }, (_, at) => pod(at % 2 === 0 ? "" : "a"));
  const first = finding((object) => object === objects[0]);
  const outcome = run([sampleRule("r")], { r: { deny: first, filter: null } }, [control("C-1", ["r"])], objects);
  expect(outcome.findings.map((one) => one.resource)).toEqual(objects.flatMap((_, at) => (at % 2 === 0 ? [at] : [])));
  expect(outcome.controls[0]?.evaluations[0]?.judged).toHaveLength(objects.length);
}, 10_000);

test("an object that a rule built itself is known by its identity", () => {
  const deny: PreparedRule = () => ({
    problem: null,
    value: [{ alertMessage: "", alertObject: { k8sApiObjects: [{ apiVersion: "v1", kind: "Pod", metadata: { name: "b" } }] } }],
  });
  const outcome = run([sampleRule("r")], { r: { deny, filter: null } }, [control("C-1", ["r"])], [pod("a"), pod("b")]);
  expect(outcome.findings.map((one) => one.resource)).toEqual([1]);
});

describe("nothing passes without evidence", () => {
  test("no object of the rule's kinds: skipped, no match", () => {
    const outcome = run([sampleRule("r")], { r: { deny: named("a"), filter: null } }, [control("C-1", ["r"])], []);
    expect(outcome.controls[0]).toMatchObject({ evaluations: [], skips: [{ reason: "no-match", kinds: ["Pod"] }] });
  });

  test("an input that is not there: skipped, and it says which and who provides it", () => {
    const needs = sampleRule("r", {
      needs: "node-objects",
      kinds: [
        { group: "", kind: "Pod" },
        { group: "", kind: "Node" },
      ],
    });
    const outcome = run([needs], { r: { deny: named("a"), filter: null } }, [control("C-1", ["r"])], [pod("a")]);
    expect(outcome.controls[0]?.evaluations).toEqual([]);
    expect(outcome.controls[0]?.skips[0]).toMatchObject({ reason: "needs-input", input: "node-objects", kinds: ["Node"] });
    expect(outcome.controls[0]?.skips[0]?.providedBy).toContain("kubectl get nodes");
  });

  test("pods that are no API server: the control plane is still missing", () => {
    const needs = sampleRule("r", { needs: "control-plane-pods" });
    const outcome = run([needs], { r: { deny: named("none"), filter: named("kube-apiserver") } }, [control("C-1", ["r"])], [pod("a")]);
    expect(outcome.controls[0]?.skips[0]).toMatchObject({ reason: "needs-input", input: "control-plane-pods" });
  });

  test("a rule that fails: a problem with its place, and nothing judged", () => {
    const problem = { code: "eval_conflict_error", message: "two values", file: "library/rules/r/rule.rego", line: 3 };
    const outcome = run([sampleRule("r")], { r: { deny: failing(problem), filter: null } }, [control("C-1", ["r"])], [pod("a")]);
    expect(outcome.controls[0]).toMatchObject({ evaluations: [], errors: [0] });
    expect(outcome.problems[0]).toMatchObject({ code: "rule-failed", effect: "lost", file: "library/rules/r/rule.rego", line: 3 });
  });

  test("a rule that the library lacks: a problem", () => {
    const outcome = run([], {}, [control("C-1", ["r"])], [pod("a")]);
    expect(outcome.problems[0]).toMatchObject({ code: "rule-missing" });
  });

  test("findings that name no object: a problem, not a pass", () => {
    const deny: PreparedRule = () => ({ problem: null, value: ["just a text"] });
    const outcome = run([sampleRule("r")], { r: { deny, filter: null } }, [control("C-1", ["r"])], [pod("a")]);
    expect(outcome.controls[0]?.evaluations).toEqual([]);
    expect(outcome.problems[0]?.cause).toContain("name no object");
  });
});

test("subjects of bindings become resources without a file, one for each identity, and know their binding and role", () => {
  const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata: { name: "r", namespace: "n" }, rules: [] };
  const binding = (name: string) => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name, namespace: "n" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "r" },
    subjects: [{ kind: "Group", name: "dev", apiGroup: "rbac.authorization.k8s.io" }],
  });
  const rbac = sampleRule("r", {
    aggregate: "subject-role-rolebinding",
    kinds: ["Role", "RoleBinding"].map((kind) => ({ group: "rbac.authorization.k8s.io", kind })),
  });
  const outcome = run(
    [rbac],
    { r: { deny: finding(() => true), filter: null } },
    [control("C-1", ["r"])],
    [role, binding("one"), binding("two")],
  );
  expect(outcome.resources[3]).toMatchObject({ kind: "Group", name: "dev", file: null });
  expect(outcome.resources).toHaveLength(4);
  expect(outcome.controls[0]?.evaluations[0]?.judged).toEqual([3]);
  expect(outcome.findings.map(({ resource, related }) => [resource, related])).toEqual([
    [3, [1, 0]],
    [3, [2, 0]],
  ]);
});

test("paths in what a subject carries become paths in the binding and the role", () => {
  const finding = {
    message: "",
    object: { kind: "Group", relatedObjects: [{ kind: "RoleBinding" }, { kind: "Role" }] },
    named: [],
    failedPaths: ["relatedObjects[1].rules[0].verbs[0]", "relatedObjects[0].subjects[1]", "name"],
    reviewPaths: ["relatedObjects[0].roleRef.name"],
    deletePaths: [],
    fixes: [],
    related: [],
  };
  expect(withCarriedObjects(finding)).toMatchObject({
    failedPaths: ["name"],
    reviewPaths: [],
    related: [
      { object: { kind: "RoleBinding" }, failedPaths: ["subjects[1]"], reviewPaths: ["roleRef.name"] },
      { object: { kind: "Role" }, failedPaths: ["rules[0].verbs[0]"], reviewPaths: [] },
    ],
  });
});

test("a binding to a role that was not scanned is told once, and takes nothing from coverage", () => {
  const binding = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: "b", namespace: "n" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "not-here" },
    subjects: [{ kind: "Group", name: "dev", apiGroup: "rbac.authorization.k8s.io" }],
  };
  const kinds = [{ group: "rbac.authorization.k8s.io", kind: "RoleBinding" }];
  const rules = [
    sampleRule("r", { aggregate: "subject-role-rolebinding", kinds }),
    sampleRule("s", { aggregate: "subject-role-rolebinding", kinds: [...kinds, { group: "*", kind: "Role" }] }),
  ];
  const program = { deny: named("none"), filter: null };
  const outcome = run(rules, { r: program, s: program }, [control("C-1", ["r", "s"])], [binding]);
  expect(outcome.problems).toHaveLength(1);
  expect(outcome.problems[0]).toMatchObject({
    code: "role-unknown",
    effect: "degraded",
    subject: "RoleBinding n/b",
    file: "a.yaml",
    line: 1,
  });
  expect(outcome.problems[0]?.cause).toContain("ClusterRole not-here");
});

test("equal objects are one in a rule's set of findings, and yet every resource has its own", () => {
  const asSet: PreparedRule = (options) => {
    const { value } = finding(() => true)(options);
    return { problem: null, value: (value as readonly RegoValue[]).slice(0, 1) };
  };
  const outcome = run([sampleRule("r")], { r: { deny: asSet, filter: asSet } }, [control("C-1", ["r"])], [pod("a"), pod("a"), pod("a")]);
  expect(outcome.findings.map((one) => one.resource)).toEqual([0, 1, 2]);
  expect(outcome.controls[0]?.evaluations[0]?.judged).toEqual([0, 1, 2]);
});

test("a rule that another of the control superseded is not evaluated, and is where it stands alone", () => {
  const rules = [sampleRule("old", { supersededBy: "new" }), sampleRule("new")];
  const programs = { old: { deny: named("a"), filter: null }, new: { deny: named("b"), filter: null } };
  const outcome = run(rules, programs, [control("C-1", ["old", "new"]), control("C-2", ["old"])], [pod("a"), pod("b")]);
  expect(outcome.findings.map((one) => [one.control, one.rule, one.resource])).toEqual([
    ["C-1", "new", 1],
    ["C-2", "old", 0],
  ]);
});

describe("nothing is judged where it cannot apply", () => {
  test("what only a person can judge: skipped, and it says so", () => {
    const manual = sampleRule("r", { kinds: [], needs: "manual" });
    const outcome = run([manual], { r: { deny: named("a"), filter: null } }, [control("C-1", ["r"])], [pod("a")]);
    expect(outcome.controls[0]?.skips[0]).toMatchObject({ reason: "needs-input", input: "manual" });
    expect(outcome.controls[0]?.skips[0]?.providedBy).toContain("a person");
  });

  test("a rule that its parameters make: skipped while they are empty, judged when one is set", () => {
    const listed = sampleRule("r", { needs: "parameters", parameters: ["allowed", "denied"] });
    const programs = { r: { deny: named("a"), filter: null } };
    const empty = run([listed], programs, [control("C-1", ["r"])], [pod("a")], { allowed: [], denied: [] });
    expect(empty.controls[0]?.skips[0]).toMatchObject({ reason: "needs-input", input: "parameters", detail: "it reads allowed or denied" });
    expect(run([listed], programs, [control("C-1", ["r"])], [pod("a")], { allowed: [], denied: ["x"] }).findings).toHaveLength(1);
  });

  const eks = sampleRule("r", { clouds: ["EKS"] });
  const node = { apiVersion: "v1", kind: "Node", metadata: { name: "n" } };
  test.each([
    ["nothing shows the provider", [pod("a")], { reason: "needs-input", input: "cloud" }],
    [
      "the cluster is another provider's",
      [pod("a"), { apiVersion: "management.azure.com/v1", kind: "ClusterDescribe" }],
      { reason: "not-applicable" },
    ],
    ["the nodes are of no managed cluster", [pod("a"), node], { reason: "not-applicable" }],
  ])("a rule about one provider's clusters, where %s: skipped", (_, objects, skip) => {
    const outcome = run([eks], { r: { deny: named("a"), filter: null } }, [control("C-1", ["r"])], objects);
    expect(outcome.controls[0]?.skips).toMatchObject([skip]);
    expect(outcome.findings).toEqual([]);
  });

  test("a rule about one provider's clusters judges them", () => {
    const objects = [pod("a"), { apiVersion: "eks.amazonaws.com/v1", kind: "ClusterDescribe" }];
    const outcome = run([eks], { r: { deny: named("a"), filter: null } }, [control("C-1", ["r"])], objects);
    expect(outcome.findings).toHaveLength(1);
  });

  const info = { group: "hostdata.kubescape.cloud", kind: "ControlPlaneInfo" };
  const onFiles = sampleRule("r", { kinds: [info], needs: "host-data", layout: "kubeadm" });
  const k3s = { ...node, status: { nodeInfo: { kubeletVersion: "v1.31.2+k3s1" } } };
  const report = { apiVersion: "hostdata.kubescape.cloud/v1beta0", kind: "ControlPlaneInfo", metadata: { name: "a" } };
  test.each([
    ["there is no node to see it by", [pod("a")], { reason: "needs-input", input: "host-data" }],
    ["a node may be kubeadm's", [k3s, node], { reason: "needs-input", input: "host-data" }],
    [
      "no node can have them",
      [k3s],
      { reason: "not-applicable", detail: "r is about files where kubeadm puts them; the nodes are of k3s" },
    ],
  ])("a rule about files that distributions lack, where %s: skipped", (_, objects, skip) => {
    const outcome = run([onFiles], { r: { deny: named("a"), filter: null } }, [control("C-1", ["r"])], objects);
    expect(outcome.controls[0]?.skips).toMatchObject([skip]);
  });

  test("a file that is reported is judged, whatever the nodes are of", () => {
    const outcome = run([onFiles], { r: { deny: named("a"), filter: null } }, [control("C-1", ["r"])], [k3s, report]);
    expect(outcome.findings).toHaveLength(1);
  });
});

describe("rules about the signatures of images", () => {
  const signed = (parameters: readonly string[] = []): RuleDescription => ({ ...sampleRule("r"), needs: "image-signatures", parameters });
  const judging = (description: RuleDescription, names: readonly string[], parameters: Parameters = {}): EvaluationOutcome => {
    const failures: SignatureFailure[] = [];
    // As the builtins do, it notes each image for which there is no answer.
    const deny: PreparedRule = (options) => {
      for (const object of options.input as unknown as readonly KubernetesObject[]) {
        const { name } = identityOf(object);
        if (name.startsWith("lost")) failures.push({ image: name, cause: "out of reach" });
      }
      return named("bad")(options);
    };
    const filter = finding((object) => !identityOf(object).name.startsWith("lost"));
    const library: CompiledLibrary = {
      library: { controls: [], rules: [description], frameworks: [], parameters: [], attackTracks: [], digest: "" },
      program: () => ({ deny, filter }),
      signatures: { hasSignature: () => true, verify: () => true, takeFailures: () => failures.splice(0) },
    };
    return evaluate(library, [control("C-1", ["r"]), control("C-2", ["r"])], names.map(pod).map(resource), parameters);
  };

  test("are skipped where nobody may be asked", () => {
    const { controls } = run([signed()], { r: { deny: named("bad"), filter: null } }, [control("C-1", ["r"])], [pod("bad")]);
    expect(controls[0]?.skips).toMatchObject([{ reason: "needs-input", input: "image-signatures" }]);
  });

  test("are skipped where they read parameters and none is set", () => {
    expect(judging(signed(["keys"]), ["a"]).controls[0]?.skips).toMatchObject([{ reason: "needs-input", input: "parameters" }]);
    expect(judging(signed(["keys"]), ["a"], { keys: ["k"] }).controls[0]?.skips).toEqual([]);
  });

  test("leave objects undecided whose images nobody answered for, with one problem for each image", () => {
    const { controls, problems, findings } = judging(signed(), ["a", "lost", "bad", "lost-too"]);
    for (const { evaluations, errors } of controls) {
      expect(errors).toEqual([]);
      expect(evaluations[0]).toMatchObject({
        judged: [0, 2],
        undecided: [
          { resource: 1, problem: 0 },
          { resource: 3, problem: 1 },
        ],
      });
    }
    expect(problems.map(({ code, subject }) => [code, subject])).toEqual([
      ["signatures-unknown", "lost"],
      ["signatures-unknown", "lost-too"],
    ]);
    expect(findings.map((one) => one.resource)).toEqual([2, 2]);
  });

  test("are not skipped when all is undecided: that is an error", () => {
    const { controls } = judging(signed(), ["lost"]);
    expect(controls[0]).toMatchObject({ skips: [], evaluations: [{ judged: [], undecided: [{ resource: 0, problem: 0 }] }] });
  });
});

test("objects that are deployed to several clusters are not judged together", () => {
  const together: PreparedRule = (options) => {
    const objects = options.input as unknown as readonly KubernetesObject[];
    const names = objects.map((object) => identityOf(object).name);
    return finding((object) => names.filter((name) => name !== identityOf(object).name).length > 0)(options);
  };
  const inCluster = (object: KubernetesObject, cluster: string): Resource => ({ ...resource(object), cluster }) as Resource;
  const judged = (resources: readonly Resource[]): readonly number[] => {
    const library = libraryOf([sampleRule("r")], [control("C-1", ["r"])], { r: { deny: together, filter: null } });
    const outcome = evaluate(library, [control("C-1", ["r"])], resources, {});
    expect(outcome.controls[0]?.evaluations[0]?.judged).toEqual([...resources.keys()]);
    return outcome.findings.map((one) => one.resource);
  };
  expect(judged([resource(pod("a")), resource(pod("b")), inCluster(pod("c"), "north")])).toEqual([0, 1]);
  expect(judged([resource(pod("a")), inCluster(pod("b"), "north"), inCluster(pod("c"), "south")])).toEqual([]);
});

describe("values that are not known", () => {
  const unknown = (name: string, image: string): LoadedResource =>
    ({
      ...resource({ apiVersion: "v1", kind: "Pod", metadata: { name }, spec: { image, hostPID: true } }),
      unknown: [{ path: ["spec", "image"], variables: ["${TAG}"] }],
    }) as unknown as LoadedResource;
  const fieldsOf = (object: KubernetesObject): Readonly<Record<string, unknown>> =>
    (object["spec"] ?? {}) as Readonly<Record<string, unknown>>;
  const evaluated = (deny: PreparedRule, resources: readonly Resource[], more: Partial<RuleProgram> = {}): EvaluationOutcome => {
    const library = libraryOf([sampleRule("r")], [control("C-1", ["r"])], { r: { deny, filter: null, ...more } });
    return evaluate(library, [control("C-1", ["r"])], resources, {});
  };
  const resources = [unknown("a", "web:${TAG}"), resource(pod("b"))];

  test("a rule that looks at one passes nothing by it, and fails nothing that another value would pass", () => {
    for (const says of [/:nothing$/u, /\$\{TAG\}$/u, /latest|TAG/u]) {
      const outcome = evaluated(
        finding((object) => says.test(String(fieldsOf(object)["image"]))),
        resources,
      );
      expect(outcome.findings).toEqual([]);
      expect(outcome.controls[0]?.evaluations[0]).toMatchObject({
        judged: [1],
        undecided: [{ resource: 0, problem: 0 }],
        receipt: { judged: 1 },
      });
      expect(outcome.problems).toMatchObject([
        { code: "value-unknown", subject: "Pod a", cause: expect.stringContaining("spec.image (${TAG})") },
      ]);
    }
  });

  test("what holds whatever the value is counts, and so does what a rule says that doesn't look", () => {
    const always = evaluated(
      finding((object) => String(fieldsOf(object)["image"]).startsWith("web")),
      resources,
    );
    expect(always.findings.map((one) => one.resource)).toEqual([0]);
    for (const wanted of [true, false]) {
      const outcome = evaluated(
        finding((object) => fieldsOf(object)["hostPID"] === wanted),
        resources,
      );
      expect(outcome.findings).toHaveLength(wanted ? 1 : 0);
      expect(outcome.controls[0]?.evaluations[0]).toMatchObject({ judged: [0, 1] });
      expect(outcome.problems).toEqual([]);
    }
  });

  test("of a rule that was evaluated elsewhere it is not known what it looked at", () => {
    const outcome = evaluated(named("none"), resources, { standsIn: true });
    expect(outcome.controls[0]?.evaluations[0]).toMatchObject({ judged: [1], undecided: [{ resource: 0 }] });
  });
});
