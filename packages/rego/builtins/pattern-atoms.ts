// What matches one character in a pattern, where it means the same to RE2 and to JavaScript's own engine.

const literal = /^[^\\.+*?()|[\]{}^$\p{C}\P{ASCII}]/u;
const escapedPunctuation = /^\\[\\.+*?()|[\]{}^$\-/]/;
const characterSet = /^\\[dDwW]/;
const whiteSpace = /^\\s/;
const simpleClass =
  /^\[\^?-?(?:\\[dsw\\.+*?()|[\]{}^$\-/]|[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|[\w.,:;/@#%&=!~"'<>` +*?(){}|$](?!-[^\]]))+-?\]/;

/** A pattern of one character. */
export interface PatternAtom {
  /** As RE2 has it. */
  readonly text: string;
  /** As JavaScript has it. */
  readonly translated: string;
  /** The character, if it is a certain one. */
  readonly character: string | null;
}

/** The atom that a pattern begins with; undefined if it begins with something else. */
export function readAtom(pattern: string): PatternAtom | undefined {
  const character = literal.exec(pattern)?.[0] ?? escapedPunctuation.exec(pattern)?.[0];
  if (character !== undefined) return { text: character, translated: character, character: character.at(-1) ?? null };
  if (pattern.startsWith(".")) return { text: ".", translated: "[^\\n]", character: null };
  if (whiteSpace.test(pattern)) return { text: "\\s", translated: "[\\t\\n\\f\\r ]", character: null };
  const [text] = characterSet.exec(pattern) ?? simpleClass.exec(pattern) ?? [];
  if (text === undefined) return undefined;
  const translated = text.replaceAll(/\\[^s]|\\s/g, (escape) => (escape === "\\s" ? "\\t\\n\\f\\r " : escape));
  return { text, translated, character: null };
}

/** Characters that stand for all: ASCII and one for the rest, since no atom tells other characters apart. */
const alphabet: readonly string[] = [...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)), "\u00e9"];

/** The characters that an atom matches. */
export function charactersOf({ translated }: PatternAtom, fold: boolean): ReadonlySet<string> {
  const expression = new RegExp(`^${translated}$`, fold ? "i" : "");
  return new Set(alphabet.filter((character) => expression.test(character)));
}
