// What rules need that is not there, and what they are not about.
import { describe, expect, test } from "vitest";
import { identityOf, type KubernetesObject, type Parameters, type RuleDescription } from "@holdfast/core";
import type { PreparedRule } from "@holdfast/rego";
import type { SignatureFailure } from "../image-signatures/image-signatures.ts";
import type { CompiledLibrary } from "../library/compiled-library.ts";
import { control, finding, named, pod, resource, run } from "../testing/evaluated-rules.ts";
import { sampleRule } from "../testing/sample-rule.ts";
import { evaluate, type EvaluationOutcome } from "./evaluate.ts";

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
