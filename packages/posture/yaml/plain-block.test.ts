// What the reader of plain YAML reads, the parser reads in the same way, to the offset; and it reads most of what people write.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { aliasBudget, composeAny } from "./compose.ts";
import type { ComposedDocument } from "./composed-document.ts";
import { composePlain } from "./plain-block.ts";
import { splitDocuments } from "./split-documents.ts";

const corpora = path.join(process.env["HOLDFAST_SHARED"] ?? path.resolve(import.meta.dirname, "../../../../shared"), "corpus");

type Row = readonly [kind: number, start: number, end: number, after: number];

function rowsOf({ nodes }: ComposedDocument): readonly Row[] {
  return Array.from({ length: nodes.size }, (_, node) => [nodes.kind(node), nodes.start(node), nodes.end(node), nodes.after(node)]);
}

/** Compares the two readings of a part of a text; returns whether it was plain. */
function compared(text: string, start = 0, end = text.length): boolean {
  const plain = composePlain(text, start, end);
  if (plain === null) return false;
  const [parsed, ...others] = composeAny(text, start, end, aliasBudget());
  expect(others).toEqual([]);
  if (parsed === undefined) throw new Error("the parser reads no document there");
  expect(plain.value).toStrictEqual(parsed.value);
  expect(rowsOf(plain)).toEqual(rowsOf(parsed));
  expect(parsed.duplicates).toEqual([]);
  return true;
}

const PLAIN: readonly (readonly [string, unknown])[] = [
  ["a: b", { a: "b" }],
  ["a: b # c\n\n# d\n", { a: "b" }],
  ["---\na: 1\n", { a: 1 }],
  ["--- # first\n\na: 1\n", { a: 1 }],
  ["a:\n- 1\n-\n- b: {c: d, e: [1, 'x', \"y\"]}\n  f:\nz: on", { a: [1, null, { b: { c: "d", e: [1, "x", "y"] }, f: null }], z: true }],
  ["a:\n  - - 1\n    - 2\n  - - 3\n", { a: [[1, 2], [3]] }],
  ["-\n  a: 1\n- # c\n  b: 2\n", [{ a: 1 }, { b: 2 }]],
  ["a: |\n  x\n   y\n\n  z\n\n\nb: |-\n  x\n\n", { a: "x\n y\n\nz\n", b: "x" }],
  ["a: |\n  x", { a: "x\n" }],
  ["a:\n- |\n  x: y # no comment\n  - z\n- 2\n", { a: ["x: y # no comment\n- z\n", 2] }],
  ["'a b': 'it''s'\n\"c\": \"q\\\"\\n\"\n", { "a b": "it's", c: 'q"\n' }],
  ["8080: x\ntrue: z\n", { 8080: "x", true: "z" }],
  ["word\n", "word"],
  [
    "image: registry.example:5000/a:1.0\nargs: [--port=80, a:b, ./x]\n",
    { image: "registry.example:5000/a:1.0", args: ["--port=80", "a:b", "./x"] },
  ],
  ["a: {}\nb: []\nc: { d: {} }\n", { a: {}, b: [], c: { d: {} } }],
  ["a:\n    deep\nb : c\n", { a: "deep", b: "c" }],
  ["a: -1\nb: :x\nc: ?y\nd: a#b\ne: 'x' # y\n", { a: -1, b: ":x", c: "?y", d: "a#b", e: "x" }],
];

describe("plain YAML", () => {
  test.each(PLAIN)("%j", (text, value) => {
    expect(composePlain(text, 0, text.length)?.value).toStrictEqual(value);
    expect(compared(text)).toBe(true);
  });
});

