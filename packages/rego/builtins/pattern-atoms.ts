// What matches one character in a pattern, where it means the same to RE2 and to JavaScript's own engine.

const literal = /^[^\\.+*?()|[\]{}^$\p{C}\P{ASCII}]/u;
const escapedPunctuation = /^\\[\\.+*?()|[\]{}^$\-/]/;
const characterSet = /^\\[dDwW]/;
const whiteSpace = /^\\[sS]/;
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
  if (whiteSpace.test(pattern)) {
    return { text: pattern.slice(0, 2), translated: `[${pattern[1] === "S" ? "^" : ""}\\t\\n\\f\\r ]`, character: null };
  }
  const [text] = characterSet.exec(pattern) ?? simpleClass.exec(pattern) ?? [];
  if (text === undefined) return undefined;
  const translated = text.replaceAll(/\\[^s]|\\s/g, (escape) => (escape === "\\s" ? "\\t\\n\\f\\r " : escape));
  return { text, translated, character: null };
}

/** Characters that stand for all: ASCII and one for the rest, since no atom tells other characters apart. */
const alphabet: readonly string[] = [...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)), "\u00e9"];

/** What classes match that were asked for, by what they were translated to, with and without regard to case. */
const known: readonly [Map<string, ReadonlySet<string>>, Map<string, ReadonlySet<string>>] = [new Map(), new Map()];

/** How many classes are remembered. */
const mostKnown = 200;

/** The characters that an atom matches. */
export function charactersOf({ translated, character }: PatternAtom, fold: boolean): ReadonlySet<string> {
  if (character !== null) return new Set(fold ? [character.toLowerCase(), character.toUpperCase()] : [character]);
  const classes = known[fold ? 1 : 0];
  const found = classes.get(translated);
  if (found !== undefined) return found;
  const expression = new RegExp(`^${translated}$`, fold ? "i" : "");
  const characters = new Set(alphabet.filter((one) => expression.test(one)));
  if (classes.size >= mostKnown) classes.clear();
  classes.set(translated, characters);
  return characters;
}
