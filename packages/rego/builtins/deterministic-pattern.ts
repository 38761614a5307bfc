// Patterns that leave a backtracking engine nothing to try twice: at each place the next character decides how to go on. What Brüggemann-Klein and Wood call
// one-unambiguous ("One-Unambiguous Regular Languages", 1998), found with Glushkov's construction: each atom is a position, and the positions that can
// follow one, or begin a match, match different characters.
//
// An attempt from one place of the text then takes linear time. Attempts from all places together do so as well if one of these holds:
// - the pattern is anchored by `^`, so that there is one attempt;
// - no match can be longer than a few hundred characters;
// - the same is true backwards: the positions that can stand before one match different characters, and nothing stands before the first. What an attempt goes
//   through was then gone through by no other. A pattern that begins with an unbounded class meets this when it is kept from starting inside of a run of that
//   class; a match that starts there could start at the beginning of the run as well, so that the leftmost match is still found.
//
// `^` and `$` inside of a pattern count as characters before and behind the text. Where `^` is one way to begin among others, the first place is tried twice.
//
// Where alternatives begin alike outside of loops, the pattern stands for several without them, whose attempts together take no less time than its own. It is enough that each of
// these is linear.
import { charactersOf, readAtom } from "./pattern-atoms.ts";
import { outerPlaces } from "./outer-places.ts";

/** No match may be longer, for a pattern that is bounded. */
const LONGEST_BOUNDED = 400;
const MOST_POSITIONS = 100;
/** How many patterns without alternatives one may stand for. */
const MOST_VARIANTS = 64;
/** How many characters these may match from one place where each place is tried: see `Budget`. */
const MOST_STEPS = 1000;

type Characters = ReadonlySet<string>;

/** What `^` and `$` match: no characters of the text, and none in common. */
const START: Characters = new Set(["start of the text"]);
const END: Characters = new Set(["end of the text"]);

/** A place of the pattern that matches one character, or a word of a list. */
interface Position {
  readonly first: Characters;
  readonly last: Characters;
  readonly after: Set<Position>;
  readonly before: Set<Position>;
}

/** What can begin and end a part of the pattern. */
interface Part {
  readonly translated: string;
  readonly first: readonly Position[];
  readonly last: readonly Position[];
  readonly nullable: boolean;
  readonly captures: boolean;
  readonly longest: number;
}

/** A pattern for JavaScript's engine. */
export interface DeterministicPattern {
  readonly translated: string;
  /** What must stand in front where the match may not begin within a run; null where it may begin anywhere. */
  readonly behind: string | null;
  /** Whether only the matches are those of RE2, and not what the groups match. */
  readonly testOnly: boolean;
}

/** The pattern for JavaScript's engine; undefined where it is not certain that it is linear and means the same. */
export function deterministicPattern(source: string, fold: boolean): DeterministicPattern | undefined {
  const read = readPattern(source, fold);
  if (read === undefined) return undefined;
  const { translated, testOnly } = read;
  const behind = placeOfMatches(read);
  if (behind !== undefined) return { translated, behind, testOnly };
  return areLinear(withoutChoice(source), fold, { variants: MOST_VARIANTS, steps: MOST_STEPS })
    ? { translated, behind: null, testOnly }
    : undefined;
}

/** A pattern whose parts are connected. */
interface ReadPattern {
  readonly translated: string;
  readonly testOnly: boolean;
  readonly whole: Part;
  readonly positions: readonly Position[];
  readonly anchored: boolean;
  readonly wordFirst: boolean;
  /** The atom that the pattern begins with, if that has a quantifier. */
  readonly leading: string | null;
}

function readPattern(source: string, fold: boolean): ReadPattern | undefined {
  const wordFirst = source.startsWith("\\b");
  const wordLast = /(?<!\\)\\b$/.test(source) && source.length > 2;
  const reader = new Reader(source.slice(wordFirst ? 2 : 0, wordLast ? -2 : undefined), fold);
  const whole = reader.alternatives();
  if (whole === undefined || reader.rest !== "" || (reader.cuts > 0 && (wordFirst || wordLast))) return undefined;
  const { positions, testOnly, leading } = reader;
  if (positions.length > MOST_POSITIONS) return undefined;
  // Nothing stands before the beginning and behind the end.
  if (positions.some(({ first, before, after }) => (first === START && before.size > 0) || (first === END && after.size > 0)))
    return undefined;
  const anchored = !whole.nullable && whole.first.every(({ first }) => first === START);
  return {
    translated: `${wordFirst ? "\\b" : ""}${whole.translated}${wordLast ? "\\b" : ""}`,
    testOnly,
    whole,
    positions,
    anchored,
    wordFirst,
    leading,
  };
}

