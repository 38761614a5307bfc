import { requirementHolds, type KubernetesObject, type LabelRequirement } from "@holdfast/core";

/** Requirements that all must hold. */
export interface LabelSelector {
  /** As the user wrote it, and as the API server takes it. */
  readonly text: string;
  readonly requirements: readonly LabelRequirement[];
}

const KEY = String.raw`[A-Za-z0-9](?:[\w./-]*[A-Za-z0-9])?`;
const VALUE = String.raw`(?:[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)?`;
const EQUALITY = new RegExp(String.raw`^(?<key>${KEY})\s*(?<operator>==|=|!=)\s*(?<value>${VALUE})$`, "u");
const SET = new RegExp(String.raw`^(?<key>${KEY})\s+(?<operator>in|notin)\s*\((?<values>[^()]*)\)$`, "u");
const PRESENCE = new RegExp(String.raw`^(?<not>!?)\s*(?<key>${KEY})$`, "u");
const ONE_VALUE = new RegExp(`^${VALUE}$`, "u");

function requirement(text: string): LabelRequirement | null {
  const equality = EQUALITY.exec(text)?.groups;
  if (equality !== undefined) {
    const { key = "", operator, value = "" } = equality;
    return { key, operator: operator === "!=" ? "NotIn" : "In", values: [value] };
  }
  const set = SET.exec(text)?.groups;
  if (set !== undefined) {
    const values = (set["values"] ?? "").split(",").map((value) => value.trim());
    if (!values.every((value) => ONE_VALUE.test(value))) return null;
    return { key: set["key"] ?? "", operator: set["operator"] === "in" ? "In" : "NotIn", values };
  }
  const presence = PRESENCE.exec(text)?.groups;
  if (presence === undefined) return null;
  return { key: presence["key"] ?? "", operator: presence["not"] === "!" ? "DoesNotExist" : "Exists", values: [] };
}

/**
 * Reads a label selector as kubectl and the API server take it: `app=shop,tier!=test`, `env in (a, b)`, `env notin (c)`, `app`, `!app`. Null for what is none.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function parseLabelSelector(text: string): LabelSelector | null {
  // A comma in parentheses is between values.
  const parts = text.split(/,(?![^(]*\))/u).map((part) => part.trim());
  const requirements = parts.map(requirement);
  return requirements.every((one) => one !== null) ? { text, requirements } : null;
}

/** Whether an object has the labels that a selector asks for. One without a label is not in, and is notin. */
export function selectsObject(selector: LabelSelector, object: KubernetesObject): boolean {
  const metadata = object["metadata"] as KubernetesObject | null | undefined;
  const labels = (metadata?.["labels"] ?? {}) as KubernetesObject;
  return selector.requirements.every((one) => requirementHolds(one, labels));
}
