import type { MaskedText } from "./masked-text.ts";
import type { TextEdit } from "./text-edit.ts";
import type { LineIndex } from "../yaml/line-index.ts";

/** Lines shown before and after a change. */
const CONTEXT = 2;

interface Cluster {
  from: number;
  to: number;
  readonly edits: TextEdit[];
}

/** A small unified diff of edits, without file names, secrets masked. */
export function unifiedDiff(shown: MaskedText, lines: LineIndex, edits: readonly TextEdit[]): string {
  let shift = 0;
  const hunks: string[] = [];
  for (const cluster of clusters(lines, edits)) {
    const range = shown.clamp(cluster.from - CONTEXT, cluster.to + CONTEXT);
    const from = Math.min(range.from, cluster.from);
    const to = Math.max(range.to, cluster.to);
    const before = shown.lines(from, to);
    const after = shown.lines(from, to, cluster.edits);
    hunks.push(`@@ -${from},${before.length} +${from + shift},${after.length} @@`);
    addLineDiff(hunks, before, after);
    shift += after.length - before.length;
  }
  return hunks.join("\n");
}

/** Edits that are so near each other that their context would meet. */
function clusters(lines: LineIndex, edits: readonly TextEdit[]): Cluster[] {
  const found: Cluster[] = [];
  for (const edit of edits) {
    const from = lines.placeOf(edit.start).line;
    const to = lines.placeOf(edit.end).line;
    const last = found.at(-1);
    if (last !== undefined && from - last.to <= 2 * CONTEXT) {
      last.to = Math.max(last.to, to);
      last.edits.push(edit);
    } else {
      found.push({ from, to, edits: [edit] });
    }
  }
  return found;
}

/** Adds the lines of a diff. Most edits touch one place, and what is the same before and behind it needs no comparing of each line with each. */
function addLineDiff(diff: string[], before: readonly string[], after: readonly string[]): void {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  for (let at = 0; at < head; at += 1) diff.push(` ${before[at] ?? ""}`);
  const beforeEnd = before.length - tail;
  const afterEnd = after.length - tail;
  // Most edits only add lines, or only take some away.
  if (head === beforeEnd) for (let at = head; at < afterEnd; at += 1) diff.push(`+${after[at] ?? ""}`);
  else if (head === afterEnd) for (let at = head; at < beforeEnd; at += 1) diff.push(`-${before[at] ?? ""}`);
  else for (const line of changedLines(before.slice(head, beforeEnd), after.slice(head, afterEnd))) diff.push(line);
  for (let at = beforeEnd; at < before.length; at += 1) diff.push(` ${before[at] ?? ""}`);
}

/** Lines of a diff, by the longest common subsequence; the texts are a few lines each. */
function changedLines(before: readonly string[], after: readonly string[]): string[] {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const diff: string[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      diff.push(` ${before[i++] ?? ""}`);
      j += 1;
    } else if (i < before.length && (j === after.length || at(i + 1, j) >= at(i, j + 1))) {
      diff.push(`-${before[i++] ?? ""}`);
    } else {
      diff.push(`+${after[j++] ?? ""}`);
    }
  }
  return diff;
}
