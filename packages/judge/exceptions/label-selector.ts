import { requirementHolds, type LabelRequirement } from "@holdfast/core";
import type { Fields } from "./fields.ts";

/** A selector of labels: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors. One without requirements selects all. */
export interface LabelSelector {
  readonly matchLabels: readonly (readonly [key: string, value: string])[];
  readonly matchExpressions: readonly LabelRequirement[];
}

/** The labels of an object. */
export type Labels = Readonly<Record<string, unknown>>;

/** Whether a selector selects an object with these labels. As in Kubernetes, `NotIn` selects objects that lack the label. */
export function selectsLabels({ matchLabels, matchExpressions }: LabelSelector, labels: Labels): boolean {
  return (
    matchLabels.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value) &&
    matchExpressions.every((requirement) => requirementHolds(requirement, labels))
  );
}

/** Whether a selector asks for anything. */
export function isEmptySelector({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return matchLabels.length === 0 && matchExpressions.length === 0;
}

/** The keys that a selector asks for. */
export function selectorKeys({ matchLabels, matchExpressions }: LabelSelector): ReadonlySet<string> {
  return new Set([...matchLabels.map(([key]) => key), ...matchExpressions.map(({ key }) => key)]);
}

/** A selector in one line, as kubectl writes it. */
export function selectorText({ matchLabels, matchExpressions }: LabelSelector): string {
  const expressions = matchExpressions.map(({ key, operator, values }) => {
    if (operator === "Exists") return key;
    if (operator === "DoesNotExist") return `!${key}`;
    return `${key} ${operator === "In" ? "in" : "notin"} (${values.join(",")})`;
  });
  return [...matchLabels.map(([key, value]) => `${key}=${value}`), ...expressions].join(", ");
}

/** A selector as a Kubernetes object has it. */
export function selectorObject({ matchLabels, matchExpressions }: LabelSelector): Readonly<Record<string, unknown>> {
  return {
    ...(matchLabels.length === 0 ? {} : { matchLabels: Object.fromEntries(matchLabels) }),
    ...(matchExpressions.length === 0
      ? {}
      : {
          matchExpressions: matchExpressions.map(({ key, operator, values }) => ({
            key,
            operator,
            ...(values.length === 0 ? {} : { values }),
          })),
        }),
  };
}

const OPERATORS: readonly LabelRequirement["operator"][] = ["In", "NotIn", "Exists", "DoesNotExist"];

function readExpression(fields: Fields): readonly LabelRequirement[] {
  fields.allow(["key", "operator", "values"]);
  const key = fields.requiredText("key");
  const written = fields.requiredText("operator");
  const values = fields.texts("values");
  if (key === undefined || written === undefined) return [];
  const operator = OPERATORS.find((one) => one === written);
  if (operator === undefined) {
    fields.fault("operator", `the operator is ${JSON.stringify(written)}; it is one of ${OPERATORS.join(", ")}`);
    return [];
  }
  const takesValues = operator === "In" || operator === "NotIn";
  if (takesValues !== values.length > 0) {
    fields.fault("values", takesValues ? `${operator} needs values` : `${operator} takes no values`);
    return [];
  }
  return [{ key, operator, values }];
}

/** Reads a selector; what is wrong with it is noted. */
export function readLabelSelector(fields: Fields): LabelSelector {
  fields.allow(["matchLabels", "matchExpressions"]);
  const labels = fields.object("matchLabels");
  return {
    matchLabels: labels === undefined ? [] : labels.textEntries(),
    matchExpressions: fields.objects("matchExpressions").flatMap(readExpression),
  };
}
