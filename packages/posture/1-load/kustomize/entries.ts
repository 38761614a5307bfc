import type { ObjectPath } from "@holdfast/core";
import type { Origin } from "../loaders/define.ts";
import type { SourceText } from "../../yaml/source-text.ts";
import { isFields, listOf, scalarText, textOf, type Fields } from "./kustomization.ts";
import { sameScalar } from "./match-path.ts";
import { keyAt, placeAt, type YamlPlace } from "./place.ts";
import type { PatchedObject, Setting } from "./patch.ts";
import { selects } from "./patch.ts";

/** An entry of a kustomization, or of a transformer's own file: its fields, and where they stand from the place's node. */
export interface Entry {
  readonly place: YamlPlace;
  /** The path from the place. */
  readonly steps: ObjectPath;
  readonly value: unknown;
}

type At = (path: ObjectPath, object: Fields) => Origin | undefined;

const NOTHING: At = () => undefined;

function only(sets: At, touches: At = NOTHING): Setting {
  return { sets, touches };
}

function last(path: ObjectPath): string {
  return String(path.at(-1));
}

function valueIn(object: unknown, path: ObjectPath): unknown {
  let value = object;
  for (const step of path) value = Array.isArray(value) ? (value[Number(step)] as unknown) : isFields(value) ? value[step] : undefined;
  return value;
}

/** `namespace`: of objects, and of the subjects of bindings. */
export function namespaceEntry({ place, steps, value }: Entry): Setting {
  return only((path, object) =>
    last(path) === "namespace" &&
    (path.length === 2 ? path[0] === "metadata" : path[0] === "subjects") &&
    sameScalar(valueIn(object, path), value)
      ? placeAt(place, steps, true)
      : undefined,
  );
}

/** `namePrefix` and `nameSuffix`: of names, and of what refers to them. */
export function affixEntry({ place, steps, value }: Entry, end: "startsWith" | "endsWith"): Setting {
  const affix = textOf(value);
  return only((path, object) => {
    if (affix === undefined || path.length !== 2 || path[0] !== "metadata" || path[1] !== "name") return undefined;
    const name = valueIn(object, path);
    return typeof name === "string" && name[end](affix) ? placeAt(place, steps, true) : undefined;
  });
}

const LABEL_PARENTS: ReadonlySet<string> = new Set(["labels", "matchLabels", "selector"]);

/** `commonLabels`, `labels[].pairs` and the pairs of a transformer's own file; the same for annotations. */
export function pairsEntry({ place, steps, value }: Entry, parents: ReadonlySet<string> = LABEL_PARENTS): Setting {
  const pairs = isFields(value) ? value : {};
  return only((path, object) => {
    const key = last(path);
    if (!parents.has(String(path.at(-2))) || !Object.hasOwn(pairs, key) || !sameScalar(pairs[key], valueIn(object, path))) return undefined;
    return placeAt(place, [...steps, key], true);
  });
}

export const ANNOTATION_PARENTS: ReadonlySet<string> = new Set(["annotations"]);

/** `images[]`: what it says of an image's name, tag and digest. The line to edit is that of the tag or digest, else of the name. */
export function imageEntry({ place, steps, value }: Entry): Setting {
  const { name, newName, newTag, digest } = isFields(value) ? value : {};
  const field = digest !== undefined ? "digest" : newTag !== undefined ? "newTag" : newName !== undefined ? "newName" : "name";
  return only((path, object) => {
    if (last(path) !== "image") return undefined;
    const image = valueIn(object, path);
    const expected = textOf(newName) ?? textOf(name);
    if (typeof image !== "string" || expected === undefined || !image.startsWith(expected)) return undefined;
    const rest = image.slice(expected.length);
    const wanted = digest !== undefined ? `@${scalarText(digest)}` : newTag !== undefined ? `:${scalarText(newTag)}` : undefined;
    if (wanted === undefined ? !/^(?:[:@]|$)/u.test(rest) : !rest.endsWith(wanted)) return undefined;
    return placeAt(place, [...steps, field], true);
  });
}

/** `replicas[]` */
export function replicasEntry({ place, steps, value }: Entry, { names }: PatchedObject): Setting {
  const { name, count } = isFields(value) ? value : {};
  return only((path, object) =>
    path.length === 2 &&
    path[0] === "spec" &&
    path[1] === "replicas" &&
    names.includes(String(name)) &&
    sameScalar(count, valueIn(object, path))
      ? placeAt(place, [...steps, "count"], true)
      : undefined,
  );
}

