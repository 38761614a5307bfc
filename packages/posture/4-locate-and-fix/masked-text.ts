import { formatObjectPath } from "@holdfast/core";
import type { Excerpt } from "@holdfast/core";
import type { LoadedResource } from "../1-load/loaders/define.ts";
import { findNode } from "../yaml/find-node.ts";
import { NODE } from "../yaml/node-table.ts";
import { endOfLine } from "../yaml/token-scanner.ts";
import { MASK, secretPaths } from "./secret-values.ts";
import { applyEdits } from "./text-edit.ts";
import type { TextEdit } from "./text-edit.ts";
import { lineStart } from "./text-style.ts";

/** No line of an excerpt is longer; minified JSON would be one line. */
const LONGEST_LINE = 400;

/**
 * The text of an object as outputs may show it: secrets are masked, and nothing that stands in the same file beside it is shown, for that may be a Secret too.
 */
export class MaskedText {
  readonly #resource: LoadedResource;
  /** Paths of secrets, as {@link formatObjectPath} writes them. */
  readonly secrets: ReadonlySet<string>;
  readonly #masks: readonly TextEdit[];
  readonly #first: number;
  readonly #last: number;

  constructor(resource: LoadedResource) {
    this.#resource = resource;
    const paths = secretPaths(resource.object);
    this.secrets = new Set(paths.map(formatObjectPath));
    const { nodes, node, text } = resource.source;
    this.#masks = [...paths.flatMap((path) => masksOf(resource, path)), ...masksAround(resource)].sort((a, b) => a.start - b.start);
    this.#first = text.lines.placeOf(nodes.start(node)).line;
    this.#last = text.lines.placeOf(Math.max(nodes.start(node), endOfText(text.text, nodes.start(node), nodes.end(node)))).line;
  }

  /** The lines from one to another that belong to the object. */
  clamp(from: number, to: number): { readonly from: number; readonly to: number } {
    return { from: Math.max(this.#first, Math.min(from, this.#last)), to: Math.min(this.#last, Math.max(to, this.#first)) };
  }

  /** The lines from one to another, after some edits if any are given. */
  lines(from: number, to: number, edits: readonly TextEdit[] = []): string[] {
    const { lines, text } = this.#resource.source.text;
    const start = lines.startOf(from);
    const end = endOfLine(text, lines.startOf(to));
    const masks = this.#masks.filter(
      (mask) => mask.start < end && mask.end > start && !edits.some((edit) => edit.start < mask.end && edit.end > mask.start),
    );
    const all = [...edits, ...masks]
      .filter((edit) => edit.start >= start && edit.end <= end)
      .toSorted((a, b) => a.start - b.start || a.end - b.end)
      .map((edit) => ({ text: edit.text, start: edit.start - start, end: edit.end - start }));
    return applyEdits(text.slice(start, end), all)
      .split(/\r\n?|\n/u)
      .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line));
  }

  /** An excerpt around some lines. */
  excerpt(from: number, to: number, context: number): Excerpt {
    const range = this.clamp(from - context, to + context);
    return { line: range.from, text: this.lines(range.from, range.to).join("\n") };
  }
}

/** The end of a text without white space. */
function endOfText(text: string, start: number, end: number): number {
  let here = end;
  while (here > start && /\s/u.test(text[here - 1] ?? "")) here -= 1;
  return here;
}

/** A secret's text, line by line. */
function masksOf(resource: LoadedResource, path: readonly (string | number)[]): TextEdit[] {
  const { nodes, node, text } = resource.source;
  const found = findNode(nodes, node, path);
  if (found.depth < path.length) return [];
  const kind = nodes.kind(found.node);
  const isBlock = kind === NODE.literal || kind === NODE.folded;
  const start = isBlock ? endOfLine(text.text, nodes.start(found.node)) : nodes.start(found.node);
  const masks: TextEdit[] = [];
  const words = /[^\s][^\r\n]*/gu;
  words.lastIndex = start;
  for (let match = words.exec(text.text); match !== null && match.index < nodes.end(found.node); match = words.exec(text.text)) {
    masks.push({ start: match.index, end: Math.min(nodes.end(found.node), match.index + match[0].length), text: MASK });
  }
  return masks;
}

/** What stands on the first and last line of the object and is not part of it. */
function masksAround(resource: LoadedResource): TextEdit[] {
  const { nodes, node, text } = resource.source;
  const start = nodes.start(node);
  const end = endOfText(text.text, start, nodes.end(node));
  const before = { start: lineStart(text.text, start), end: start };
  const after = { start: end, end: endOfLine(text.text, end) };
  const masks: TextEdit[] = [];
  if (/[^\s\-,[]/u.test(text.text.slice(before.start, before.end))) masks.push({ ...before, text: "… " });
  if (/^[\s,\]}]*[^\s,\]}#]/u.test(text.text.slice(after.start, after.end))) masks.push({ ...after, text: " …" });
  return masks;
}
