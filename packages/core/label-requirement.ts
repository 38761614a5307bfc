/** One requirement of a label selector: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  /** For In and NotIn. */
  readonly values: readonly string[];
}

/** Whether labels fulfil a requirement. As in Kubernetes, what lacks the label fulfils `NotIn`. */
export function requirementHolds({ key, operator, values }: LabelRequirement, labels: Readonly<Record<string, unknown>>): boolean {
  const present = Object.hasOwn(labels, key);
  const value = present ? labels[key] : undefined;
  const listed = typeof value === "string" && values.includes(value);
  switch (operator) {
    case "In":
      return listed;
    case "NotIn":
      return !listed;
    case "Exists":
      return present;
    case "DoesNotExist":
      return !present;
  }
}
