import { runInThisContext } from "node:vm";
import { expect, test } from "vitest";
import { asciiCode } from "./ascii-code.ts";

const evaluate = (code: string): unknown => runInThisContext(`(${code})`) as unknown;

test.each([
  ["a string", '"µ — \u{1f600}"', "µ — \u{1f600}"],
  ["a template", "`… ${1 + 1} •`", "… 2 •"],
  ["a character of a pattern", '/^[é\u{1f600}]$/u.test("\u{1f600}")', true],
  ["a range of a pattern", '/^[α-ω]+$/u.test("λ")', true],
  ["behind an escaped backslash", '"\\\\é"', "\\é"],
  ["a comment", "/* → */ 7", 7],
  ["a name", "((größe) => größe + 1)(2)", 3],
])("%s means the same", (_what, code, value) => {
  const ascii = asciiCode(code);
  expect(ascii).toMatch(/^[\0-\x7f]*$/u);
  expect(evaluate(ascii)).toEqual(value);
  expect(evaluate(code)).toEqual(value);
});

test.each(["String.raw`é`", '"\\é"', '"\\\\\\é"'])("%s is refused: an escape would mean something else", (code) => {
  expect(() => asciiCode(code)).toThrow("can't be written in ASCII");
});
