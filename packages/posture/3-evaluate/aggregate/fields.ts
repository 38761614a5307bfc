import type { KubernetesObject } from "@holdfast/core";

/** A field of an object as text, empty where it is anything else. */
export function textField(object: KubernetesObject, name: string): string {
  const value = object[name];
  return typeof value === "string" ? value : "";
}

/** A field of an object as an object, empty where it is anything else. */
export function objectField(object: KubernetesObject, name: string): KubernetesObject {
  return asObject(object[name]) ?? {};
}

/** The objects in a list of an object; none where the field is no list. */
export function objectsField(object: KubernetesObject, name: string): readonly KubernetesObject[] {
  const value = object[name];
  return Array.isArray(value) ? value.map(asObject).filter((item) => item !== null) : [];
}

function asObject(value: unknown): KubernetesObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as KubernetesObject) : null;
}
