/** What YAML reads as something else than a text, or did in an older version. */
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

const ASCII = /^[\x20-\x7e]*$/;

/** A key, and what stands behind it on its line. */
const ENTRY = /^( *)([A-Za-z_][\w-]*):(?: +([^ ].*))?$/;

/** How a text in one line begins that is nothing else. */
const TEXT = /^[A-Za-z]/;
const NO_TEXT = /: | #|:$/;

/** A list of words in brackets. */
const LIST = /^\[[A-Za-z][\w./-]*(?:, [A-Za-z][\w./-]*)*\]$/;

type Content = Record<string, unknown>;

/**
 * Reads the plainest of YAML, of which most metadata are: mappings in mappings, down to texts in one line and lists of words in brackets. Null for everything that may be
 * anything else, right or wrong: that is for a whole reader of YAML, which needs twenty times as long.
 */
export function plainMetadata(lines: readonly string[]): Content | null {
  const whole: Content = {};
  const open: { readonly indent: number; readonly content: Content }[] = [];
  let wanted: Content | null = whole;
  for (const line of lines) {
    const [, spaces, key = "", value] = (ASCII.test(line) ? ENTRY.exec(line.trimEnd()) : null) ?? [];
    if (spaces === undefined || WORDS.test(key) || key === "__proto__") return null;
    const indent = spaces.length;
    if (wanted !== null) {
      // A key without a value has a mapping below it, which stands further right.
      if (indent <= (open.at(-1)?.indent ?? -1)) return null;
      open.push({ indent, content: wanted });
    } else while (open.length > 1 && indent < (open.at(-1)?.indent ?? 0)) open.pop();
    const top = open.at(-1);
    if (top?.indent !== indent || Object.hasOwn(top.content, key)) return null;
    const read = value === undefined ? {} : plainValue(value);
    if (read === null) return null;
    top.content[key] = read;
    wanted = value === undefined ? (read as Content) : null;
  }
  return wanted === null ? whole : null;
}

function plainValue(text: string): unknown {
  if (TEXT.test(text)) return NO_TEXT.test(text) || WORDS.test(text) ? null : text;
  if (!LIST.test(text)) return null;
  const words = text.slice(1, -1).split(", ");
  return words.some((word) => WORDS.test(word)) ? null : words;
}
