import type { ObjectPath } from "@holdfast/core";
import type { Origin } from "../loaders/define.ts";
import { aliasBudget, compose } from "../../yaml/compose.ts";
import type { ComposedDocument } from "../../yaml/composed-document.ts";
import { findNode } from "../../yaml/find-node.ts";
import { embeddedRange } from "../../yaml/embedded-text.ts";
import { NODE, type NodeTable } from "../../yaml/node-table.ts";
import type { SourceText } from "../../yaml/source-text.ts";
import { YamlFault } from "../../yaml/yaml-fault.ts";
import { isFields, textOf, type Fields } from "./kustomization.ts";
import { matchPath, mayBe } from "./match-path.ts";
import { keyAt, placeAt, type YamlPlace } from "./place.ts";

/** Something of an overlay that sets fields of objects: a patch, or an entry of a kustomization. */
export interface Setting {
  /**
   * Where it sets the value at a path of a rendered object; undefined where it doesn't. `exact` is false where it sets another value than what came of it. `pointed` is the path by which
   * a JSON patch calls it, where items of lists have moved since.
   */
  readonly sets: (path: ObjectPath, object: Fields, pointed?: ObjectPath) => Origin | undefined;
  /** Where it writes what is at a path, a mapping or list with something in it, as what holds other fields. */
  readonly touches: (path: ObjectPath, object: Fields) => Origin | undefined;
  /** Where it takes away what would be at a path. */
  readonly removes?: (path: ObjectPath, object: Fields) => Origin | undefined;
}

/** A patch in a text: strategic merge patches by document, or a list of JSON patch's operations. */
export function patchesIn(
  text: SourceText,
  start = 0,
  end: number = text.text.length,
): readonly { readonly document: ComposedDocument; readonly place: YamlPlace }[] {
  try {
    return compose(text.text, start, end, aliasBudget()).map((document) => ({ document, place: { text, nodes: document.nodes, node: 0 } }));
  } catch (error) {
    if (error instanceof YamlFault) return [];
    throw error;
  }
}

/**
 * Patches that stand in a kustomization as a text. What is written as a block, or in quotes without escapes, keeps its places; what is written in another way has the place of that
 * text.
 */
export function inlinePatches(
  text: SourceText,
  nodes: NodeTable,
  node: number,
  value: string,
): readonly { readonly document: ComposedDocument; readonly place: YamlPlace }[] {
  const range = embeddedRange(nodes, node);
  if (range !== null) return patchesIn(text, range.start, range.end);
  // A block with nothing in it.
  if (nodes.kind(node) === NODE.literal) return [];
  try {
    // Its own nodes have no places in the file: all of them stand where the text does.
    return compose(value, 0, value.length, aliasBudget()).map((document) => ({ document, place: { text, nodes, node } }));
  } catch (error) {
    if (error instanceof YamlFault) return [];
    throw error;
  }
}

export function settingOf({ document, place }: { readonly document: ComposedDocument; readonly place: YamlPlace }): Setting | undefined {
  const own = document.nodes === place.nodes;
  if (Array.isArray(document.value)) return jsonPatch(document.value as unknown[], place, own);
  return isFields(document.value) ? mergePatch(document.value, place, own) : undefined;
}

const ESCAPED = "the patch stands there as a text with escapes, which is not edited: write it as a block (patch: |-)";
const OTHER_VALUE = "something later in the overlay changes what is set here";

function mergePatch(patch: Fields, place: YamlPlace, own: boolean): Setting {
  return {
    sets: (path, object) => {
      const { steps, value } = matchPath(path, object, patch);
      if (steps.length !== path.length) return undefined;
      return whole(own, at(place, own ? steps : [], mayBe(value, valueIn(object, path))));
    },
    touches: (path, object) => {
      const { steps, value } = matchPath(path, object, patch);
      if (steps.length !== path.length || typeof value !== "object" || value === null) return undefined;
      return keyAt(place, own ? steps : []);
    },
    removes: (path, object) => {
      const { steps, value } = matchPath(path, object, patch);
      return value === null && steps.length > 0 ? at(place, own ? steps : [], true) : undefined;
    },
  };
}

/** An origin that is all of a text where the text's own places are not known. */
function whole(own: boolean, origin: Origin): Origin {
  return own ? origin : { ...origin, notEdited: ESCAPED };
}

function at(place: YamlPlace, steps: ObjectPath, exact: boolean): Origin {
  return placeAt(place, steps, exact, exact ? undefined : OTHER_VALUE);
}

function valueIn(object: unknown, path: ObjectPath): unknown {
  let value = object;
  for (const step of path) value = Array.isArray(value) ? (value[Number(step)] as unknown) : isFields(value) ? value[step] : undefined;
  return value;
}

/** An operation of a JSON patch: https://www.rfc-editor.org/rfc/rfc6902 */
interface Operation {
  readonly index: number;
  readonly pointer: readonly string[];
  readonly value: unknown;
}

