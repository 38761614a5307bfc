import { isDeepStrictEqual } from "node:util";
import type { ObjectPath } from "@holdfast/core";
import { isFields } from "./kustomization.ts";

/** By which fields items of a list are the same, by the list's name: those of strategic merge in Kubernetes' API, and for other lists what tells items apart. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  ports: ["containerPort", "port", "name"],
  volumeMounts: ["mountPath"],
  volumeDevices: ["devicePath"],
  hostAliases: ["ip"],
  topologySpreadConstraints: ["topologyKey"],
  tolerations: ["key"],
  rules: ["host"],
  paths: ["path"],
  tls: ["secretName"],
  items: ["key"],
  conditions: ["type"],
};
const NAME: readonly string[] = ["name"];

/** How far a path of one object leads in another that is made like it. */
export interface MatchedPath {
  /** The path in the other object, as far as it leads. */
  readonly steps: ObjectPath;
  /** The other object's value there. */
  readonly value: unknown;
}

/** Follows a path of an object in another, such as its base or a patch of it: items of lists are found by their names, not by their places. */
export function matchPath(path: ObjectPath, object: unknown, other: unknown): MatchedPath {
  const steps: (string | number)[] = [];
  let [own, value] = [object, other];
  let list = "";
  for (const step of path) {
    if (Array.isArray(own) && Array.isArray(value)) {
      const item: unknown = own[Number(step)];
      const index = item === undefined ? -1 : indexOf(value, item, Number(step), list);
      if (index === -1) break;
      steps.push(index);
      [own, value] = [item, value[index] as unknown];
    } else if (isFields(value) && Object.hasOwn(value, step)) {
      steps.push(step);
      own = isFields(own) ? own[step] : undefined;
      value = value[step];
      list = String(step);
    } else break;
  }
  return { steps, value };
}

function indexOf(items: readonly unknown[], item: unknown, place: number, list: string): number {
  if (!isFields(item)) return items.findIndex((other) => sameScalar(other, item));
  const keys = (Object.hasOwn(KEYS, list) ? KEYS[list] : undefined) ?? NAME;
  for (const key of keys) {
    if (item[key] === undefined) continue;
    const found = items.findIndex((other) => isFields(other) && sameScalar(other[key], item[key]));
    // Names of what other objects are called change with those.
    return found === -1 && list === "subjects" ? items.findIndex((other) => isFields(other) && isPartOf(other[key], item[key])) : found;
  }
  const same = items.findIndex((other) => isDeepStrictEqual(other, item));
  if (same !== -1) return same;
  // Without a key, items are what they are by their places.
  return isFields(items[place]) ? place : -1;
}

function isPartOf(part: unknown, whole: unknown): boolean {
  return typeof part === "string" && typeof whole === "string" && part !== "" && whole.includes(part);
}

/** Whether two scalars are the same for Kubernetes: Kustomize may write a number in another form. */
export function sameScalar(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const simple = [a, b].every(
    (one) => typeof one === "string" || typeof one === "number" || typeof one === "bigint" || typeof one === "boolean",
  );
  return simple && String(a) === String(b);
}

/** Whether a value that was set can be what came of it: a scalar is the same; of a collection later ones may have changed a part. */
export function mayBe(set: unknown, rendered: unknown): boolean {
  const isCollection = (value: unknown): boolean => typeof value === "object" && value !== null;
  if (isCollection(set) || isCollection(rendered)) return isCollection(set) === isCollection(rendered);
  return sameScalar(set, rendered) || (set === null && rendered === undefined);
}
