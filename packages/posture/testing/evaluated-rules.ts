// Rules that are functions, and what comes of them, for tests of evaluation.
import { identityOf, type Control, type KubernetesObject, type Parameters, type Resource, type RuleDescription } from "@holdfast/core";
import type { EvaluationProblem, PreparedRule, RegoValue } from "@holdfast/rego";
import { evaluate, type EvaluationOutcome } from "../3-evaluate/evaluate.ts";
import type { CompiledLibrary, RuleProgram } from "../library/compiled-library.ts";
import { sampleControl } from "./sample-control.ts";

/** A control of these rules. */
export const control = (id: string, rules: readonly string[]): Control => sampleControl(id, { rules });

/** A pod of which nothing but its name is said. */
export function pod(name: string): KubernetesObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { name } };
}

/** An object as it was read from a file. */
export function resource(object: KubernetesObject): Resource {
  return { ...identityOf(object), object, file: "a.yaml", line: 1 };
}

/** A rule that finds what a function says of each object. */
export function finding(says: (object: KubernetesObject) => boolean): PreparedRule {
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

/** A rule whose evaluation fails. */
export function failing(problem: EvaluationProblem): PreparedRule {
  return () => ({ problem, value: undefined });
}

/** A library of these rules and controls alone. */
export function libraryOf(
  rules: readonly RuleDescription[],
  controls: readonly Control[],
  programs: Readonly<Record<string, RuleProgram>>,
): CompiledLibrary {
  return {
    library: { controls, rules, frameworks: [], parameters: [], attackTracks: [], digest: "" },
    program: (name) => programs[name] ?? null,
  };
}

/** Evaluates all of these controls over objects. */
export function run(
  rules: readonly RuleDescription[],
  programs: Readonly<Record<string, RuleProgram>>,
  controls: readonly Control[],
  objects: readonly KubernetesObject[],
  parameters: Parameters = {},
): EvaluationOutcome {
  return evaluate(libraryOf(rules, controls, programs), controls, objects.map(resource), parameters);
}

/** A rule that finds the objects of a name. */
export const named = (name: string): PreparedRule => finding((object) => identityOf(object).name === name);
