import { NOISE } from "../gates/percent-text.ts";

/** A fact of a lock file: one line. Two lines say the same where `subject` and `fact` are the same. */
export interface LockFact {
  /** What it is about: `control C-0057`, `input folder apps/web`. */
  readonly subject: string;
  /** What is said of it: `compliance`, `findings`; `covered` where being there is all that is said. */
  readonly fact: string;
  /** The rest of the line; empty for `covered`. */
  readonly value: string;
}

/** What the subject that says how objects were chosen begins with. */
export const SELECTION = "input selection ";

/** What stands there where all objects were judged. */
export const EVERYTHING = "all";

/** What the subject that says by which parameters was judged begins with; behind it stands `DEFAULTS` or a digest. */
export const PARAMETERS = "input parameters ";

/** What stands there where all parameters are the library's. */
export const DEFAULTS = "default";

/** The fact of what was rendered that says how many objects came out of it. */
export const OBJECTS = "objects";

/** A lock: the facts that hold, and the times that it was loosened. */
export interface Lock {
  /** By `factKey`. */
  readonly facts: ReadonlyMap<string, LockFact>;
  /** Lines that say what was loosened, from what to what, and why. */
  readonly loosened: readonly string[];
}

/** What no two facts of a lock share. */
export function factKey({ subject, fact }: Pick<LockFact, "subject" | "fact">): string {
  return `${subject} ${fact}`;
}

const PLAIN = /^[^\s"#]+$/u;

/** A word of a line: as it is where it is plain, else as a JSON string. */
export function wordText(word: string): string {
  return PLAIN.test(word) && !word.startsWith("'") ? word : JSON.stringify(word);
}

/** The words of a line; null where a quote is not closed or what is quoted is no JSON string. */
export function wordsOf(line: string): readonly string[] | null {
  const words: string[] = [];
  let rest = line.trim();
  while (rest !== "") {
    const match = /^(?:"(?:[^"\\]|\\.)*"|[^\s"]+)(?=\s|$)/u.exec(rest);
    if (match === null) return null;
    const [text] = match;
    try {
      words.push(text.startsWith('"') ? (JSON.parse(text) as string) : text);
    } catch {
      return null;
    }
    rest = rest.slice(text.length).trimStart();
  }
  return words;
}

/** The line of a fact. */
export function factLine({ subject, fact, value }: LockFact): string {
  if (fact === "covered") return subject;
  // What an input has is only a number, and speaks for itself.
  if (fact === "files" || fact === OBJECTS) return `${subject} ${value}`;
  return value === "" ? `${subject} ${fact}` : `${subject} ${fact} ${value}`;
}

/** Facts that say with what the floors were reached. They are no floors: nothing fails by them. */
export function isCircumstance({ subject }: LockFact): boolean {
  return subject.startsWith("reached-with ");
}

const LEVELS = ["part", "whole"];

/** How tight a value is: a larger number is tighter. Facts without a measure hold by being there. */
function tightness({ subject, fact, value }: LockFact): number {
  if (fact === "judged") return LEVELS.indexOf(value);
  if (subject === "input ignored") return -Number(value);
  const number = Number(value);
  return value === "" || Number.isNaN(number) ? 0 : number;
}

/** Whether what is now the case keeps a fact of the same subject. */
export function keeps(now: LockFact, locked: LockFact): boolean {
  return tightness(now) >= tightness(locked) - NOISE;
}

/** The tighter one of two facts that say the same. */
export function tighter(one: LockFact, other: LockFact): LockFact {
  return tightness(other) > tightness(one) ? other : one;
}
