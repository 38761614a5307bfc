// Whether two patterns can match one and the same text. The patterns know `.`, `*`, `+`, sets such as `[a-z0]`, and `\` before any character.

/** One place of a pattern: the ranges of code points that fit, and how often it may be there. */
interface Place {
  readonly ranges: readonly (readonly [from: number, to: number])[];
  readonly optional: boolean;
  readonly repeats: boolean;
}

const everything: Place["ranges"] = [[0, 0x10ffff]];

/** Whether a text exists that both match; undefined if one of them is no such pattern. */
export function globsIntersect(a: string, b: string): boolean | undefined {
  const first = parse(a);
  const second = parse(b);
  if (first === undefined || second === undefined) return undefined;
  return new Meeting(first, second).meet(first, 0, second, 0);
}

/**
 * Whether the patterns meet as OPA finds it, which is less than what they can match: a place that repeats takes the places of the other pattern one after the other, each as
 * if it stood once, and gives way to its successor as soon as that fits. So a star matches nothing only before a place that fits what comes next. Where both patterns
 * repeat, the one that took last takes again.
 */
class Meeting {
  private readonly failed: ReadonlyMap<readonly Place[], Set<number>>;

  constructor(a: readonly Place[], b: readonly Place[]) {
    this.failed = new Map([
      [a, new Set()],
      [b, new Set()],
    ]);
  }

  /** Whether what is left of the patterns meets, of which `a` takes first. What failed once is not tried again. */
  meet(a: readonly Place[], from: number, b: readonly Place[], start: number): boolean {
    const failed = this.failed.get(a) as Set<number>;
    const state = from * (b.length + 1) + start;
    if (failed.has(state)) return false;
    const met = this.compare(a, from, b, start);
    if (!met) failed.add(state);
    return met;
  }

  private compare(a: readonly Place[], from: number, b: readonly Place[], start: number): boolean {
    let [i, j] = [from, start];
    for (; i < a.length && j < b.length; i++, j++) {
      const [x, y] = [a[i] as Place, b[j] as Place];
      if (x.repeats) return this.take(a, i, b, j);
      if (y.repeats) return this.take(b, j, a, i);
      if (!overlap(x.ranges, y.ranges)) return false;
    }
    return i === a.length && j === b.length;
  }

  /** The place of `a` at `i` repeats; `b` has a place at `j`. */
  private take(a: readonly Place[], i: number, b: readonly Place[], j: number): boolean {
    const place = a[i] as Place;
    const next = a[i + 1];
    let from = j;
    if (!place.optional) {
      const { ranges, repeats } = b[j] as Place;
      if (!overlap(place.ranges, ranges)) return false;
      // What repeats on the other side is still there.
      if (repeats && this.meet(a, i + 1, b, j)) return true;
      from++;
    }
    for (let k = from; k < b.length; k++) {
      const { ranges } = b[k] as Place;
      if (next !== undefined && overlap(next.ranges, ranges) && this.meet(a, i + 1, b, k)) return true;
      if (!overlap(place.ranges, ranges)) return false;
    }
    return next === undefined;
  }
}

function overlap(a: Place["ranges"], b: Place["ranges"]): boolean {
  return a.some(([from, to]) => b.some(([start, end]) => from <= end && start <= to));
}

function isSame(a: Place["ranges"], b: Place["ranges"]): boolean {
  return a.length === b.length && a.every(([from, to], i) => from === b[i]?.[0] && to === b[i][1]);
}

function parse(pattern: string): Place[] | undefined {
  const characters = Array.from(pattern);
  const places: Place[] = [];
  let at = 0;
  while (at < characters.length) {
    const read = readRanges(characters, at);
    if (read === undefined) return undefined;
    at = read.next;
    const mark = characters[at];
    if (mark === "*" || mark === "+") at++;
    const place = { ranges: read.ranges, optional: mark === "*", repeats: mark === "*" || mark === "+" };
    const last = places.at(-1);
    // Two that repeat the same are one.
    if (place.repeats && last?.repeats === true && isSame(last.ranges, place.ranges)) {
      places[places.length - 1] = { ...place, optional: place.optional && last.optional };
    } else places.push(place);
  }
  return places;
}

interface Read {
  readonly ranges: Place["ranges"];
  readonly next: number;
}

function readRanges(characters: readonly string[], at: number): Read | undefined {
  const character = characters[at] as string;
  switch (character) {
    case ".":
      return { ranges: everything, next: at + 1 };
    case "[":
      return readSet(characters, at + 1);
    case "]":
    case "*":
    case "+":
      return undefined;
    case "\\":
      return at + 1 < characters.length ? { ranges: [single(characters[at + 1] as string)], next: at + 2 } : undefined;
    default:
      return { ranges: [single(character)], next: at + 1 };
  }
}

function readSet(characters: readonly string[], start: number): Read | undefined {
  const ranges: (readonly [number, number])[] = [];
  let at = start;
  while (at < characters.length && characters[at] !== "]") {
    const escaped = characters[at] === "\\";
    if (escaped) at++;
    const from = characters[at];
    if (from === undefined || (from === "-" && !escaped)) return undefined;
    at++;
    if (characters[at] !== "-") {
      ranges.push(single(from));
      continue;
    }
    if (characters[at + 1] === "\\") at++;
    const to = characters[at + 1];
    if (to === undefined || to === "]" || code(to) < code(from)) return undefined;
    ranges.push([code(from), code(to)]);
    at += 2;
  }
  return characters[at] === "]" ? { ranges, next: at + 1 } : undefined;
}

function code(character: string): number {
  return character.codePointAt(0) as number;
}

function single(character: string): readonly [number, number] {
  return [code(character), code(character)];
}
