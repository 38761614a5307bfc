import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { plainMetadata } from "./plain-metadata.ts";

const read = (text: string): unknown => plainMetadata(text.split("\n"));

test("mappings, texts in one line and lists of words are read", () => {
  const text = [
    ' title: Ports of the host (all of them), and what\'s "there"',
    " scope: package  ",
    " custom:",
    "   kinds: [Pod, apps/Deployment]",
    "   deeper:",
    "     still: more",
    "   last: a-b",
    " schemas: none",
  ].join("\n");
  expect(read(text)).toEqual({
    title: 'Ports of the host (all of them), and what\'s "there"',
    scope: "package",
    custom: { kinds: ["Pod", "apps/Deployment"], deeper: { still: "more" }, last: "a-b" },
    schemas: "none",
  });
  expect(read(text)).toEqual(load(text));
});

test.each([
  ["a word that is no text", "a: true"],
  ["a word that was none in an older version", "a: Yes"],
  ["nothing", "a: ~"],
  ["a number", "a: 1"],
  ["a quoted text", 'a: "b"'],
  ["a comment", "a: b # c"],
  ["a mapping in a line", "a: b: c"],
  ["a key without a value at the end", "a: b\nc:"],
  ["a key without a value before another", "a:\nb: c"],
  ["a text in two lines", "a: b\n  c: d"],
  ["a text in two lines, without a key", "a: b\n  c"],
  ["a list in lines", "a:\n  - b"],
  ["a list of other things", "a: [b, 1]"],
  ["a list of words that are no texts", "a: [b, off]"],
  ["a key twice", "a: b\na: c"],
  ["a line that stands nowhere", "a:\n    b: c\n  d: e"],
  ["a line left of the first", "  a: b\nc: d"],
  ["a prototype", "__proto__: b"],
  ["an anchor", "a: &b c"],
  ["an empty line", "a: b\n"],
  ["a tab", "a: b\tc"],
  ["letters beyond ASCII", "a: bé"],
  ["no line", ""],
])("%s is left to the whole reader", (_what, text) => {
  expect(read(text)).toBeNull();
});

test("what is read is what the whole reader reads", () => {
  const characters = "ab :#[]{},'\"-&*!|>%@`\\\t.1".split("");
  const word = fc.constantFrom(
    "a",
    "b1",
    "Pod",
    "apps/Job",
    "true",
    "No",
    "null",
    "n",
    "1",
    "0x1",
    ".inf",
    "__proto__",
    "<<",
    "a b",
    "don't",
    "x: y",
    "x #y",
    "x:",
    "x:y",
    "#x",
    "é",
    "~",
    "-",
    "- a",
    "*a",
    "",
  );
  const value = fc.oneof(
    word,
    fc.array(word, { maxLength: 3 }).map((words) => `[${words.join(", ")}]`),
    fc.string({ maxLength: 6, unit: fc.constantFrom(...characters) }),
  );
  const line = fc
    .tuple(fc.constantFrom("", " ", "  ", "    "), word, fc.constantFrom(":", ": ", ":  "), value, fc.constantFrom("", " "))
    .map((parts) => parts.join(""));
  let read = 0;
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
      const found = plainMetadata(lines);
      if (found === null) return;
      read += 1;
      expect(found).toEqual(load(lines.join("\n")));
    }),
    { numRuns: 20_000 },
  );
  expect(read).toBeGreaterThan(20);
});