function jsonPatch(patch: readonly unknown[], place: YamlPlace, own: boolean): Setting {
  const operations = patch.flatMap((one, index): readonly Operation[] => {
    const pointer = isFields(one) ? textOf(one["path"]) : undefined;
    if (!isFields(one) || pointer === undefined || (one["op"] !== "add" && one["op"] !== "replace")) return [];
    return [{ index, pointer: pointer.split("/").slice(1).map(unescaped), value: one["value"] }];
  });
  const last = [...operations].reverse();
  const removals = patch.flatMap((one, index) => {
    const pointer = isFields(one) && one["op"] === "remove" ? textOf(one["path"]) : undefined;
    return pointer === undefined ? [] : [{ index, pointer: pointer.split("/").slice(1).map(unescaped) }];
  });
  return {
    removes: (path, object) => {
      const found = removals.findLast(({ pointer }) => startsWith(path, pointer, object) !== undefined);
      return found === undefined ? undefined : at(place, own ? [found.index] : [], true);
    },
    sets: (path, object, pointed) => {
      for (const { index, pointer, value } of last) {
        const reached = startsWith(path, pointer, object, value, pointed);
        if (reached === undefined) continue;
        const set = valueIn(object, path.slice(0, reached));
        const { steps, value: inner } = matchPath(path.slice(reached), set, value);
        if (steps.length !== path.length - reached) continue;
        return whole(own, at(place, own ? [index, "value", ...steps] : [], mayBe(inner, valueIn(object, path))));
      }
      return undefined;
    },
    touches: (path, object) => {
      for (const { index, pointer, value } of last) {
        const reached = startsWith(path, pointer, object, value);
        if (reached !== undefined) {
          const { steps, value: inner } = matchPath(path.slice(reached), valueIn(object, path.slice(0, reached)), value);
          if (steps.length === path.length - reached && typeof inner === "object" && inner !== null)
            return keyAt(place, own ? [index, "value", ...steps] : []);
        }
      }
      return undefined;
    },
  };
}

function unescaped(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** How many steps of a path a pointer covers; undefined where it leads elsewhere. `-` is the end of a list: the item there is told by the value that was added. */
function startsWith(
  path: ObjectPath,
  pointer: readonly string[],
  object: unknown,
  added?: unknown,
  pointed: ObjectPath = path,
): number | undefined {
  if (pointer.length > path.length) return undefined;
  let value = object;
  for (const [index, token] of pointer.entries()) {
    const step = path[index];
    if (token === "-" && Array.isArray(value)) {
      const item: unknown = value[Number(step)];
      if (index < pointer.length - 1 || matchPath([0], [item], [added]).steps.length === 0) return undefined;
    } else if (String(pointed[index]) !== token) return undefined;
    value = Array.isArray(value) ? (value[Number(step)] as unknown) : isFields(value) ? value[String(step)] : undefined;
  }
  return pointer.length;
}

/** What a patch is meant for, by its `target` or its own identity. */
export interface PatchedObject {
  readonly object: Fields;
  /** The names that it has had: in its base and after. */
  readonly names: readonly string[];
  readonly namespaces: readonly string[];
  readonly labels: readonly Fields[];
}

/** Whether a `target` of a patch selects an object: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches. Names are regular expressions that match as a whole. */
export function selects(target: Fields, { object, names, namespaces, labels }: PatchedObject): boolean {
  const apiVersion = textOf(object["apiVersion"]) ?? "";
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  const matches = (pattern: unknown, values: readonly (string | undefined)[]): boolean => {
    const text = textOf(pattern);
    return text === undefined || values.some((value) => value !== undefined && matchesWhole(text, value));
  };
  return (
    matches(target["group"], [group]) &&
    matches(target["version"], [version]) &&
    matches(target["kind"], [textOf(object["kind"])]) &&
    matches(target["name"], names) &&
    matches(target["namespace"], namespaces) &&
    selectsLabels(textOf(target["labelSelector"]), labels)
  );
}

/** Patterns are Go's, and short; one that means nothing here is taken for the name itself. */
function matchesWhole(pattern: string, value: string): boolean {
  if (pattern === value) return true;
  if (!/^[\w.\-|()[\]*+?^$\\:]{1,200}$/u.test(pattern) || /[*+]\)?[*+]/u.test(pattern) || /\([^)]*[*+][^)]*\)[*+]/u.test(pattern))
    return false;
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(value);
  } catch {
    return false;
  }
}

/** Equalities are looked at; what else a selector may say is taken to hold. */
function selectsLabels(selector: string | undefined, labels: readonly Fields[]): boolean {
  if (selector === undefined || selector.includes("(")) return true;
  return selector.split(",").every((part) => {
    const found = /^\s*(?<key>[^=!\s]+)\s*(?<op>==?|!=)\s*(?<value>[^=\s]*)\s*$/u.exec(part)?.groups;
    if (found === undefined) return true;
    const has = labels.some((one) => String(one[found["key"] ?? ""]) === found["value"]);
    return found["op"] === "!=" ? !has : has;
  });
}

/** Whether a strategic merge patch without a target is meant for an object: it has its kind and one of its names. */
export function isMeantFor(patch: Fields, { object, names }: PatchedObject): boolean {
  const metadata = isFields(patch["metadata"]) ? patch["metadata"] : {};
  return patch["kind"] === object["kind"] && names.includes(String(metadata["name"]));
}

export function nodeAt(nodes: NodeTable, from: number, steps: ObjectPath): number | undefined {
  const found = findNode(nodes, from, steps);
  return found.depth === steps.length ? found.node : undefined;
}
