import { identityOf, type Framework, type KubernetesObject } from "@holdfast/core";
import { defaultParameters, evaluateRuleAlone } from "@holdfast/posture";
import { checkoutLibrary } from "../../apps/cli/checkout-library.ts";
import type { Level } from "./standard-pods.ts";

const compiled = checkoutLibrary();
const { controls, frameworks, parameters } = compiled.library;
const settings = { parameters: defaultParameters(parameters), cloudProvider: "" };

/** The framework for a level of the Pod Security Standards. */
export function frameworkOf(level: Level): Framework {
  const framework = frameworks.find(({ id }) => id === `pss-${level}`);
  if (framework === undefined) throw new Error(`there is no framework pss-${level}`);
  return framework;
}

/** For each control of a level's framework the objects that it finds something at, by kind and name: `Pod pod-0`. */
export function findingsOf(level: Level, objects: readonly KubernetesObject[]): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Set(frameworkOf(level).sections.flatMap(({ controls: named }) => named));
  return new Map(
    controls.flatMap(({ id, rules }) => {
      if (!ids.has(id)) return [];
      const names = rules.flatMap((rule) => {
        const outcome = evaluateRuleAlone(compiled, rule, objects, settings);
        if (outcome === null || outcome.problem !== null) throw new Error(`${rule}: ${JSON.stringify(outcome)}`);
        return outcome.findings.map(({ object }) => {
          const { kind, name } = identityOf(object as unknown as KubernetesObject);
          return `${kind} ${name}`;
        });
      });
      return [[id, new Set(names)] as const];
    }),
  );
}