/** What must stand before a match, null for anything, so that all attempts to find one take linear time together; undefined if they may take longer. */
function placeOfMatches({ whole, positions, anchored, wordFirst, leading }: ReadPattern): string | null | undefined {
  if (!areDistinct(whole.first, "first") || !positions.every(({ after }) => areDistinct([...after], "first"))) return undefined;
  if (anchored || whole.longest <= LONGEST_BOUNDED) return null;
  if (whole.nullable || !positions.every(({ before }) => areDistinct([...before], "last"))) return undefined;
  if (whole.first.every(({ before }) => before.size === 0)) return null;
  const [only, ...others] = whole.first;
  const runs = only !== undefined && others.length === 0 && only.before.size === 1 && only.before.has(only) && !wordFirst;
  return runs && leading !== null ? `(?<!${leading})` : undefined;
}

/** What a search for patterns that one stands for may still come to. */
interface Budget {
  variants: number;
  /** How many characters all attempts from one place may go through, where each place is tried. */
  steps: number;
}

/** Whether patterns are linear, or stand for some that are, wherever their matches begin. */
function areLinear(sources: readonly string[], fold: boolean, budget: Budget): boolean {
  return sources.length > 0 && sources.every((source) => isLinear(source, fold, budget));
}

function isLinear(source: string, fold: boolean, budget: Budget): boolean {
  if (--budget.variants < 0) return false;
  const read = readPattern(source, fold);
  if (read === undefined) return false;
  if (placeOfMatches(read) !== null) return areLinear(withoutChoice(source), fold, budget);
  if (!read.anchored && read.whole.longest <= LONGEST_BOUNDED) budget.steps -= read.whole.longest;
  return budget.steps >= 0;
}

