import type { KubernetesObject } from "@holdfast/core";
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

function holds(expression: KubernetesObject, labels: KubernetesObject): boolean {
  const key = textField(expression, "key");
  const present = Object.hasOwn(labels, key);
  const values = expression["values"];
  const listed = present && Array.isArray(values) && values.includes(labels[key]);
  switch (expression["operator"]) {
    case "In":
      return listed;
    case "NotIn":
      return !listed;
    case "Exists":
      return present;
    case "DoesNotExist":
      return !present;
    default:
      return false;
  }
}
