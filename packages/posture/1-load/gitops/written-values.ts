import path from "node:path";
import type { ObjectPath } from "@holdfast/core";
import type { FileContent, FileSystem } from "../file-system.ts";
import type { LoadedResource, Origin, ResourceOrigins } from "../loaders/define.ts";
import { findNode } from "../../yaml/find-node.ts";
import type { NodeTable } from "../../yaml/node-table.ts";
import type { SourceText } from "../../yaml/source-text.ts";
import { isFields, onlyDocument } from "../kustomize/kustomization.ts";
import { inlinePatches, nodeAt } from "../kustomize/patch.ts";
import { placeAt } from "../kustomize/place.ts";
import { inFile } from "./flux-kustomization.ts";
import { originIn } from "./variables.ts";

/** Values of a release that stand in an object, as Helm is given them: a file that nobody has. */
export interface WrittenValues {
  /** The machine's path that Helm's loader reads it at. */
  readonly path: string;
  /** How that is called. */
  readonly file: string;
  readonly text: string;
  /** Where a value of it stands in the user's files. */
  readonly originOf: (steps: ObjectPath) => Origin;
}

/** Values that stand as fields in an object. */
export function valuesInFields(resource: LoadedResource, at: ObjectPath, values: unknown, file: WrittenFile): WrittenValues {
  const text = `${JSON.stringify(values, (_key, value: unknown) => (typeof value === "bigint" ? Number(value) : value), 1)}\n`;
  return { ...file, text, originOf: (steps) => originIn(resource, [...at, ...steps]) };
}

/** One value of an object's data, which is set at a path of the values. */
export function valueAtPath(
  resource: LoadedResource,
  at: ObjectPath,
  target: ObjectPath,
  value: unknown,
  file: WrittenFile,
): WrittenValues {
  let nested: unknown = value;
  for (const step of target.toReversed()) nested = typeof step === "number" ? [nested] : { [step]: nested };
  return { ...file, text: `${JSON.stringify(nested)}\n`, originOf: () => originIn(resource, at) };
}

/** A values file that stands as a text in a ConfigMap or Secret. In a block its lines are lines of that file. */
export function valuesInData(resource: LoadedResource, at: ObjectPath, text: string, file: WrittenFile): WrittenValues {
  return {
    ...file,
    text,
    originOf: (steps) => {
      const stands = inFile(resource);
      const node = stands === undefined ? undefined : nodeAt(stands.source.nodes, stands.source.node, at);
      const [inline] = stands === undefined || node === undefined ? [] : inlinePatches(stands.source.text, stands.source.nodes, node, text);
      if (inline === undefined || inline.document.nodes !== inline.place.nodes) return originIn(resource, at);
      const found = findNode(inline.place.nodes, 0, steps);
      return placeAt(inline.place, steps.slice(0, found.depth), found.depth === steps.length);
    },
  };
}

/** Where written values are read at, and how they are called there. */
export type WrittenFile = Pick<WrittenValues, "path" | "file">;

/** A name for values that no file of the user's has. */
export function writtenFile(cwd: string, release: string, index: number): WrittenFile {
  const file = `.holdfast-values-${release.replaceAll(/[^\w.-]/gu, "_")}-${index}.yaml`;
  return { path: path.join(cwd, file), file };
}

/** Files with some that are given in place of what is there. */
export function withFiles(files: FileSystem, given: ReadonlyMap<string, string>): FileSystem {
  return {
    listFolder: files.listFolder,
    kindOf: async (target) => (given.has(target) ? "file" : files.kindOf(target)),
    realPath: async (target) => (given.has(target) ? target : files.realPath(target)),
    readStdin: files.readStdin,
    readFile: async (target, limit): Promise<FileContent> => {
      const text = given.get(target);
      if (text === undefined) return files.readFile(target, limit);
      const bytes = new TextEncoder().encode(text);
      return bytes.length > limit ? { size: bytes.length } : { size: bytes.length, bytes };
    },
  };
}

/** Origins in which values that stand in objects have their places there. */
export class ReleaseOrigins implements ResourceOrigins {
  readonly #rendered: ResourceOrigins;
  readonly #values: ReadonlyMap<string, WrittenValues>;

  constructor(rendered: ResourceOrigins, values: ReadonlyMap<string, WrittenValues>) {
    this.#rendered = rendered;
    this.#values = values;
  }

  readonly prepare = async (): Promise<void> => this.#rendered.prepare();

  readonly steadyName = (): string | undefined => this.#rendered.steadyName?.();

  readonly originOf = (path: ObjectPath): Origin => {
    const origin = this.#rendered.originOf(path);
    const written = this.#values.get(origin.text.file);
    const { feeds } = origin;
    if (written === undefined) {
      const feeding = this.#values.get(feeds?.file ?? "");
      if (feeding === undefined || feeds === undefined) return origin;
      return { ...origin, feeds: { file: feeding.originOf([]).text.file, path: feeds.path } };
    }
    const steps = stepsAt(origin.text, origin.start) ?? [];
    const own = written.originOf(steps);
    // What no output may show there may not be shown here.
    const isSecret = origin.secrets?.some(({ start, end }) => start < origin.end && end > origin.start) === true;
    return {
      ...own,
      exact: own.exact && origin.exact,
      ...(origin.reason === undefined ? {} : { reason: origin.reason }),
      ...(feeds === undefined ? {} : { feeds: { file: own.text.file, path: feeds.path } }),
      ...(isSecret ? { secrets: [{ start: own.start, end: own.end }] } : {}),
    };
  };
}

/** The path of what stands at an offset of a text: of the value that starts there, or whose key does. */
function stepsAt(text: SourceText, offset: number): ObjectPath | undefined {
  const document = onlyDocument(text);
  return document === undefined ? undefined : search(document.nodes, 0, document.value, offset, []);
}

function search(nodes: NodeTable, node: number, value: unknown, offset: number, path: ObjectPath): ObjectPath | undefined {
  if (offset < nodes.start(node) || offset > nodes.end(node)) return undefined;
  if (nodes.isSequence(node)) {
    for (const [index, item] of nodes.items(node).entries()) {
      const found = search(nodes, item, Array.isArray(value) ? value[index] : undefined, offset, [...path, index]);
      if (found !== undefined) return found;
    }
  } else if (nodes.isMapping(node)) {
    const keys = isFields(value) ? Object.keys(value) : [];
    for (const { key, value: child } of nodes.entries(node)) {
      const name = keys.find((one) => one === nodes.scalarText(key));
      if (name === undefined) continue;
      if (offset >= nodes.start(key) && offset <= nodes.end(key)) return [...path, name];
      const found = search(nodes, child, isFields(value) ? value[name] : undefined, offset, [...path, name]);
      if (found !== undefined) return found;
    }
  }
  return path;
}