/** The patterns that one stands for whose first choice outside of loops is made: none if it has no choice. */
function withoutChoice(source: string): readonly string[] {
  const cuts = outerPlaces(source, "|");
  if (cuts.length > 0) return cutAt(source, cuts);
  for (const at of outerPlaces(source, "(")) {
    const open = source.startsWith("(?:", at) ? 3 : 1;
    const [end] = outerPlaces(source.slice(at + open), ")");
    if (end === undefined) return [];
    const inner = source.slice(at + open, at + open + end);
    const rest = source.slice(at + open + end + 1);
    // What stands in a loop is left as it is.
    if (/^[*+{]/.test(rest)) continue;
    const choices = cutAt(inner, outerPlaces(inner, "|"));
    const before = source.slice(0, at);
    return rest.startsWith("?")
      ? [...choices, ""].map((choice) => before + choice + rest.slice(1))
      : choices.map((choice) => before + choice + rest);
  }
  return [];
}

function cutAt(source: string, cuts: readonly number[]): readonly string[] {
  return [-1, ...cuts].map((cut, i) => source.slice(cut + 1, cuts[i] ?? source.length));
}

/** Whether no two positions match a character in common. */
function areDistinct(positions: readonly Position[], end: "first" | "last"): boolean {
  const seen = new Set<string>();
  for (const position of positions) {
    for (const character of position[end]) {
      if (seen.has(character)) return false;
      seen.add(character);
    }
  }
  return true;
}

/** Reads a pattern and connects its positions. */
class Reader {
  rest: string;
  readonly positions: Position[] = [];
  /** How many bars stand outside of groups. */
  cuts = 0;
  /** The atom that the pattern begins with, if that has a quantifier. */
  leading: string | null = null;
  testOnly = false;
  private depth = 0;
  private readonly fold: boolean;

  constructor(source: string, fold: boolean) {
    this.rest = source;
    this.fold = fold;
  }

  /** Alternatives up to a closing parenthesis or the end. */
  alternatives(): Part | undefined {
    const words = this.words();
    if (words !== undefined) return words;
    const parts: Part[] = [];
    do {
      const part = this.sequence();
      if (part === undefined) return undefined;
      parts.push(part);
    } while (this.takesBar());
    return {
      translated: parts.map(({ translated }) => translated).join("|"),
      first: parts.flatMap(({ first }) => first),
      last: parts.flatMap(({ last }) => last),
      nullable: parts.some(({ nullable }) => nullable),
      captures: parts.some(({ captures }) => captures),
      longest: Math.max(...parts.map(({ longest }) => longest)),
    };
  }

  private takesBar(): boolean {
    if (!this.rest.startsWith("|")) return false;
    if (this.depth === 0) this.cuts++;
    this.rest = this.rest.slice(1);
    return true;
  }

  /** Two or more words in a group, of which no text can have two at the same place: together they are one position. */
  private words(): Part | undefined {
    const [text] = /^[\w-]+(?:\|[\w-]+)+(?=\))/.exec(this.rest) ?? [];
    if (text === undefined || this.depth === 0) return undefined;
    const words = text.split("|");
    const keys = words.map((word) => (this.fold ? word.toLowerCase() : word));
    if (keys.some((key, i) => keys.some((other, j) => i !== j && other.startsWith(key)))) return undefined;
    this.rest = this.rest.slice(text.length);
    const both = (character: string): readonly string[] => (this.fold ? [character.toLowerCase(), character.toUpperCase()] : [character]);
    const position = this.position(
      new Set(words.flatMap((word) => both(word.charAt(0)))),
      new Set(words.flatMap((word) => both(word.slice(-1)))),
    );
    const longest = Math.max(...words.map(({ length }) => length));
    return { translated: text, first: [position], last: [position], nullable: false, captures: false, longest };
  }

  private position(first: Characters, last: Characters): Position {
    const position = { first, last, after: new Set<Position>(), before: new Set<Position>() };
    this.positions.push(position);
    return position;
  }

  private sequence(): Part | undefined {
    let whole: Part = { translated: "", first: [], last: [], nullable: true, captures: false, longest: 0 };
    while (this.rest !== "" && !/^[|)]/.test(this.rest)) {
      const part = this.quantified();
      if (part === undefined) return undefined;
      connect(whole.last, part.first);
      whole = {
        translated: whole.translated + part.translated,
        first: whole.nullable ? [...whole.first, ...part.first] : whole.first,
        last: part.nullable ? [...whole.last, ...part.last] : part.last,
        nullable: whole.nullable && part.nullable,
        captures: whole.captures || part.captures,
        longest: whole.longest + part.longest,
      };
    }
    return whole;
  }

  private quantified(): Part | undefined {
    if (/^[$^]/.test(this.rest)) return this.assertion();
    const isGroup = this.rest.startsWith("(");
    const leads = !isGroup && this.positions.length === 0;
    const part = isGroup ? this.group() : this.atom();
    if (part === undefined) return undefined;
    const match = /^(?:[*+?]|\{(\d{1,2})(?:(,)(\d{0,2}))?\})/.exec(this.rest);
    // A brace that begins no quantifier is a character to RE2, and stays with it.
    if (match === null) return /^[{*+?]/.test(this.rest) ? undefined : part;
    const [text, low, comma, high] = match;
    this.rest = this.rest.slice(text.length);
    if (/^[*+?{]/.test(this.rest)) return undefined;
    const least = low === undefined ? (text === "+" ? 1 : 0) : Number(low);
    const most =
      text === "?" ? 1 : low === undefined || (comma === "," && high === "") ? Infinity : comma === undefined ? least : Number(high);
    if (most < least || most === 0) return undefined;
    // An empty turn of a loop, and what a group matched in an earlier turn, are not the same to both engines.
    if (part.nullable && (most > 1 || part.captures)) return undefined;
    if (most > 1 && part.captures) this.testOnly = true;
    // A turn of this loop could be one of a loop inside of it.
    if (most > 1 && part.last.some(({ after }) => part.first.some((position) => after.has(position)))) return undefined;
    if (most > 1) connect(part.last, part.first);
    if (leads && most === Infinity) this.leading = part.translated;
    return { ...part, translated: part.translated + text, nullable: part.nullable || least === 0, longest: part.longest * most };
  }

  private assertion(): Part | undefined {
    const text = this.rest.charAt(0);
    this.rest = this.rest.slice(1);
    if (/^[*+?{]/.test(this.rest)) return undefined;
    const characters = text === "^" ? START : END;
    const position = this.position(characters, characters);
    return { translated: text, first: [position], last: [position], nullable: false, captures: false, longest: 0 };
  }

  private group(): Part | undefined {
    const open = /^\((?:\?:)?(?!\?)/.exec(this.rest)?.[0];
    if (open === undefined) return undefined;
    this.rest = this.rest.slice(open.length);
    this.depth++;
    const inner = this.alternatives();
    this.depth--;
    if (inner === undefined || !this.rest.startsWith(")")) return undefined;
    this.rest = this.rest.slice(1);
    return { ...inner, translated: `${open}${inner.translated})`, captures: inner.captures || open === "(" };
  }

  private atom(): Part | undefined {
    const atom = readAtom(this.rest);
    if (atom === undefined) return undefined;
    this.rest = this.rest.slice(atom.text.length);
    const characters = charactersOf(atom, this.fold);
    const position = this.position(characters, characters);
    return { translated: atom.translated, first: [position], last: [position], nullable: false, captures: false, longest: 1 };
  }
}

function connect(from: readonly Position[], to: readonly Position[]): void {
  for (const one of from) {
    for (const other of to) {
      one.after.add(other);
      other.before.add(one);
    }
  }
}
