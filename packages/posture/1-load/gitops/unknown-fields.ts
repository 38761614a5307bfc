import type { ObjectPath } from "@holdfast/core";
import type { DocumentOutcome, LoadedResource, UnknownValue } from "../loaders/define.ts";
import { isFields } from "../kustomize/kustomization.ts";
import { variablesOf } from "./substitute.ts";

/** The object's own name says which it is, and is taken as it is written. */
const NAMES: ReadonlySet<string> = new Set(["name", "generateName", "namespace"]);

/** The fields of an object that have one of these variables in them, by the variables' names. */
export function unknownFields(object: LoadedResource["object"], names: ReadonlySet<string>): readonly UnknownValue[] {
  const found: UnknownValue[] = [];
  const visit = (value: unknown, path: ObjectPath): void => {
    if (typeof value === "string") {
      const variables = variablesOf(value).flatMap(({ name, rest }) => (names.has(name) ? [`\${${name}${rest}}`] : []));
      if (variables.length > 0) found.push({ path, variables });
    } else if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...path, index]);
    else if (isFields(value))
      for (const [key, item] of Object.entries(value))
        if (!(path.length === 1 && path[0] === "metadata" && NAMES.has(key))) visit(item, [...path, key]);
  };
  visit(object, []);
  return found;
}

/** What an object deploys whose own fields have variables that are not known: they may have got into any text of it. */
export function withUnknownOf(deploying: LoadedResource, documents: readonly DocumentOutcome[]): readonly DocumentOutcome[] {
  const names = new Set(
    (deploying.unknown ?? []).flatMap(({ variables }) => variables.flatMap((one) => variablesOf(one)).map(({ name }) => name)),
  );
  if (names.size === 0) return documents;
  return documents.map((document) => {
    if (document.kind !== "produced") return document;
    return {
      ...document,
      resources: document.resources.map((resource) => {
        const unknown = unknownFields(resource.object, names);
        return unknown.length === 0 ? resource : { ...resource, unknown: [...(resource.unknown ?? []), ...unknown] };
      }),
    };
  });
}