/** What a replacement copies from, as its `source` says. */
export interface CopiedField {
  readonly source: Fields;
  readonly fieldPath: string;
}

/** `replacements[]`: the field that is copied, where that is found, else the entry that says where to. */
export function replacementEntry(
  { place, steps, value }: Entry,
  object: PatchedObject,
  originOf: (field: CopiedField) => Origin | undefined,
): Setting {
  const replacement = isFields(value) ? value : {};
  const source = isFields(replacement["source"]) ? replacement["source"] : {};
  const fieldPath = textOf(source["fieldPath"]) ?? "metadata.name";
  return only((path, rendered) => {
    for (const [index, target] of listOf(replacement["targets"]).entries()) {
      if (!isFields(target) || !isFields(target["select"]) || !selects(target["select"], object)) continue;
      const fields = listOf(target["fieldPaths"]);
      const found = fields.findIndex((one) => typeof one === "string" && fieldSteps(one, rendered, path) !== undefined);
      if (found === -1) continue;
      const copied = originOf({ source, fieldPath });
      const entry = placeAt(place, [...steps, "targets", index, "fieldPaths", found], true);
      return copied === undefined ? entry : { ...copied, feeds: { file: copied.text.file, path: fieldPath } };
    }
    return undefined;
  });
}

/**
 * The steps of a path as replacements have it, `spec.template.spec.containers.[name=web].image`, in an object; undefined where it leads nowhere there. With a path, only
 * that one counts for what stands for several.
 */
export function fieldSteps(field: string, object: unknown, wanted?: ObjectPath): ObjectPath | undefined {
  const parts = field.match(/\[[^\]]*\]|(?:\\.|[^.[\]\\])+/gu)?.map((part) => part.replaceAll(/\\(.)/gu, "$1")) ?? [];
  if (wanted !== undefined && parts.length !== wanted.length) return undefined;
  const steps: (string | number)[] = [];
  let value = object;
  for (const [index, part] of parts.entries()) {
    const condition = /^\[(?<key>[^=]+)=(?<wanted>.*)\]$/u.exec(part)?.groups;
    let step: string | number = wanted?.[index] ?? part;
    if (condition !== undefined && Array.isArray(value)) {
      const { key = "", wanted: text } = condition;
      const fits = (item: unknown): boolean => isFields(item) && String(item[key]) === text;
      step = wanted === undefined ? value.findIndex(fits) : step;
      if (!fits((value as unknown[])[Number(step)])) return undefined;
    } else if (part !== "*" && part !== "[*]" && part !== String(step)) return undefined;
    value = Array.isArray(value) ? (value[Number(step)] as unknown) : isFields(value) ? value[String(step)] : undefined;
    steps.push(step);
  }
  return value === undefined ? undefined : steps;
}

/** A generator's entry: the literal, the line of a file of variables, or the file that a key is made from. */
export function generatedEntry({ place, steps, value }: Entry, textOfFile: (written: string) => SourceText | undefined): Setting {
  const { literals, files, envs, env } = isFields(value) ? value : {};
  const sets: At = (path) => {
    if (path.length !== 2 || (path[0] !== "data" && path[0] !== "stringData" && path[0] !== "binaryData")) return undefined;
    const literal = listOf(literals).findIndex((one) => typeof one === "string" && one.startsWith(`${last(path)}=`));
    if (literal !== -1) return placeAt(place, [...steps, "literals", literal], true);
    const file = listOf(files).findIndex((one) => typeof one === "string" && keyOfFile(one) === last(path));
    if (file !== -1) return placeAt(place, [...steps, "files", file], true);
    for (const written of [...listOf(envs), env]) {
      const text = typeof written === "string" ? textOfFile(written) : undefined;
      const found = text === undefined ? undefined : lineOfVariable(text, last(path));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return only(sets, (path) => (path.length === 0 ? keyAt(place, [...steps, "name"]) : undefined));
}

/** The line `NAME=value` of a file of variables. */
function lineOfVariable(text: SourceText, name: string): Origin | undefined {
  for (let line = 1; line <= text.lines.count; line += 1) {
    const written = text.lines.lineAt(line);
    const start = text.lines.startOf(line);
    if (written.trimStart().startsWith(`${name}=`))
      return { text, start: start + written.indexOf(name), end: start + written.length, exact: true };
  }
  return undefined;
}

function keyOfFile(written: string): string {
  const equals = written.indexOf("=");
  return equals === -1 ? (written.split("/").at(-1) ?? "") : written.slice(0, equals);
}
