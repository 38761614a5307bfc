import { formatObjectPath } from "@holdfast/core";
import type { Excerpt, ObjectPath } from "@holdfast/core";
import type { LoadedResource } from "../1-load/loaders/define.ts";
import { findNode, keyMatches } from "../yaml/find-node.ts";
import { NODE } from "../yaml/node-table.ts";
import type { NodeTable } from "../yaml/node-table.ts";
import { endOfLine } from "../yaml/token-scanner.ts";
import { MASK, secretPaths } from "./secret-values.ts";
import { applyEdits } from "./text-edit.ts";
import type { TextEdit } from "./text-edit.ts";
import { lineStart } from "./text-style.ts";

/** What is shown: an object and its text. */
type MaskedSource = Pick<LoadedResource, "object" | "source">;

const NO_EDITS: readonly TextEdit[] = [];

/** No line of an excerpt is longer; minified JSON would be one line. */
const LONGEST_LINE = 400;

/**
 * The text of an object as outputs may show it: secrets are masked, and nothing that stands in the same file beside it is shown, for that may be a Secret too.
 */
export class MaskedText {
  readonly #resource: MaskedSource;
  /** Paths of secrets, as {@link formatObjectPath} writes them. */
  readonly secrets: ReadonlySet<string>;
  readonly #masks: readonly TextEdit[];
  readonly #first: number;
  readonly #last: number;
  /** By their first and last line: many findings are about the same field. */
  readonly #excerpts = new Map<string, Excerpt>();

  /** `ranges` are parts of the text that are secret for other reasons than what the object says. */
  constructor(resource: MaskedSource, ranges: readonly Omit<TextEdit, "text">[] = []) {
    this.#resource = resource;
    const paths = secretPaths(resource.object);
    this.secrets = new Set(paths.map(formatObjectPath));
    const { nodes, node, text } = resource.source;
    this.#masks = withoutOverlaps([
      ...paths.flatMap((path) => masksOf(resource, path)),
      ...masksAround(resource),
      ...ranges.map((range) => ({ ...range, text: MASK })),
    ]);
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
    const masks =
      this.#masks.length === 0
        ? NO_EDITS
        : this.#masks.filter((mask) => mask.start >= start && mask.end <= end).flatMap((mask) => outsideOf(mask, edits));
    const inside = edits.length === 0 ? NO_EDITS : edits.filter((edit) => edit.start >= start && edit.end <= end);
    const all = masks.length === 0 ? inside : [...inside, ...masks];
    const shown = all.length === 0 ? text.slice(start, end) : applyEdits(text.slice(start, end), inOrder(all, start));
    const shownLines = shown.includes("\r") ? shown.split(/\r\n?|\n/u) : shown.split("\n");
    return shown.length <= LONGEST_LINE
      ? shownLines
      : shownLines.map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line));
  }

  /** An excerpt around some lines. */
  excerpt(from: number, to: number, context: number): Excerpt {
    const range = this.clamp(from - context, to + context);
    const key = `${range.from} ${range.to}`;
    const known = this.#excerpts.get(key);
    if (known !== undefined) return known;
    const excerpt = { line: range.from, text: this.#excerptText(range.from, range.to) };
    this.#excerpts.set(key, excerpt);
    return excerpt;
  }

  #excerptText(from: number, to: number): string {
    const { lines, text } = this.#resource.source.text;
    const start = lines.startOf(from);
    const end = endOfLine(text, lines.startOf(to));
    // Most excerpts are short, hide nothing and have plain line breaks: what stands there is what is shown.
    const isPlain = end - start <= LONGEST_LINE && !this.#masks.some((mask) => mask.start < end && mask.end > start);
    const shown = isPlain ? text.slice(start, end) : "\r";
    return shown.includes("\r") ? this.lines(from, to).join("\n") : shown;
  }
}

/** What hides the secrets of an object, in the order of the text. None goes over the end of a line. */
export function secretMasks(resource: LoadedResource): readonly TextEdit[] {
  return withoutOverlaps(secretPaths(resource.object).flatMap((path) => masksOf(resource, path)));
}

/** Edits in the order of the text, counted from an offset on. */
function inOrder(edits: readonly TextEdit[], from: number): readonly TextEdit[] {
  return edits
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
    .map((edit) => ({ text: edit.text, start: edit.start - from, end: edit.end - from }));
}

/** Masks in the order of the text. Of those that overlap one is made: what one mask covers no other may show. */
function withoutOverlaps(masks: readonly TextEdit[]): readonly TextEdit[] {
  const apart: TextEdit[] = [];
  for (const mask of masks.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1);
    if (last === undefined || mask.start >= last.end) apart.push(mask);
    else if (mask.end > last.end) apart[apart.length - 1] = { ...last, end: mask.end };
  }
  return apart;
}

/** The parts of a mask that edits leave standing. */
function outsideOf(mask: TextEdit, edits: readonly TextEdit[]): TextEdit[] {
  let parts = [mask];
  for (const edit of edits) {
    if (edit.end <= mask.start || edit.start >= mask.end) continue;
    parts = parts
      .flatMap((part) => [
        { ...part, end: Math.min(part.end, edit.start) },
        { ...part, start: Math.max(part.start, edit.end) },
      ])
      .filter(({ start, end }) => start < end);
  }
  return parts;
}

/** The end of a text without white space. */
export function endOfText(text: string, start: number, end: number): number {
  let here = end;
  while (here > start && /\s/u.test(text[here - 1] ?? "")) here -= 1;
  return here;
}

/** The text of secrets, line by line. */
function masksOf(resource: MaskedSource, path: ObjectPath): TextEdit[] {
  const { nodes, node } = resource.source;
  return nodesAt(nodes, node, path).flatMap((found) => masksOfNode(resource, found));
}

/**
 * All nodes that a path names: a mapping may have a key twice, and the object only the last value. Where a part of the path can't be found in the text, what it should
 * be in: too much is masked rather than too little.
 */
function nodesAt(nodes: NodeTable, from: number, path: ObjectPath): readonly number[] {
  const [step, ...rest] = path;
  const parent = findNode(nodes, from, []).node;
  if (step === undefined) return [parent];
  const known = findNode(nodes, parent, [step]);
  const found = new Set(known.depth === 1 ? [known.node] : []);
  if (nodes.isMapping(parent))
    for (const { key, value } of nodes.entries(parent))
      if (keyMatches(nodes, key, String(step))) found.add(findNode(nodes, value, []).node);
  return found.size === 0 ? [parent] : [...found].flatMap((node) => nodesAt(nodes, node, rest));
}

function masksOfNode(resource: MaskedSource, secret: number): TextEdit[] {
  const { nodes, text } = resource.source;
  const kind = nodes.kind(secret);
  const isBlock = kind === NODE.literal || kind === NODE.folded;
  const start = isBlock ? endOfLine(text.text, nodes.start(secret)) : nodes.start(secret);
  const masks: TextEdit[] = [];
  const words = /[^\s][^\r\n]*/gu;
  words.lastIndex = start;
  for (let match = words.exec(text.text); match !== null && match.index < nodes.end(secret); match = words.exec(text.text)) {
    masks.push({ start: match.index, end: Math.min(nodes.end(secret), match.index + match[0].length), text: MASK });
  }
  return masks;
}

/** What stands on the first and last line of the object and is not part of it. */
function masksAround(resource: MaskedSource): TextEdit[] {
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
