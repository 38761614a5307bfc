// Reads values of documents that others wrote: nothing is sure of them.
import type { Severity } from "@holdfast/core";

/** An object of a foreign document. */
export interface ForeignObject {
  readonly [key: string]: unknown;
}

/** The value as an object; an empty one where it is none. */
export function objectOf(value: unknown): ForeignObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as ForeignObject) : {};
}

/** The value as a list; an empty one where it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a text; empty where it is none. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A status in Kubescape's forms: a text, or an object with one. */
export function statusOf(value: unknown): { readonly status: string; readonly subStatus: string } {
  const object = objectOf(value);
  return { status: (textOf(value) || textOf(object["status"])).toLowerCase(), subStatus: textOf(object["subStatus"]).toLowerCase() };
}

/** A severity by name, in any case, else by base score as Kubescape derives it. */
export function severityIn(name: unknown, score: unknown): Severity {
  const known = (["critical", "high", "medium", "low"] as const).find((one) => one === textOf(name).toLowerCase());
  if (known !== undefined) return known;
  if (typeof score !== "number" || score < 1) return "unknown";
  return score >= 9 ? "critical" : score >= 7 ? "high" : score >= 4 ? "medium" : "low";
}

/** The paths that a rule's answer names, in the order of the answer. */
export function pathsOf(rules: unknown): readonly string[] {
  const paths = new Set<string>();
  for (const rule of listOf(rules)) {
    if (statusOf(objectOf(rule)["status"]).status === "passed") continue;
    for (const one of listOf(objectOf(rule)["paths"])) {
      const entry = objectOf(one);
      const fixPath = textOf(entry["fixPath"]) || textOf(objectOf(entry["fixPath"])["path"]);
      for (const path of [textOf(entry["failedPath"]), textOf(entry["reviewPath"]), textOf(entry["deletePath"]), fixPath])
        if (path !== "") paths.add(path);
    }
  }
  return [...paths];
}
