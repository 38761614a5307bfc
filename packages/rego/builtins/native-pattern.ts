// Some RE2 patterns mean the same to JavaScript's own engine and cannot make it slow. They are most of those in use, and run ten times as fast there.
//
// What is taken over is deliberately little: characters, simple classes, groups without a quantifier, anchors at the ends, quantifiers on single
// characters and classes, alternatives of the pattern as a whole, and `(?i)` for the whole of it.
//
// A backtracking engine is linear on a sequence of them if at most one quantifier has no upper bound, and that one
// - is tried from one place only (behind `^`), or
// - has nothing behind it that could fail, or
// - is guarded: everything before it has a fixed length, and near its end stands a character that the quantifier doesn't match. Runs from different
//   places of the text then share no more than a few characters.
// Two further quantifiers may vary within narrow bounds. An alternative may hold an unbounded quantifier only if it is guarded.
//
// What is refused here may still be a deterministic pattern.
import { deterministicPattern } from "./deterministic-pattern.ts";
import { outerPlaces } from "./outer-places.ts";
import { readAtom } from "./pattern-atoms.ts";

const quantifier = /^(?:[*+?]|\{(\d{1,2})(?:,(\d{1,2}))?\})/;

/** A pattern for JavaScript's engine. */
export interface NativePattern {
  readonly expression: RegExp;
  /** Where the expression may not begin within a run of characters: one that finds a match right behind another, wherever that is. Null for all others. */
  readonly next: RegExp | null;
  /** Whether it means the same as to RE2 on ASCII text only, and not on all text without surrogates: to RE2, `(?i)k` is the Kelvin sign too. */
  readonly asciiOnly: boolean;
  /** Whether only the matches are those of RE2, and not what the groups match. */
  readonly testOnly: boolean;
}

