import fc from "fast-check";
import { expect, test } from "vitest";
import { printable, printableText } from "./printable.ts";

test.each([
  ["a\u001B[31mb", "a␛[31mb"],
  ["a\u0000\u007F", "a␀␡"],
  ["\u009B2J", "\uFFFD2J"],
  ["admin\u202Enimda", "admin\uFFFDnimda"],
  ["a\tb", "a  b"],
  ["\uD800x", "\uFFFDx"],
  ["x ##vso[task.complete]", "x # #vso[task.complete]"],
  ["## heading", "## heading"],
  ["naïve 日本語 🙂", "naïve 日本語 🙂"],
])("%j is shown as %j", (line, shown) => {
  expect(printable(line)).toBe(shown);
});

test("line breaks of prose are spaces", () => {
  expect(printableText(" a\r\n  b\u2028c ")).toBe("a b c");
});

test("nothing is left that a terminal obeys, and a second time changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const shown = printable(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      expect(printable(shown)).toBe(shown);
    }),
  );
});
