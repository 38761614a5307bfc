import { describe, expect, test } from "vitest";
import { identityOf, type KubernetesObject, type Resource } from "@holdfast/core";
import type { PreparedRule, RegoValue } from "@holdfast/rego";
import type { LoadedResource } from "../1-load/loaders/define.ts";
import type { RuleProgram } from "../library/compiled-library.ts";
import { control, failing, finding, libraryOf, named, pod, resource, run } from "../testing/evaluated-rules.ts";
import { sampleRule } from "../testing/sample-rule.ts";
import { withCarriedObjects } from "./carried-objects.ts";
import { evaluate, type EvaluationOutcome } from "./evaluate.ts";

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

test("a filter that rules share is evaluated once for each input that they share", () => {
  let evaluations = 0;
  const filter: PreparedRule = (options) => {
    evaluations += 1;
    return finding((object) => identityOf(object).name !== "c")(options);
  };
  const program = (name: string): RuleProgram => ({ deny: finding((object) => identityOf(object).name === name), filter });
  const rules = [sampleRule("r"), sampleRule("s"), sampleRule("services", { kinds: [{ group: "", kind: "Service" }] })];
  const outcome = run(
    rules,
    { r: program("a"), s: program("b"), services: program("d") },
    [control("C-1", ["r"]), control("C-2", ["s"]), control("C-3", ["services"])],
    [pod("a"), pod("b"), pod("c"), { apiVersion: "v1", kind: "Service", metadata: { name: "d" } }],
  );
  expect(evaluations).toBe(2);
  expect(outcome.controls.map(({ evaluations: [one] }) => one?.judged)).toEqual([[0, 1], [0, 1], [3]]);
  expect(outcome.findings.map((one) => [one.control, one.resource])).toEqual([
    ["C-1", 0],
    ["C-2", 1],
    ["C-3", 3],
  ]);
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
