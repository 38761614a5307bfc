import path from "node:path";
import { groupOf, type ObjectPath } from "@holdfast/core";
import type { LoaderAccess } from "../loaders/define.ts";
import { aliasBudget, compose } from "../../yaml/compose.ts";
import type { ComposedDocument } from "../../yaml/composed-document.ts";
import { SourceText } from "../../yaml/source-text.ts";
import { splitDocuments } from "../../yaml/split-documents.ts";
import type { YamlPlace } from "./place.ts";
import { YamlFault } from "../../yaml/yaml-fault.ts";

/** The names that a kustomization may have: https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#kustomization */
export const KUSTOMIZATION_NAMES: readonly string[] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

export type Fields = Readonly<Record<string, unknown>>;

/** A kustomization as it was read. */
export interface Kustomization {
  readonly folder: string;
  /** The machine's path of its file. */
  readonly path: string;
  readonly text: SourceText;
  readonly document: ComposedDocument;
  readonly fields: Fields;
  /** Of one that stands in no file, but is made of what another object says: where that stands. */
  readonly made?: MadeOf;
}

/** Where the fields of a kustomization stand that is made of another object. */
export interface MadeOf {
  readonly place?: YamlPlace;
  /** The path from that place of what a path names in the kustomization. */
  readonly where: (steps: ObjectPath) => ObjectPath;
}

/** A kustomization that stands in no file. */
export function madeKustomization(folder: string, fields: Fields, cwd: string, made: MadeOf): Kustomization {
  const file = path.join(folder, "kustomization.yaml");
  const text = new SourceText(made.place?.text.file ?? displayName(folder, cwd), JSON.stringify(fields));
  const [document] = compose(text.text, 0, text.text.length, aliasBudget());
  if (document === undefined) throw new Error("a kustomization that was made can't be read");
  return { folder, path: file, text, document, fields, made };
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The items of a list; none where there is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A scalar as text; empty for everything else. */
export function scalarText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint" || typeof value === "boolean"
    ? String(value)
    : "";
}

/** How results call a path. */
export function displayName(target: string, cwd: string): string {
  const relative = path.relative(cwd, target);
  return relative === "" ? "." : relative.split(path.sep).join("/");
}

/** Whether a document is a kustomization, by whatever name it stands in a file of that name: type and group may be left out. Flux has objects of the same kind. */
function isKustomization(value: unknown): value is Fields {
  if (value === null || value === undefined) return true;
  if (!isFields(value)) return false;
  const { apiVersion, kind } = value;
  if (kind !== undefined && kind !== "Kustomization" && kind !== "Component") return false;
  return apiVersion === undefined || (typeof apiVersion === "string" && groupOf(apiVersion) === "kustomize.config.k8s.io");
}

/** Reads the only document of a text, or of a part of it; undefined where it has several, or is no YAML. */
export function onlyDocument(source: SourceText, start = 0, end: number = source.text.length): ComposedDocument | undefined {
  try {
    const documents = compose(source.text, start, end, aliasBudget());
    return documents.length === 1 ? documents[0] : undefined;
  } catch (error) {
    if (error instanceof YamlFault) return undefined;
    throw error;
  }
}

/** The only document of a text that says something: Kustomize takes no notice of empty ones around it. Undefined where there are several, or it is no YAML. */
function meantDocument(source: SourceText): ComposedDocument | undefined {
  const only = onlyDocument(source);
  if (only !== undefined) return only;
  const spans = splitDocuments(source.text).filter(({ start, end }) =>
    source.text
      .slice(start, end)
      .split("\n")
      .some((line) => !/^\s*(?:#|---\s*$|\.\.\.\s*$|$)/u.test(line)),
  );
  const [span] = spans;
  return span === undefined || spans.length > 1 ? undefined : onlyDocument(source, span.start, span.end);
}

const LIMIT = 4 * 1024 * 1024;

/** Reads the kustomization of a file; undefined where it is none or can't be read. */
export async function readKustomization(
  file: string,
  { files, cwd }: Pick<LoaderAccess, "files" | "cwd">,
): Promise<Kustomization | undefined> {
  const { bytes } = await files.readFile(file, LIMIT);
  if (bytes === undefined) return undefined;
  const text = new SourceText(displayName(file, cwd), new TextDecoder().decode(bytes));
  const document = meantDocument(text);
  if (document === undefined || !isKustomization(document.value)) return undefined;
  return { folder: path.dirname(file), path: file, text, document, fields: isFields(document.value) ? document.value : {} };
}

/** The kustomization of a folder; undefined where it has none. */
export async function kustomizationOf(folder: string, access: Pick<LoaderAccess, "files" | "cwd">): Promise<Kustomization | undefined> {
  let names: ReadonlySet<string>;
  try {
    names = new Set((await access.files.listFolder(folder)).map(({ name }) => name));
  } catch {
    return undefined;
  }
  const name = KUSTOMIZATION_NAMES.find((one) => names.has(one));
  return name === undefined ? undefined : readKustomization(path.join(folder, name), access);
}
