import type { DocumentSpan } from "./read-exception-files.ts";

/** A text that cuts were made in, and the change as a unified diff without its head. */
export interface CutText {
  readonly text: string;
  readonly diff: string;
}

/** Unchanged lines that are shown around a change. */
const CONTEXT = 3;

/** Spans that overlap or touch, as one. */
function united(cuts: readonly DocumentSpan[]): readonly DocumentSpan[] {
  const sorted = cuts.toSorted((a, b) => a.start - b.start);
  const found: { start: number; end: number }[] = [];
  for (const { start, end } of sorted) {
    const last = found.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else found.push({ start, end });
  }
  return found;
}

/** Some lines that are replaced by others. Places are those of the old text, from 0. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** The lines of a text, each with its line break. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
}

/** What the cuts do to lines. Cuts that share a line are one change. */
function changesOf(text: string, cuts: readonly DocumentSpan[]): readonly Change[] {
  const starts: number[] = [];
  let offset = 0;
  const lines = linesOf(text);
  for (const line of lines) {
    starts.push(offset);
    offset += line.length;
  }
  const lineAt = (at: number): number =>
    Math.max(
      0,
      starts.findLastIndex((start) => start <= at),
    );
  // A line whose break is cut goes on with the next.
  const lastLine = ({ start, end }: DocumentSpan): number => {
    const last = lineAt(Math.max(start, end - 1));
    const joins = text[end - 1] === "\n" && starts[lineAt(start)] !== start;
    return joins ? Math.min(last + 1, lines.length - 1) : last;
  };
  const groups: DocumentSpan[][] = [];
  let last = -1;
  for (const cut of cuts) {
    if (lineAt(cut.start) <= last) groups.at(-1)?.push(cut);
    else groups.push([cut]);
    last = lastLine(cut);
  }
  return groups.map((group) => {
    const start = lineAt(group[0]?.start ?? 0);
    const final = group.at(-1);
    const end = final === undefined ? start : lastLine(final) + 1;
    const from = starts[start] ?? 0;
    const to = starts[end] ?? text.length;
    return trimmed(lines, { start, end, lines: linesOf(without(text, group, from, to)) });
  });
}

/** A change without the lines at its ends that stay as they are. */
function trimmed(lines: readonly string[], { start, end, lines: put }: Change): Change {
  const most = Math.min(end - start, put.length);
  let head = 0;
  while (head < most && lines[start + head] === put[head]) head++;
  let tail = 0;
  while (tail < most - head && lines[end - 1 - tail] === put[put.length - 1 - tail]) tail++;
  return { start: start + head, end: end - tail, lines: put.slice(head, put.length - tail) };
}

/** A part of a text without the cuts in it. */
function without(text: string, cuts: readonly DocumentSpan[], from: number, to: number): string {
  let left = "";
  let at = from;
  for (const { start, end } of cuts) {
    left += text.slice(at, Math.max(at, start));
    at = Math.max(at, end);
  }
  return left + text.slice(at, Math.max(at, to));
}

function marked(mark: string, line: string): string {
  return line.endsWith("\n") ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`;
}

function hunkText(lines: readonly string[], hunk: readonly Change[], shift: number): string {
  const first = Math.max(0, (hunk[0]?.start ?? 0) - CONTEXT);
  const last = Math.min(lines.length, (hunk.at(-1)?.end ?? 0) + CONTEXT);
  let body = "";
  let removed = 0;
  let added = 0;
  let at = first;
  for (const { start, end, lines: put } of hunk) {
    body += lines
      .slice(at, start)
      .map((line) => marked(" ", line))
      .join("");
    body += lines
      .slice(start, end)
      .map((line) => marked("-", line))
      .join("");
    body += put.map((line) => marked("+", line)).join("");
    removed += end - start;
    added += put.length;
    at = end;
  }
  body += lines
    .slice(at, last)
    .map((line) => marked(" ", line))
    .join("");
  const before = last - first;
  const after = before - removed + added;
  const place = (start: number, size: number): string => `${size === 0 ? start : start + 1},${size}`;
  return `@@ -${place(first, before)} +${place(first + shift, after)} @@\n${body}`;
}

/** Cuts parts out of a text. */
export function cutText(text: string, spans: readonly DocumentSpan[]): CutText {
  const cuts = united(spans);
  const lines = linesOf(text);
  const hunks: Change[][] = [];
  for (const change of changesOf(text, cuts)) {
    const before = hunks.at(-1)?.at(-1);
    if (before !== undefined && change.start - before.end <= 2 * CONTEXT) hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  let shift = 0;
  const diff = hunks.map((hunk) => {
    const shown = hunkText(lines, hunk, shift);
    for (const { start, end, lines: put } of hunk) shift += put.length - (end - start);
    return shown;
  });
  return { text: without(text, cuts, 0, text.length), diff: diff.join("") };
}