/** The pattern for JavaScript's engine, matching as RE2 does; undefined where that is not certain. What it takes is a pattern to RE2 too. */
export function nativePattern(pattern: string): NativePattern | undefined {
  if (pattern.length > 1000 || /\[\^?\]|\[\[:|\\Q/.test(pattern)) return undefined;
  const { source, fold } = withoutFolding(pattern);
  const alternatives = alternativesOf(source);
  const alone = alternatives.length === 1;
  const translated = alternatives.map((alternative) => new Translator(alternative, fold, alone).translate());
  if (translated.includes(undefined)) return deterministic(source, fold);
  // Without `m` and `s`, and with `.` and `\s` spelled out, there is no further flag that matters. `g` serves the caller.
  return { expression: new RegExp(translated.join("|"), fold ? "gi" : "g"), next: null, asciiOnly: fold, testOnly: false };
}

function deterministic(source: string, fold: boolean): NativePattern | undefined {
  const pattern = deterministicPattern(source, fold);
  if (pattern === undefined) return undefined;
  const { translated, behind, testOnly } = pattern;
  const flag = fold ? "i" : "";
  return {
    expression: new RegExp(`${behind ?? ""}${translated}`, `g${flag}`),
    next: behind === null ? null : new RegExp(translated, `y${flag}`),
    asciiOnly: fold,
    testOnly,
  };
}

/** Takes `(?i)` off a pattern that has it in front, or `(?i:` around all of it. */
function withoutFolding(pattern: string): { readonly source: string; readonly fold: boolean } {
  if (pattern.startsWith("(?i)")) return { source: pattern.slice(4), fold: true };
  if (pattern.startsWith("(?i:") && endOfGroup(pattern) === pattern.length - 1) return { source: pattern.slice(4, -1), fold: true };
  return { source: pattern, fold: false };
}

/** The alternatives of a pattern, groups around a whole alternative opened. In the order in which they are tried. */
function alternativesOf(source: string): readonly string[] {
  if (source.startsWith("(?:") && endOfGroup(source) === source.length - 1) return alternativesOf(source.slice(3, -1));
  const cuts = outerPlaces(source, "|");
  if (cuts.length === 0) return [source];
  return [-1, ...cuts].flatMap((cut, i) => alternativesOf(source.slice(cut + 1, cuts[i] ?? source.length)));
}

/** Where the group ends that a pattern begins with. */
function endOfGroup(source: string): number | undefined {
  const inner = outerPlaces(source.slice(1), ")")[0];
  return inner === undefined ? undefined : inner + 1;
}

/** How far before a run of a quantifier the character may stand that guards it. */
const GUARD_DISTANCE = 16;

/** Translates a sequence without alternatives. */
class Translator {
  private rest: string;
  private readonly fold: boolean;
  /** Whether the sequence is the whole pattern, and no alternative of one. */
  private readonly alone: boolean;
  private output = "";
  private depth = 0;
  private unbounded = 0;
  private varying = 0;
  private anchored = false;
  /** Whether anything stands behind the unbounded quantifier. */
  private followed = false;
  private guarded = false;
  /** The characters of the fixed beginning, null for a class; undefined once its length is not fixed any more. */
  private beginning: (string | null)[] | undefined = [];

  constructor(sequence: string, fold: boolean, alone: boolean) {
    this.rest = sequence;
    this.fold = fold;
    this.alone = alone;
  }

  translate(): string | undefined {
    this.anchored = this.rest.startsWith("^");
    if (this.anchored && !this.alone) return undefined;
    while (this.rest !== "") {
      if (!this.element()) return undefined;
    }
    return this.depth === 0 && this.isLinear() ? this.output : undefined;
  }

  private isLinear(): boolean {
    if (this.varying > 2 || this.unbounded > 1) return false;
    if (this.unbounded === 0 || this.guarded) return true;
    return this.alone && (this.anchored || !this.followed);
  }

  private element(): boolean {
    if (this.rest.startsWith("(?:")) return this.open("(?:");
    // Groups that keep what they match are numbered across alternatives: only a pattern without any is cut into them.
    if (this.rest.startsWith("(") && this.rest[1] !== "?") return this.alone && this.open("(");
    if (this.rest.startsWith(")")) return this.close();
    if (this.rest.startsWith("^")) return this.output === "" && this.take("^", "^");
    if (this.rest.startsWith("$")) return this.rest === "$" && this.end();
    return this.atom();
  }

  private open(parenthesis: string): boolean {
    this.depth++;
    return this.take(parenthesis, parenthesis);
  }

  private close(): boolean {
    this.depth--;
    this.take(")", ")");
    return this.depth >= 0 && !quantifier.test(this.rest);
  }

  private end(): boolean {
    this.followed = true;
    return this.take("$", "$");
  }

  private atom(): boolean {
    if (this.unbounded > 0) this.followed = true;
    const atom = readAtom(this.rest);
    if (atom === undefined) return false;
    const from = this.output.length;
    this.take(atom.text, atom.translated);
    return this.quantified(this.output.slice(from), atom.character);
  }

  /** Reads the quantifier of an atom; `character` is what the atom matches where it matches one only. */
  private quantified(atom: string, character: string | null): boolean {
    const match = quantifier.exec(this.rest);
    if (match === null) {
      this.beginning?.push(character);
      // A brace that begins no quantifier is a character to RE2, and stays with it.
      return !/^[{*+?]/.test(this.rest);
    }
    const [text, low, high] = match;
    this.take(text, text);
    if (/^[*+?{]/.test(this.rest)) return false;
    if (text === "*" || text === "+") {
      this.unbounded++;
      this.guarded = this.isGuarded(atom);
    } else if (text === "?" || (high !== undefined && high !== low)) this.varying++;
    this.beginning = undefined;
    return low === undefined || high === undefined || Number(low) <= Number(high);
  }

  /** Whether a character that the atom doesn't match stands near the end of the fixed beginning. */
  private isGuarded(atom: string): boolean {
    const matched = new RegExp(`^${atom}$`, this.fold ? "i" : "");
    return this.beginning?.slice(-GUARD_DISTANCE).some((character) => character !== null && !matched.test(character)) ?? false;
  }

  private take(text: string, translated: string): true {
    this.rest = this.rest.slice(text.length);
    this.output += translated;
    return true;
  }
}
