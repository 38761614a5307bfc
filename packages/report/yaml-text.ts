// A writer of YAML for JSON values, in block style. It writes what readers of YAML 1.1 and 1.2 understand alike, and is fast enough for a result with 100,000
// findings, which a general writer is not.

// What no version of YAML takes for anything but a text, wherever it stands.
const PLAIN = /^[A-Za-z][\w/.-]*(?: [\w/.()][\w/.()%'-]*)*$/u;
const NO_TEXT = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/iu;
// Texts of several lines that a literal block holds as they are: no control characters but line feeds, and no other line breaks of Unicode.
const LITERAL = /^[\n\x20-\x7E\u00A0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD]+$/u;
// What JSON leaves as it is, and YAML calls not printable.
const NOT_PRINTABLE = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/gu;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function plainOrQuoted(text: string): string {
  if (PLAIN.test(text) && !NO_TEXT.test(text)) return text;
  return JSON.stringify(text).replaceAll(NOT_PRINTABLE, escaped);
}

/** A literal block (YAML 1.2.2, 8.1.2), whose lines stand below at the indentation. */
function literal(text: string, indent: string): string {
  const ending = /\n*$/u.exec(text)?.[0].length ?? 0;
  const lines = (ending === 0 ? text : text.slice(0, -1)).split("\n");
  // Where the first line tells the indentation wrongly it has to be said.
  const said = /^[\n ]/u.test(text) ? "2" : "";
  const kept = ending === 0 ? "-" : ending === 1 ? "" : "+";
  return ` |${said}${kept}\n${lines.map((line) => (line === "" ? "\n" : `${indent}${line}\n`)).join("")}`;
}

function number(value: number): string {
  // Readers of YAML 1.1 know no exponent without a dot.
  return JSON.stringify(value).replace(/^(-?\d+)e/u, "$1.0e");
}

/** What follows a key or a dash: a scalar on the same line, else what stands below at the indentation. */
function following(value: unknown, indent: string): string {
  if (typeof value === "string") {
    return value.includes("\n") && LITERAL.test(value) && value.trim() !== "" ? literal(value, indent) : ` ${plainOrQuoted(value)}\n`;
  }
  if (typeof value === "number") return ` ${number(value)}\n`;
  if (typeof value !== "object" || value === null) return ` ${String(value)}\n`;
  if (Array.isArray(value)) return value.length === 0 ? " []\n" : `\n${yamlItems(value, indent)}`;
  const text = yamlFields(value, indent);
  return text === "" ? " {}\n" : `\n${text}`;
}

// The keys of a form are few and return with every object. Those of a stranger's values are not kept.
const MOST_KEYS = 1000;
const keyTexts = new Map<string, string>();

function keyText(key: string): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const text = `${plainOrQuoted(key)}:`;
  if (keyTexts.size < MOST_KEYS) keyTexts.set(key, text);
  return text;
}

/** The fields of an object, each on a line of its own at the indentation. What is undefined is left out, as in JSON. */
export function yamlFields(object: object, indent: string): string {
  const within = `${indent}  `;
  let text = "";
  for (const key of Object.keys(object)) {
    const value = (object as Readonly<Record<string, unknown>>)[key];
    if (value !== undefined) text += indent + keyText(key) + following(value, within);
  }
  return text;
}

/** The items of a list, each with its dash at the indentation. */
export function yamlItems(items: readonly unknown[], indent: string): string {
  const within = `${indent}  `;
  let text = "";
  for (const item of items) {
    const fields = typeof item === "object" && item !== null && !Array.isArray(item) ? yamlFields(item, within) : "";
    text += fields === "" ? `${indent}-${following(item, within)}` : `${indent}- ${fields.slice(within.length)}`;
  }
  return text;
}
