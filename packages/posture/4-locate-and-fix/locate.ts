import { parseObjectPath } from "@holdfast/core";
import type { FeedingValue, ObjectPath } from "@holdfast/core";
import type { LoadedResource, Origin } from "../1-load/loaders/define.ts";
import { PathFinder } from "../yaml/find-node.ts";
import type { FoundNode } from "../yaml/find-node.ts";
import { NODE } from "../yaml/node-table.ts";
import { endOfLine } from "../yaml/token-scanner.ts";

const NAME: ObjectPath = ["metadata", "name"];

/** A place in a file, as {@link Source} has it but for the excerpt. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** False where only the object or an enclosing field could be found. */
  readonly exact: boolean;
  /** Why the place is only approximate, where that is for another reason than that the field is not there. */
  readonly reason?: string;
  readonly feeds?: FeedingValue;
}

/**
 * Where a person would edit to change what a path names: the value if it is there; else the key of the nearest field around it that is there; else the
 * object's name; else the object's start. Of an object that was rendered: where that comes from. A path that can't be read counts as the object as a whole. Who asks for many places of one
 * object gives what finds its nodes.
 */
export function locate(resource: LoadedResource, path: string | ObjectPath, finder: PathFinder = finderIn(resource)): Location {
  const steps = typeof path === "string" ? (parseObjectPath(path, resource.object) ?? []) : path;
  if (resource.origins !== undefined) return placeOfOrigin(resource.origins.originOf(steps));
  const found = finder.find(steps);
  if (found.depth > 0) return spot(resource, found, found.depth === steps.length);
  const name = finder.find(NAME);
  return spot(resource, name.depth === NAME.length ? name : found, false);
}

/** What finds nodes of an object by their paths, for {@link locate}. */
export function finderIn({ source: { nodes, node } }: LoadedResource): PathFinder {
  return new PathFinder(nodes, node);
}

/** The place of an origin. Of what takes many lines the first is shown, as it is for what stands in a manifest. */
function placeOfOrigin({ text, start, end, exact, reason, feeds }: Origin): Location {
  const from = text.lines.placeOf(start);
  const to = text.lines.placeOf(Math.max(start, Math.min(end, endOfLine(text.text, start))));
  return {
    file: text.file,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    exact,
    ...(reason === undefined ? {} : { reason }),
    ...(feeds === undefined ? {} : { feeds }),
  };
}

function spot(resource: LoadedResource, found: FoundNode, exact: boolean): Location {
  const { nodes, text } = resource.source;
  const range = exact || found.key === undefined || isScalar(resource, found) ? valueRange(resource, found) : undefined;
  const start = range?.start ?? nodes.start(found.key ?? found.node);
  const end = range?.end ?? nodes.end(found.key ?? found.node);
  const from = text.lines.placeOf(start);
  const to = text.lines.placeOf(Math.max(start, end));
  return { file: text.file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column, exact };
}

function isScalar(resource: LoadedResource, found: FoundNode): boolean {
  return !resource.source.nodes.isCollection(found.node);
}

/** A scalar as a whole; of what takes many lines the first; of a block collection its key. */
function valueRange(resource: LoadedResource, found: FoundNode): { readonly start: number; readonly end: number } {
  const { nodes, text } = resource.source;
  const start = nodes.start(found.node);
  const kind = nodes.kind(found.node);
  if (found.key !== undefined && (kind === NODE.empty || kind === NODE.blockMapping || kind === NODE.blockSequence)) {
    return { start: nodes.start(found.key), end: nodes.end(found.key) };
  }
  return { start, end: Math.min(nodes.end(found.node), endOfLine(text.text, start)) };
}
