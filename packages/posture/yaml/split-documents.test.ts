import { expect, test } from "vitest";
import { splitDocuments } from "./split-documents.ts";

function parts(text: string): string[] {
  return splitDocuments(text).map(({ start, end }) => text.slice(start, end));
}

test.each<[string, string, readonly string[]]>([
  ["nothing", "", []],
  ["one document", "a: 1\n", ["a: 1\n"]],
  ["a marker at the start", "---\na: 1\n", ["---\na: 1\n"]],
  ["two documents", "a: 1\n---\nb: 2\n", ["a: 1\n", "---\nb: 2\n"]],
  ["a marker with a comment, one at the end", "a: 1\n--- # next\nb: 2\n---", ["a: 1\n", "--- # next\nb: 2\n", "---"]],
  ["dashes that are no marker", "a: |\n  ---\n  x\n----\nb: '---'\n ---\n", ["a: |\n  ---\n  x\n----\nb: '---'\n ---\n"]],
  ["Windows line breaks", "a: 1\r\n---\r\nb: 2\r\n", ["a: 1\r\n", "---\r\nb: 2\r\n"]],
  ["a byte order mark", "\uFEFF---\na: 1\n---\nb: 2", ["\uFEFF", "---\na: 1\n", "---\nb: 2"]],
  [
    "directives go with the marker behind them",
    "a: 1\n...\n%YAML 1.2\n# note\n---\nb: 2\n",
    ["a: 1\n...\n", "%YAML 1.2\n# note\n---\nb: 2\n"],
  ],
  ["comments without directives stay in front", "a: 1\n# note\n---\nb: 2\n", ["a: 1\n# note\n", "---\nb: 2\n"]],
])("%s", (_, text, expected) => {
  expect(parts(text)).toEqual(expected);
});
