/** Lines of two texts that belong together: `before` and `after` are counts of lines from here on that differ, behind `same` lines that don't. */
export interface Difference {
  /** Places of the first lines that differ, from 0. */
  readonly beforeAt: number;
  readonly afterAt: number;
  readonly removed: number;
  readonly added: number;
}

/** Texts that differ in more lines than this are taken to differ from the first different line to the last. */
const MOST_DIFFERENT = 2000;

/** Where two lists of lines differ, by the fewest lines removed and added (E. Myers, An O(ND) Difference Algorithm and Its Variations, 1986). */
export function lineDifferences(before: readonly string[], after: readonly string[]): readonly Difference[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const removed = before.length - head - tail;
  const added = after.length - head - tail;
  if (removed + added === 0) return [];
  const whole = { beforeAt: head, afterAt: head, removed, added };
  if (removed === 0 || added === 0) return [whole];
  const trace = shortestWay(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  return trace === null
    ? [whole]
    : joined(trace.map((step) => ({ ...step, beforeAt: step.beforeAt + head, afterAt: step.afterAt + head })));
}

/** Single lines removed and added, in order; null where there are too many. */
function shortestWay(before: readonly string[], after: readonly string[]): Difference[] | null {
  const most = Math.min(before.length + after.length, MOST_DIFFERENT);
  const furthest = new Int32Array(2 * most + 3);
  const origin = most + 1;
  const at = (values: Int32Array, diagonal: number): number => values[origin + diagonal] ?? 0;
  const trace: Int32Array[] = [];
  for (let depth = 0; depth <= most; depth += 1) {
    trace.push(furthest.slice());
    for (let diagonal = -depth; diagonal <= depth; diagonal += 2) {
      const down = diagonal === -depth || (diagonal !== depth && at(furthest, diagonal - 1) < at(furthest, diagonal + 1));
      let x = down ? at(furthest, diagonal + 1) : at(furthest, diagonal - 1) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      furthest[origin + diagonal] = x;
      if (x >= before.length && x - diagonal >= after.length) return wayBack(trace, before.length, after.length, at);
    }
  }
  return null;
}

function wayBack(
  trace: readonly Int32Array[],
  beforeLength: number,
  afterLength: number,
  at: (values: Int32Array, diagonal: number) => number,
): Difference[] {
  const steps: Difference[] = [];
  let x = beforeLength;
  let y = afterLength;
  for (let depth = trace.length - 1; depth > 0; depth -= 1) {
    const values = trace[depth] ?? new Int32Array();
    const diagonal = x - y;
    const down = diagonal === -depth || (diagonal !== depth && at(values, diagonal - 1) < at(values, diagonal + 1));
    const previous = down ? diagonal + 1 : diagonal - 1;
    x = at(values, previous);
    y = x - previous;
    steps.push({ beforeAt: x, afterAt: y, removed: down ? 0 : 1, added: down ? 1 : 0 });
  }
  return steps.reverse();
}

/** Differences that touch as one. */
function joined(steps: readonly Difference[]): readonly Difference[] {
  const all: Difference[] = [];
  for (const step of steps) {
    const last = all.at(-1);
    if (last !== undefined && last.beforeAt + last.removed === step.beforeAt && last.afterAt + last.added === step.afterAt)
      all[all.length - 1] = { ...last, removed: last.removed + step.removed, added: last.added + step.added };
    else all.push(step);
  }
  return all;
}
