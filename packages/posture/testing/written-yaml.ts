import fc from "fast-check";

/** A value as JSON has it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** How a generated document is written. */
export interface Writing {
  readonly unit: number;
  readonly listOffset: number;
  readonly lineBreak: "\n" | "\r\n";
  readonly finalBreak: boolean;
  /** Choices, taken in turn: which of the possible spellings a node gets. */
  readonly choices: readonly number[];
}

export const writing: fc.Arbitrary<Writing> = fc.record({
  unit: fc.constantFrom(2, 4, 3),
  listOffset: fc.constantFrom(0, 2, 4),
  lineBreak: fc.constantFrom("\n" as const, "\r\n" as const),
  finalBreak: fc.boolean(),
  choices: fc.array(fc.nat(99), { minLength: 1, maxLength: 40 }),
});

const key = fc.constantFrom("a", "b", "name", "spec", "app.kubernetes.io/name", "yes", "0755", "with space", "x:y", "#hash", "é");
const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    "text",
    "two words",
    "",
    "true",
    "yes",
    "1.5",
    "0755",
    "null",
    "a: b",
    "# no comment",
    "it's",
    'say "hi"',
    "- dash",
    "{x}",
    "[y]",
    "*star",
    "line\nbreak\n",
    "kept\n\n",
    "line\n\nbreak",
    " lead",
    "trail ",
    "2001-01-01",
    "tab\there",
    "é",
    "key:",
    "---",
  ),
  fc.constantFrom<Json>(true, false, null, 0, -1, 8080, 1.5, 1e21),
  fc.string({ maxLength: 6 }),
);

const { object } = fc.letrec<{ json: Json; object: { readonly [key: string]: Json } }>((tie) => ({
  json: fc.oneof({ maxDepth: 4, withCrossShrink: true }, scalar, tie("object"), fc.array(tie("json"), { maxLength: 3 })),
  object: fc.dictionary(key, tie("json"), { maxKeys: 4, noNullPrototype: true }),
}));

export const mapping: fc.Arbitrary<{ readonly [key: string]: Json }> = object.filter((value) => Object.keys(value).length > 0);
export const json: fc.Arbitrary<Json> = fc.oneof(scalar, mapping, fc.array(scalar, { maxLength: 3 }));

/** Writes a value as YAML in many ways: block and flow style, three kinds of quotes, block scalars, comments, missing values. */
export function writeYaml(value: { readonly [key: string]: Json }, how: Writing): string {
  const writer = new YamlWriter(how);
  const lines = writer.block(value, 0);
  // A blank line at the end belongs to a block scalar, and is one only with its line break.
  const text = lines.join("\n") + (how.finalBreak || lines.at(-1) === "" ? "\n" : "");
  return text.replaceAll("\n", how.lineBreak);
}

class YamlWriter {
  readonly #how: Writing;
  #turn = 0;

  constructor(how: Writing) {
    this.#how = how;
  }

  #choose(count: number): number {
    const choice = this.#how.choices[this.#turn % this.#how.choices.length] ?? 0;
    this.#turn += 1;
    return (choice + this.#turn) % count;
  }

  block(value: Json, indent: number): string[] {
    if (Array.isArray(value)) return value.flatMap((item: Json) => this.#entry(`${" ".repeat(indent)}-`, item, indent, true));
    return Object.entries(value as object).flatMap(([name, item]) => {
      const lines = this.#entry(`${" ".repeat(indent)}${this.#scalar(name, true)}:`, item as Json, indent, false);
      if (this.#choose(6) === 0) lines.unshift(`${" ".repeat(this.#choose(2) === 0 ? indent : 0)}# a: comment`);
      return lines;
    });
  }

  #entry(prefix: string, value: Json, indent: number, item: boolean): string[] {
    const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
    // An anchor that no alias refers to changes nothing. Before a compact item it would be that of its first key.
    const anchor = value !== null && this.#choose(9) === 0 ? ` &a${this.#turn}` : "";
    if (typeof value !== "object" || value === null || isEmpty || this.#choose(5) === 0) {
      const literal = typeof value === "string" ? this.#literal(value, prefix + anchor, indent) : undefined;
      if (literal !== undefined) return literal;
      const text = this.#flow(value);
      return [`${prefix}${anchor}${text === "" ? "" : " "}${text}${this.#choose(5) === 0 ? " # why" : ""}`];
    }
    if (item) {
      const lines = this.block(value, indent + 2);
      const first = lines.findIndex((line) => !line.trimStart().startsWith("#"));
      if (first === 0) return [`${prefix} ${(lines[0] ?? "").slice(indent + 2)}`, ...lines.slice(1)];
      return [prefix, ...lines];
    }
    const head = prefix + anchor + (this.#choose(6) === 0 ? " # below" : "");
    return [head, ...this.block(value, indent + (Array.isArray(value) ? this.#how.listOffset : this.#how.unit))];
  }

  /** A text of whole lines as a block scalar. */
  #literal(value: string, prefix: string, indent: number): string[] | undefined {
    if (
      !/^[^\s#](?:[^\t\r]*[^\s])?\n*$/u.test(value) ||
      !value.includes("\n") ||
      /\p{C}/u.test(value.replaceAll("\n", "")) ||
      this.#choose(3) === 0
    )
      return undefined;
    const lines = value.replace(/\n$/u, "").split("\n");
    const header = value.endsWith("\n\n") ? "|+" : value.endsWith("\n") ? "|" : "|-";
    return [`${prefix} ${header}`, ...lines.map((line) => (line === "" ? "" : " ".repeat(indent + this.#how.unit) + line))];
  }

  #flow(value: Json): string {
    if (typeof value !== "object" || value === null) return this.#scalar(value, false);
    const space = this.#choose(2) === 0 ? " " : "";
    const isArray = Array.isArray(value);
    const parts = isArray
      ? value.map((item: Json) => this.#flow(item) || "null")
      : Object.entries(value).map(([name, item]) => `${this.#scalar(name, true)}: ${this.#flow(item) || "null"}`);
    const inner = `${space}${parts.join(", ")}${parts.length > 0 && this.#choose(6) === 0 ? "," : ""}${space}`;
    return isArray ? `[${inner}]` : `{${inner}}`;
  }

  #scalar(value: string | number | boolean | null, isKey: boolean): string {
    if (value === null) return ["null", "~", "", "Null"][this.#choose(isKey ? 2 : 4)] ?? "null";
    if (typeof value !== "string") return String(value);
    if (/^[a-z]+$/u.test(value) && !/^(?:yes|true|null|y|n|no|on|off|false)$/u.test(value) && this.#choose(4) > 0) return value;
    if (!/[\p{C}\p{Z}']/u.test(value.replaceAll(" ", "")) && this.#choose(2) === 0) return `'${value}'`;
    return JSON.stringify(value);
  }
}
