import fc from "fast-check";
import { expect, test } from "vitest";
import { cutText, paperPlace, paperText } from "./paper-text.ts";

test.each([
  ["Deployment shop/catalog", "Deployment shop/catalog"],
  ["Zażółć gęślą jaźń, größer, ça", "Zażółć gęślą jaźń, größer, ça"],
  ["Развёртывание", "Развёртывание"],
  ["e\u0301", "é"],
  ["日本語#1.yaml", "[U+65E5 U+672C U+8A9E]#1.yaml"],
  ["fine 🙂", "fine [U+1F642]"],
  ["a\u001B[31mb", "a[U+001B][31mb"],
  ["\u202Elive\u202C", "[U+202E]live[U+202C]"],
  ["two\r\nlines\tand a tab", "two lines and a tab"],
  ["\uD800", "[U+FFFD]"],
  ["•••", "•••"],
])("%j", (text, expected) => {
  expect(paperText(text)).toBe(expected);
});

test("no character is lost: what stands there can be read back", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code))), (characters) => {
      const text = characters.join("");
      const back = paperText(text).replaceAll(/\[((?:U\+[0-9A-F]{4,6} ?)+)\]/gu, (_, codes: string) =>
        codes
          .split(" ")
          .map((code) => String.fromCodePoint(Number.parseInt(code.slice(2), 16)))
          .join(""),
      );
      expect(back).toBe(
        text
          .toWellFormed()
          .normalize("NFC")
          .replaceAll(/\r?\n|\t/gu, " "),
      );
    }),
  );
});

test("what is cut says by how much", () => {
  expect(cutText("a".repeat(10), 10)).toBe("a".repeat(10));
  expect(cutText("a".repeat(2010), 10)).toBe(`${"a".repeat(10)} … (2,000 more characters)`);
});

test("a place has what is known of it", () => {
  expect(paperPlace({ file: "a.yaml" })).toBe("a.yaml");
  expect(paperPlace({ file: "-", line: 3 })).toBe("standard input:3");
  expect(paperPlace({ file: "a.yaml", line: 3, column: 7 })).toBe("a.yaml:3:7");
});
