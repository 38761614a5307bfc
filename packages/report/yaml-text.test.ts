import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { yamlFields } from "./yaml-text.ts";

const HARD = [
  "",
  " ",
  "\n",
  "a\n",
  "a\n\n",
  "\na",
  "  a\n b",
  "a \nb",
  "yes",
  "No",
  "~",
  "1e3",
  "0x1",
  "2026-01-01",
  "12:30:45",
  "-",
  "- a",
  "a: b",
  "a #b",
  "a:",
  "&a",
  "*a",
  "!a",
  "<<",
  "=",
  "---",
  "...",
  "{{ x }}",
  "\u0085",
  "\u2028a\n",
  "\t\na",
  "a\n\tb",
  "\uFEFF",
  "😀\nb",
  "\u007F",
  "'",
  '"',
  "a\r\nb",
  "__proto__",
];
const anyText = fc.oneof(
  fc.constantFrom(...HARD),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.array(fc.constantFrom(...HARD, "a", "b c")).map((lines) => lines.join("\n")),
);
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    anyText,
    fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.constantFrom(true, false, null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(anyText, tie("value"), { maxKeys: 4 }),
  ),
}));

test("a reader of YAML finds what JSON would say", () => {
  fc.assert(
    fc.property(fc.dictionary(anyText, anyValue, { minKeys: 1 }), (object) => {
      // What JSON can't say is no matter here: -0.
      const expected = JSON.parse(JSON.stringify(object)) as unknown;
      expect(load(yamlFields(object, ""))).toEqual(expected);
    }),
    { numRuns: 1500 },
  );
});

test("texts of several lines are written as they would be read", () => {
  expect(yamlFields({ list: [{ text: "a: 1\n  b: 2\n", name: "x y" }], none: [], empty: {}, left: undefined }, "")).toBe(
    "list:\n  - text: |\n      a: 1\n        b: 2\n    name: x y\nnone: []\nempty: {}\n",
  );
});

test.each(["yes", "Off", "null", "2026-01-01", "0o7", "1_000", "12:30:45", "=", "<<", "~", ".inf", "1e3"])(
  "%s is quoted: some version of YAML takes it for something else",
  (text) => {
    expect(yamlFields({ a: text }, "")).toBe(`a: ${JSON.stringify(text)}\n`);
  },
);
