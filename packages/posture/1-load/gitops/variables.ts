import type { ObjectPath } from "@holdfast/core";
import type { LoadedResource, Origin } from "../loaders/define.ts";
import { isFields, listOf, scalarText, textOf, type Fields } from "../kustomize/kustomization.ts";
import { placeAt } from "../kustomize/place.ts";
import { findNode } from "../../yaml/find-node.ts";
import type { VariableValue } from "./substitute.ts";

/** A variable, and where it gets its value. */
export interface Variable {
  readonly value: VariableValue;
  readonly origin: () => Origin;
}

/** What a Kustomization substitutes. */
export interface Variables {
  readonly valueOf: (name: string) => Variable | undefined;
  /** Whether there is anything to substitute: without a variable Flux leaves texts as they are. */
  readonly any: boolean;
}

/** Finds a ConfigMap or Secret of the tree by its kind, namespace and name; "several" where it can't be told which one is meant. */
export type FindObject = (kind: string, namespace: string, name: string) => LoadedResource | "several" | undefined;

/** The place of a field of an object, which may be rendered itself. */
export function originIn(resource: LoadedResource, steps: ObjectPath): Origin {
  if (resource.origins !== undefined) return resource.origins.originOf(steps);
  const found = findNode(resource.source.nodes, resource.source.node, steps);
  return placeAt(resource.source, steps.slice(0, found.depth), found.depth === steps.length);
}

/** What `postBuild` says: ConfigMaps and Secrets in their order, and what stands in the object itself, which counts most. Null where it says nothing. */
export function variablesOfKustomization(kustomization: LoadedResource, find: FindObject): Variables | null {
  const spec = isFields(kustomization.object["spec"]) ? kustomization.object["spec"] : {};
  const build = isFields(spec["postBuild"]) ? spec["postBuild"] : undefined;
  if (build === undefined) return null;
  const variables = new Map<string, Variable>();
  const sources = listOf(build["substituteFrom"]).filter(isFields);
  // What is not in the tree, or is there more than once, may set any variable that nothing after it sets.
  let missing: Origin | undefined;
  for (const [index, source] of sources.entries()) {
    const found = find(scalarText(source["kind"]), kustomization.namespace, scalarText(source["name"]));
    if (found === undefined || found === "several") {
      if (found === undefined && source["optional"] === true) continue;
      missing = originIn(kustomization, ["spec", "postBuild", "substituteFrom", index]);
      variables.clear();
    } else for (const [name, variable] of dataOf(found)) variables.set(name, variable);
  }
  const own = isFields(build["substitute"]) ? build["substitute"] : {};
  for (const [name, value] of Object.entries(own))
    variables.set(name, { value: scalarText(value), origin: () => originIn(kustomization, ["spec", "postBuild", "substitute", name]) });
  const unknown: Variable | undefined = missing === undefined ? undefined : { value: { unknown: true }, origin: () => missing };
  return { valueOf: (name) => variables.get(name) ?? unknown, any: variables.size > 0 || unknown !== undefined };
}

/** What SOPS puts in place of a value. */
const ENCRYPTED = /^ENC\[/u;

/** The values of a ConfigMap or Secret; those that are encrypted are not known. */
function dataOf(resource: LoadedResource): readonly (readonly [string, Variable])[] {
  const { object } = resource;
  const isSecret = object["kind"] === "Secret";
  return ["data", "stringData"].flatMap((key) => {
    const data: Fields = isFields(object[key]) ? object[key] : {};
    return Object.entries(data).map(([name, value]): readonly [string, Variable] => {
      const text = textOf(value) ?? scalarText(value);
      const known = isSecret && key === "data" ? Buffer.from(text, "base64").toString("utf8") : text;
      return [name, { value: ENCRYPTED.test(text) ? { unknown: true } : known, origin: () => originIn(resource, [key, name]) }];
    });
  });
}

/** The text of a value of a ConfigMap or Secret; undefined where it is not there, or is not known. */
export function dataValue(resource: LoadedResource, key: string): string | undefined {
  const found = dataOf(resource).find(([name]) => name === key)?.[1].value;
  return typeof found === "string" ? found : undefined;
}
