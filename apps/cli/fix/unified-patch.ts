import { lineDifferences, type Difference } from "./line-diff.ts";

/** A changed file, line by line as it is and as outputs may show it (see `shownLines` of @holdfast/posture). */
export interface ChangedText {
  /** How people call it. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly shownBefore: readonly string[];
  readonly shownAfter: readonly string[];
  /** There is no such file yet. */
  readonly isNew?: true;
}

/** Lines of context on each side of a change. */
const CONTEXT = 3;
const NO_BREAK = "\\ No newline at end of file";

/** The change of a file for people: a unified diff with secrets masked. It ends with a line break. */
export function shownDiff(text: ChangedText): string {
  const hunks = hunksOf(text, () => CONTEXT);
  return head(text) + hunks.map((hunk) => hunkText(hunk, text, text.shownBefore, text.shownAfter)).join("");
}

/**
 * The change of a file as `git apply` and `patch -p1` take it: exact, so no line in it may hold a secret. Where one stands near a change there is less context; where the
 * change itself touches one, or nothing but a secret stands behind it, there is no patch: null.
 */
export function exactPatch(text: ChangedText): string | null {
  const { before, after, shownBefore, shownAfter } = text;
  const lines = { before: split(before), after: split(after) };
  const isSecret = (at: number): boolean => lines.before.lines[at] !== shownBefore[at];
  const hunks = hunksOf(text, (from, step) => {
    let free = 0;
    while (free < CONTEXT && !isSecret(step < 0 ? from - 1 - free : from + free)) free += 1;
    return free;
  });
  const isExact = hunks.every(
    (hunk) =>
      hunk.differences.every(
        ({ beforeAt, removed, afterAt, added }) =>
          range(beforeAt, removed).every((at) => !isSecret(at)) &&
          range(afterAt, added).every((at) => lines.after.lines[at] === shownAfter[at]),
      ) &&
      range(hunk.from, hunk.to - hunk.from).every((at) => !isSecret(at)) &&
      // Without a line behind it `git apply` takes a hunk for the end of the file.
      (hunk.trailing > 0 || hunk.to === lines.before.lines.length),
  );
  return isExact ? head(text) + hunks.map((hunk) => hunkText(hunk, text, lines.before.lines, lines.after.lines)).join("") : null;
}

interface Hunk {
  /** Lines of the file before, from 0, the end exclusive. */
  readonly from: number;
  readonly to: number;
  /** Lines of context behind the last difference. */
  readonly trailing: number;
  readonly differences: readonly Difference[];
}

/** Differences with their context; those whose context would meet are one. `free` says how many lines of context there may be from a line on, before it (-1) or behind. */
function hunksOf({ before, after }: ChangedText, free: (line: number, step: -1 | 1) => number): readonly Hunk[] {
  const lines = split(before);
  const differences = lineDifferences(withLastBreak(before), withLastBreak(after));
  const hunks: Hunk[] = [];
  for (const difference of differences) {
    const { beforeAt, removed } = difference;
    const behind = beforeAt + removed;
    const trailing = Math.min(free(behind, 1), lines.lines.length - behind);
    const from = beforeAt - Math.min(free(beforeAt, -1), beforeAt);
    const last = hunks.at(-1);
    if (last !== undefined && from <= last.to)
      hunks[hunks.length - 1] = { from: last.from, to: behind + trailing, trailing, differences: [...last.differences, difference] };
    else hunks.push({ from, to: behind + trailing, trailing, differences: [difference] });
  }
  return hunks;
}

interface Lines {
  /** Without their line breaks. */
  readonly lines: readonly string[];
  /** Whether the last of them ends with one. */
  readonly broken: boolean;
}

function split(text: string): Lines {
  const lines = text.split("\n");
  const broken = lines.at(-1) === "";
  return { lines: broken ? lines.slice(0, -1) : lines, broken };
}

/** Lines of which the last, where no line break ends it, is no other line's equal. */
function withLastBreak(text: string): readonly string[] {
  const { lines, broken } = split(text);
  return broken ? lines : [...lines.slice(0, -1), `${lines.at(-1) ?? ""}\n${NO_BREAK}`];
}

function hunkText(hunk: Hunk, { before, after }: ChangedText, shownBefore: readonly string[], shownAfter: readonly string[]): string {
  const old = split(before);
  const now = split(after);
  const oldLine = (sign: string, at: number): string[] => lineOf(sign, shownBefore[at] ?? "", !old.broken && at === old.lines.length - 1);
  const newLine = (at: number): string[] => lineOf("+", shownAfter[at] ?? "", !now.broken && at === now.lines.length - 1);
  const body: string[] = [];
  let here = hunk.from;
  let shift = 0;
  for (const { beforeAt, removed, afterAt, added } of hunk.differences) {
    for (; here < beforeAt; here += 1) body.push(...oldLine(" ", here));
    for (; here < beforeAt + removed; here += 1) body.push(...oldLine("-", here));
    for (const at of range(afterAt, added)) body.push(...newLine(at));
    shift += added - removed;
  }
  for (; here < hunk.to; here += 1) body.push(...oldLine(" ", here));
  const first = hunk.differences[0];
  const newFrom = hunk.from + (first === undefined ? 0 : first.afterAt - first.beforeAt);
  const count = hunk.to - hunk.from;
  return `@@ -${span(hunk.from, count)} +${span(newFrom, count + shift)} @@\n${body.join("\n")}\n`;
}

/** A range of lines as a hunk's head has it: an empty one is named by the line before it. */
function span(from: number, count: number): string {
  return `${count === 0 ? from : from + 1},${count}`;
}

function lineOf(sign: string, line: string, isUnbroken: boolean): string[] {
  return isUnbroken ? [sign + line, NO_BREAK] : [sign + line];
}

function range(from: number, count: number): number[] {
  return Array.from({ length: Math.max(0, count) }, (_, at) => from + at);
}

/** Names as `git` and GNU `patch` read them: in quotes where a character needs it; a tab ends one with spaces. */
function head({ file, isNew }: Pick<ChangedText, "file" | "isNew">): string {
  return `--- ${isNew === true ? "/dev/null" : headName(`a/${file}`)}\n+++ ${headName(`b/${file}`)}\n`;
}

function headName(name: string): string {
  if (!/[\p{Cc}"\\]/u.test(name)) return name.includes(" ") ? `${name}\t` : name;
  const bytes = [...Buffer.from(name, "utf8")];
  return `"${bytes.map((byte) => (byte < 0x20 || byte >= 0x7f ? `\\${byte.toString(8).padStart(3, "0")}` : byte === 0x22 || byte === 0x5c ? `\\${String.fromCharCode(byte)}` : String.fromCharCode(byte))).join("")}"`;
}
