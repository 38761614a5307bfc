import { expect, test } from "vitest";
import { aliasBudget, compose } from "./compose.ts";
import { embeddedRange } from "./embedded-text.ts";
import { findNode } from "./find-node.ts";

/** The text that stands in the value of `a` as it is read; null where none does. */
function embedded(text: string): string | null {
  const [document] = compose(text, 0, text.length, aliasBudget());
  if (document === undefined) throw new Error("no document");
  const range = embeddedRange(document.nodes, findNode(document.nodes, 0, ["a"]).node);
  return range === null ? null : text.slice(range.start, range.end);
}

test.each([
  ["a: |\n  b: 1\n", "  b: 1\n"],
  [`a: '[{"b": 1}]' # c\n`, '[{"b": 1}]'],
  ["{a: '{b: 1}'}\n", "{b: 1}"],
  ['a: " [b, 1]"\n', " [b, 1]"],
])("of %j the places are those of the file", (text, inner) => {
  expect(embedded(text)).toBe(inner);
});

test.each([`a: "{\\"b\\": 1}"\n`, "a: '[''b'']'\n", "a: '[b,\n  c]'\n", "a: >\n  b\n", "a: 'b'\n", "a: b\n", "a: [b]\n", "a:\n"])(
  "%j has no text of its own that stands there as it is read",
  (text) => {
    expect(embedded(text)).toBeNull();
  },
);
