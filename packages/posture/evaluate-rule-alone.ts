import type { KubernetesObject } from "@holdfast/core";
import { evaluateRule, ruleInput, type RuleOutcome, type RuleSettings } from "./3-evaluate/evaluate-rule.ts";
import type { CompiledLibrary } from "./library/compiled-library.ts";
import { defaultParameters } from "./library/parameter-page.ts";

/**
 * Evaluates one rule on all of the given objects, without selection by kind, after the aggregation that the rule declares; without parameters all have
 * their defaults. For cases of rules. Null where the library has no such rule.
 */
export function evaluateRuleAlone(
  compiled: CompiledLibrary,
  name: string,
  objects: readonly KubernetesObject[],
  settings: Partial<RuleSettings> = {},
): RuleOutcome | null {
  const rule = compiled.library.rules.find((one) => one.name === name);
  const program = compiled.program(name);
  if (rule === undefined || program === null) return null;
  const parameters = settings.parameters ?? defaultParameters(compiled.library.parameters);
  return evaluateRule(rule, program, ruleInput(rule, objects), { parameters, cloudProvider: settings.cloudProvider ?? "" });
}