describe("left to the parser", () => {
  test.each([
    "a: &x 1\nb: *x\n",
    "a: !!str 1\n",
    "<<: {a: 1}\n",
    "? a\n: b\n",
    "a: b\n  c\n",
    "a: 'b\n  c'\n",
    "a: [1,\n  2]\n",
    "a: >\n  b\n",
    "a: |2\n   b\n",
    "a: |+\n  b\n\n",
    "a: 1\na: 2\n",
    "constructor: 1\n",
    "__proto__: 1\n",
    "a: {b, c: 1}\n",
    "a: [1, ]\n",
    "a: b: c\n",
    "a: .inf\n",
    "~: a\n",
    "a:\tb\n",
    "a: b\r\n",
    "a: \ud83d\n",
    "%YAML 1.2\n---\na: b\n",
    "a: 1\n...\n",
    'a: "\\x41"\n',
    "",
    "# nothing\n",
    "a: 1\n b: 2\n",
    "a: |\n  x\n \ny: 1\n",
    "a: 1 'b'\n'c' 'd': 2\n",
    `${"- ".repeat(200)}a\n`,
  ])("%j", (text) => {
    expect(composePlain(text, 0, text.length)).toBeNull();
  });
});

test("a part of a text is read with offsets into the whole", () => {
  const text = "---\na: 1\n---\nb:\n  - c\n";
  const spans = splitDocuments(text);
  expect(spans.map(({ start, end }) => compared(text, start, end))).toEqual([true, true]);
});

const FRAGMENTS = [
  "a:",
  "b: 1",
  "- c",
  "-",
  "- d: e",
  "- - f",
  "g: |",
  "- |",
  "h: |-",
  "text # no",
  "# comment",
  "",
  " ",
  "'q': \"r\"",
  "\"s\\n\": 't''u'",
  "k: {a: b}",
  "l: [x, {y: 1}]",
  "m: - n",
  "o: p: q",
  "? r",
  ": s",
  "t: &u 1",
  "v: *u",
  "w: >",
  "---",
  "...",
  "x: !!int 1",
  "y :  z  ",
  "0: 08",
  "c: 'open",
  "d: [open",
  "- e:",
  "f: a:b c#d #e",
  "~: 1",
  "<<: a",
  "- # c",
  "i: [a: 1]",
  "i: {a}",
  "i: [-, -a, - b]",
  "i: {a: [b], 'c': \"d\"}",
  "j: -",
  "j: -x",
  "j: ?",
  "j: :",
  "j: |2",
  "- {a: b}: c",
  "[a]: b",
  "'a': b: c",
  "a: 'b' c",
  "a: 'b'#c",
  "a: [b] c",
  "a: b:",
] as const;
const line = fc.tuple(fc.nat({ max: 5 }), fc.constantFrom(...FRAGMENTS)).map(([indent, fragment]) => `${" ".repeat(indent)}${fragment}`);

test("whatever lines stand together, both read the same or only the parser reads", () => {
  let plain = 0;
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.constantFrom("", "\n"), (lines, last) => {
      if (compared(lines.join("\n") + last)) plain++;
    }),
    { numRuns: 10_000 },
  );
  expect(plain).toBeGreaterThan(500);
});

const character = fc.constantFrom(...Array.from("ab1:-#'\"[]{},|>&*!%@? \n\n  ~.\\=<\t\r\u00e9\ufeff"));

test("whatever characters stand together, both read the same or only the parser reads", () => {
  let plain = 0;
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 24 }), (text) => {
      for (const prefix of ["", "a: ", "a:\n  - "]) if (compared(prefix + text)) plain++;
    }),
    { numRuns: 10_000 },
  );
  expect(plain).toBeGreaterThan(500);
});

/** All YAML files below a folder. */
function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/u.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** How many documents of a folder are plain, of how many; each that is plain is compared. */
function plainIn(folder: string): { plain: number; all: number } {
  const found = yamlFiles(folder).flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return splitDocuments(text).map(({ start, end }) => compared(text, start, end));
  });
  return { plain: found.filter(Boolean).length, all: found.length };
}

test("our example is plain", () => {
  const { plain, all } = plainIn(path.join(import.meta.dirname, "../../../examples/shop"));
  expect(plain).toBe(all);
});

test.skipIf(!existsSync(corpora))("most of what people write is plain (../shared)", () => {
  const { plain, all } = plainIn(corpora);
  // The rest are templates of charts.
  expect(plain).toBeGreaterThan(0.75 * all);
});
