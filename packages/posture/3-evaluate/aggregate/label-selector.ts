import { requirementHolds, type KubernetesObject, type LabelRequirement } from "@holdfast/core";
import { objectField, objectsField, textField } from "./fields.ts";

/**
 * Whether a label selector (`matchLabels` and `matchExpressions`) selects an object with these labels; one without requirements selects all.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function selectsLabels(selector: KubernetesObject, labels: KubernetesObject): boolean {
  const wanted = Object.entries(objectField(selector, "matchLabels"));
  return (
    wanted.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value) &&
    objectsField(selector, "matchExpressions").every((expression) => holds(expression, labels))
  );
}

const OPERATORS: readonly LabelRequirement["operator"][] = ["In", "NotIn", "Exists", "DoesNotExist"];

/** Whether an expression holds, as the object has it; one whose operator there is not never does. */
function holds(expression: KubernetesObject, labels: KubernetesObject): boolean {
  const operator = OPERATORS.find((one) => one === expression["operator"]);
  const values = expression["values"];
  const texts = Array.isArray(values) ? values.filter((value) => typeof value === "string") : [];
  return operator !== undefined && requirementHolds({ key: textField(expression, "key"), operator, values: texts }, labels);
}
