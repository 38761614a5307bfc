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
  return meet(first, second);
}

/** Goes through the pairs of places that one text can have led to. */
function meet(a: readonly Place[], b: readonly Place[]): boolean {
  const width = b.length + 1;
  const seen = new Uint8Array((a.length + 1) * width);
  const pending: (readonly [number, number])[] = [];
  const reach = (i: number, j: number): void => {
    if (seen[i * width + j] === 1) return;
    seen[i * width + j] = 1;
    pending.push([i, j]);
  };
  reach(0, 0);
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [i, j] = pair;
    if (i === a.length && j === b.length) return true;
    const [x, y] = [a[i], b[j]];
    if (x?.optional === true) reach(i + 1, j);
    if (y?.optional === true) reach(i, j + 1);
    if (x === undefined || y === undefined || !overlap(x.ranges, y.ranges)) continue;
    reach(i + 1, j + 1);
    if (x.repeats) reach(i, j + 1);
    if (y.repeats) reach(i + 1, j);
  }
  return false;
}

function overlap(a: Place["ranges"], b: Place["ranges"]): boolean {
  return a.some(([from, to]) => b.some(([start, end]) => from <= end && start <= to));
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
    places.push({ ranges: read.ranges, optional: mark === "*", repeats: mark === "*" || mark === "+" });
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
    if (characters[at] === "\\") at++;
    const from = characters[at];
    if (from === undefined || from === "[" || from === "-") return undefined;
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
