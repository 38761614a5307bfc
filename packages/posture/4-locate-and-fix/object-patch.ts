import { isDeepStrictEqual } from "node:util";
import { depthIn, groupOf, valueAt, type KubernetesObject, type ObjectPath } from "@holdfast/core";
import { isFields, type Fields } from "../1-load/kustomize/kustomization.ts";
import type { Change } from "./change-plan.ts";

/** A patch of an object: a mapping for a strategic merge patch, a list for a JSON patch. */
export type PatchBody = Fields | readonly JsonOperation[];

/** An operation of a JSON patch: https://www.rfc-editor.org/rfc/rfc6902 */
export interface JsonOperation {
  readonly op: "add" | "replace" | "remove";
  readonly path: string;
  readonly value?: unknown;
}

/**
 * By which field items of a list are merged, by the list's name, as `x-kubernetes-patch-merge-key` of Kubernetes' API has it; a list that is not here is replaced as a whole. Of ports,
 * containers' and services' differ.
 */
const MERGE_KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ["name"],
  initContainers: ["name"],
  ephemeralContainers: ["name"],
  volumes: ["name"],
  env: ["name"],
  imagePullSecrets: ["name"],
  secrets: ["name"],
  ports: ["containerPort", "port"],
  volumeMounts: ["mountPath"],
  volumeDevices: ["devicePath"],
  hostAliases: ["ip"],
  topologySpreadConstraints: ["topologyKey"],
};

/** Whether Kustomize knows how lists of these objects are merged: those of Kubernetes' own API. */
export function mergesLists(apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  return !group.includes(".") || group.endsWith(".k8s.io");
}

/** An object after changes; null where one of them leads through a single value. */
export function changedObject(object: KubernetesObject, changes: readonly Change[]): KubernetesObject | null {
  const after = structuredClone(object) as Record<string, unknown>;
  const removals = changes.filter(({ kind }) => kind === "remove");
  for (const change of changes) if (change.kind === "set" && !put(after, change.path, change.value)) return null;
  // The last items first: those before them keep their places.
  for (const { path } of removals.toSorted((a, b) => (comparePaths(a.path, b.path) < 0 ? 1 : -1))) take(after, path);
  return after;
}

function put(object: Record<string, unknown>, path: ObjectPath, value: unknown): boolean {
  let here: unknown = object;
  for (const [depth, step] of path.entries()) {
    if (typeof here !== "object" || here === null) return false;
    const fields = here as Record<string | number, unknown>;
    const key = Array.isArray(here) ? Math.min(Number(step), here.length) : String(step);
    if (depth === path.length - 1) {
      fields[key] = value;
      return true;
    }
    if (!Object.hasOwn(fields, key) || fields[key] === null) fields[key] = typeof path[depth + 1] === "number" ? [] : {};
    here = fields[key];
  }
  return false;
}

function take(object: unknown, path: ObjectPath): void {
  let here: unknown = object;
  for (const step of path.slice(0, -1)) {
    if (typeof here !== "object" || here === null) return;
    here = (here as Record<string | number, unknown>)[step];
  }
  const last = path.at(-1);
  if (last === undefined || typeof here !== "object" || here === null) return;
  if (Array.isArray(here)) here.splice(Number(last), 1);
  else delete (here as Record<string, unknown>)[String(last)];
}

function comparePaths(a: ObjectPath, b: ObjectPath): number {
  for (const [at, step] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    if (step === other) continue;
    return typeof step === "number" && typeof other === "number" ? step - other : String(step) < String(other) ? -1 : 1;
  }
  return a.length - b.length;
}

/** What a strategic merge patch must say to make one value of another: https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/. Undefined where they are the same. */
export function mergePatch(before: unknown, after: unknown, list = ""): unknown {
  if (isDeepStrictEqual(before, after)) return undefined;
  if (isFields(before) && isFields(after)) {
    const patch: Record<string, unknown> = {};
    for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) patch[key] = null;
    for (const [key, value] of Object.entries(after)) {
      const own = Object.hasOwn(before, key) ? mergePatch(before[key], value, key) : value;
      if (own !== undefined) patch[key] = own;
    }
    return patch;
  }
  const key =
    Array.isArray(before) && Array.isArray(after) ? mergeKeyOf(list, [...(before as unknown[]), ...(after as unknown[])]) : undefined;
  if (key === undefined) return after;
  const old = new Map((before as readonly Fields[]).map((item) => [item[key], item]));
  const kept = new Set((after as readonly Fields[]).map((item) => item[key]));
  return [
    ...(after as readonly Fields[]).flatMap((item) => {
      const own = mergePatch(old.get(item[key]), item);
      return own === undefined ? [] : [old.has(item[key]) && isFields(own) ? { [key]: item[key], ...own } : item];
    }),
    ...[...old.keys()].filter((name) => !kept.has(name)).map((name) => ({ [key]: name, $patch: "delete" })),
  ];
}

/** The field by which all of these items are told apart, if the list is merged by one. */
function mergeKeyOf(list: string, items: readonly unknown[]): string | undefined {
  if (!Object.hasOwn(MERGE_KEYS, list)) return undefined;
  return MERGE_KEYS[list]?.find((key) => items.every((item) => isFields(item) && isName(item[key])));
}

function isName(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}

/** The operations that make changes to an object. */
export function jsonPatch(object: KubernetesObject, changes: readonly Change[]): readonly JsonOperation[] {
  const after = structuredClone(object) as Record<string, unknown>;
  const operations: JsonOperation[] = [];
  const removals = changes.filter(({ kind }) => kind === "remove").toSorted((a, b) => (comparePaths(a.path, b.path) < 0 ? 1 : -1));
  for (const change of changes) {
    if (change.kind !== "set") continue;
    const depth = depthIn(after, change.path);
    const isThere = depth === change.path.length;
    if (!put(after, change.path, change.value)) continue;
    // What is missing on the way is added with what is in it.
    const steps = isThere ? change.path : change.path.slice(0, depth + 1);
    operations.push({
      op: isThere ? "replace" : "add",
      path: pointer(steps),
      value: isThere ? change.value : structuredClone(valueAt(after, steps)),
    });
  }
  for (const { path } of removals) {
    if (depthIn(after, path) < path.length) continue;
    take(after, path);
    operations.push({ op: "remove", path: pointer(path) });
  }
  return operations;
}

function pointer(path: ObjectPath): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** What is to be set in a strategic merge patch so that it says what another says too: mappings are merged, and lists where items are told apart by a field. */
export function mergedChanges(own: unknown, more: unknown, path: ObjectPath = [], list = ""): Change[] {
  if (isFields(own) && isFields(more))
    return Object.entries(more).flatMap(([key, value]) =>
      Object.hasOwn(own, key)
        ? mergedChanges(own[key], value, [...path, key], key)
        : [{ kind: "set" as const, path: [...path, key], value }],
    );
  if (Array.isArray(own) && Array.isArray(more)) {
    const key = mergeKeyOf(list, [...(own as unknown[]), ...(more as unknown[])]);
    let end = own.length;
    if (key !== undefined)
      return (more as readonly Fields[]).flatMap((item) => {
        const found = (own as readonly Fields[]).findIndex((other) => other[key] === item[key]);
        if (found !== -1) return mergedChanges(own[found], item, [...path, found]);
        return [{ kind: "set" as const, path: [...path, end++], value: item }];
      });
  }
  return isDeepStrictEqual(own, more) ? [] : [{ kind: "set", path, value: more }];
}
