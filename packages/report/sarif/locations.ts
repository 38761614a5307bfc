import type { ResourceSummary, Source } from "@holdfast/core";
import { repositoryPath } from "../repository-path.ts";

/** The base that URIs are relative to: the root of the repository, as code hosts understand it. */
export const SOURCE_ROOT = "%SRCROOT%";

/** A percent-encoded URI relative to the repository's root. What lies outside of it has no base to be relative to. */
function artifactOf(file: string, sourcePrefix: string): object {
  const path = repositoryPath(file, sourcePrefix);
  const uri = path.toWellFormed().split("/").map(encodeURIComponent).join("/");
  if (uri.startsWith("/")) return { uri: `file://${uri}` };
  return uri === ".." || uri.startsWith("../") ? { uri } : { uri, uriBaseId: SOURCE_ROOT };
}

/** The files of one log. */
export class Artifacts {
  readonly #sourcePrefix: string;
  // Most files have many findings. There are as many entries as files.
  readonly #known = new Map<string, object>();

  /** `sourcePrefix` is the way from the repository's root to where files are named from, ending with `/`, or empty. */
  constructor(sourcePrefix: string) {
    this.#sourcePrefix = sourcePrefix;
  }

  /** A file as SARIF's artifactLocation (3.4); null for standard input, which is no artifact. */
  of(file: string): object | null {
    if (file === "-") return null;
    const known = this.#known.get(file) ?? artifactOf(file, this.#sourcePrefix);
    this.#known.set(file, known);
    return known;
  }
}

/** The text from one place up to another in an excerpt; null where the excerpt does not reach so far. */
function textBetween({ excerpt, line, column, endLine = line, endColumn }: Source): string | null {
  const lines = excerpt.text.split("\n").slice(Math.max(0, line - excerpt.line), Math.max(0, endLine - excerpt.line + 1));
  if (line < excerpt.line || lines.length !== endLine - line + 1 || endColumn === undefined) return null;
  // In a line with a masked secret the columns of the file are not those of the excerpt.
  if (lines.some((text) => text.includes("•••"))) return null;
  const last = lines.length - 1;
  return lines.map((text, i) => text.slice(i === 0 ? column - 1 : 0, i === last ? endColumn - 1 : undefined)).join("\n");
}

/** A place as SARIF's region (3.30). An end before the start is left out. */
function regionOf(source: Source): object {
  const { line, column, endLine, endColumn } = source;
  const ends = endColumn !== undefined && ((endLine ?? line) > line || ((endLine ?? line) === line && endColumn >= column));
  const snippet = ends ? textBetween(source) : null;
  return {
    startLine: line,
    startColumn: column,
    ...(ends ? { endLine: endLine ?? line, endColumn } : {}),
    ...(snippet === null || snippet === "" ? {} : { snippet: { text: snippet } }),
  };
}

function contextOf({ excerpt, line, column, endLine = line }: Source): object | null {
  const last = excerpt.line + excerpt.text.split("\n").length - 1;
  const regionEnd = Math.max(line, endLine);
  // A context holds its region whole, and more than it (3.29.5).
  if (excerpt.text === "" || excerpt.line > line || last < regionEnd) return null;
  if (excerpt.line === line && last === regionEnd && column === 1) return null;
  return { startLine: excerpt.line, endLine: last, snippet: { text: excerpt.text } };
}

/** Where a person would edit, as SARIF's physicalLocation (3.29). */
export function sourceLocation(source: Source, artifacts: Artifacts): object | null {
  const artifactLocation = artifacts.of(source.file);
  if (artifactLocation === null) return null;
  const contextRegion = contextOf(source);
  return { artifactLocation, region: regionOf(source), ...(contextRegion === null ? {} : { contextRegion }) };
}

/** A file, and a place in it where one is known, as SARIF's physicalLocation. */
export function placeLocation(
  { file, line, column }: { readonly file?: string; readonly line?: number; readonly column?: number },
  artifacts: Artifacts,
): object | null {
  const artifactLocation = file === undefined ? null : artifacts.of(file);
  if (artifactLocation === null) return null;
  return {
    artifactLocation,
    ...(line === undefined ? {} : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } }),
  };
}

/** A Kubernetes object as SARIF's logicalLocation (3.33). */
export function objectLocation({ apiVersion, kind, namespace, name }: ResourceSummary): object {
  return {
    name,
    fullyQualifiedName: [apiVersion, kind, namespace, name].filter((part) => part !== "").join("/"),
    kind: "resource",
  };
}
