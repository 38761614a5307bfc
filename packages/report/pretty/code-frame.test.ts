import type { Source } from "@holdfast/core";
import { describe, expect, test } from "vitest";
import { painter } from "../terminal/painter.ts";
import { codeFrame } from "./code-frame.ts";
import { diffListing } from "./diff-listing.ts";
import { listingLayout, listingLines } from "./listing-lines.ts";

function shown(source: Partial<Source>, diff = "", width = 60): string {
  const frame = codeFrame({ file: "a.yaml", line: 1, column: 1, exact: true, excerpt: { line: 1, text: "" }, ...source });
  const changes = diff === "" ? [] : diffListing(diff, new Set(frame.flatMap(({ number }) => number ?? [])));
  const layout = listingLayout([frame, changes], 0, width);
  return [...listingLines(frame, layout, painter(false)), ...listingLines(changes, layout, painter(false))].join("\n");
}

const EXCERPT = { line: 8, text: "spec:\n  a: 1\n  b: 2\n  privileged: true\n  c: 3\n  d: 4" };

describe("code frame", () => {
  test("two lines before, one after, and the place underlined", () => {
    expect(shown({ line: 11, column: 15, endColumn: 19, excerpt: EXCERPT })).toBe(
      ["   9 |   a: 1", "  10 |   b: 2", "> 11 |   privileged: true", "     |               ^^^^", "  12 |   c: 3"].join("\n"),
    );
  });

  test("a place that is not exact is marked, not underlined", () => {
    expect(shown({ line: 11, column: 3, exact: false, excerpt: EXCERPT })).not.toContain("^");
  });

  test("without an end one character is underlined; past the line's end none is", () => {
    expect(shown({ line: 11, column: 15, excerpt: EXCERPT })).toMatch(/\| {15}\^$/mu);
    expect(shown({ line: 11, column: 99, excerpt: EXCERPT })).not.toContain("^");
  });

  test("a range of lines is marked whole, a long one at its start", () => {
    expect(shown({ line: 9, endLine: 10, column: 3, endColumn: 7, excerpt: EXCERPT }).match(/^>/gmu)).toHaveLength(2);
    const text = Array.from({ length: 30 }, (_, i) => `line ${i}`).join("\n");
    const long = shown({ line: 1, endLine: 30, column: 1, excerpt: { line: 1, text } });
    expect(long.match(/^>/gmu)).toHaveLength(6);
    expect(long).toContain("⋮ 24 more lines");
  });

  test("a secret's mask is underlined by its own length, and nothing behind it", () => {
    const excerpt = { line: 1, text: "password: ••• # x" };
    expect(shown({ column: 11, endColumn: 40, excerpt })).toMatch(/\| {11}\^\^\^$/mu);
    expect(shown({ column: 30, endColumn: 34, excerpt: { line: 1, text: "{a: •••, privileged: true, more: of it}" } })).not.toContain("^");
  });

  test("nothing where the start of the line is another object's, so that all has moved", () => {
    const excerpt = { line: 1, text: '… {"kind":"Pod","spec":{"hostPID":true}},' };
    expect(shown({ column: 70, endColumn: 74, excerpt: { ...excerpt, text: excerpt.text.padEnd(90, " x") } })).not.toContain("^");
    expect(shown({ column: 10, endColumn: 14, excerpt })).not.toContain("^");
  });

  test("wide characters and tabs before the place", () => {
    expect(shown({ column: 6, endColumn: 10, excerpt: { line: 1, text: "\t日本: true" } })).toBe(
      "> 1 |   日本: true\n    |         ^^^^".replaceAll(/^(. )(.)/gmu, "$1 $2"),
    );
  });

  test("an excerpt that lacks the place shows nothing", () => {
    expect(shown({ line: 99, excerpt: EXCERPT })).toBe("");
  });
});

describe("narrow terminals", () => {
  const deep = { line: 1, text: "                a: 1\n                  privileged: true" };

  test("lines that are too wide lose the indentation that all have", () => {
    expect(shown({ line: 2, column: 31, endColumn: 35, excerpt: deep }, "", 30)).toBe(
      "   1 | a: 1\n>  2 |   privileged: true\n     |               ^^^^",
    );
  });

  test("what is underlined far right in a long line is in sight", () => {
    const text = `{${"a: 1, ".repeat(60)}privileged: true}`;
    const frame = shown({ column: 374, endColumn: 378, excerpt: { line: 1, text } }, "", 40).split("\n");
    expect(frame[0]).toContain("privileged: true");
    expect(frame[1]?.indexOf("^")).toBe(frame[0]?.indexOf("true"));
  });

  test("changes are never cut", () => {
    expect(shown({}, "@@ -3,0 +4,1 @@\n+  readOnlyRootFilesystem: true", 28)).toBe("   4 + readOnlyRootFilesyste\n     + m: true");
  });
});

describe("diff", () => {
  test("old numbers for what goes, new ones for what comes, and one line before where none is shown", () => {
    expect(shown({}, "@@ -5,4 +5,4 @@\n a: 1\n b: 2\n-c: 3\n+c: 4\n d: 5")).toBe("   6 | b: 2\n   7 - c: 3\n   7 + c: 4");
  });

  test("a line that stands in the frame is not repeated", () => {
    const both = shown(
      { line: 11, column: 3, endColumn: 13, excerpt: EXCERPT },
      "@@ -10,3 +10,2 @@\n   b: 2\n-  privileged: true\n   c: 3",
    );
    expect(both.match(/b: 2/gu)).toHaveLength(1);
    expect(both).toContain("  11 -   privileged: true");
  });

  test("hunks are told apart, later ones by their moved numbers", () => {
    expect(shown({}, "@@ -1,1 +1,2 @@\n a\n+b\n@@ -9,2 +10,1 @@\n c\n-d")).toBe("   1 | a\n   2 + b\n     ⋮\n   9 | c\n  10 - d");
  });

  test("a text that is no diff shows no numbers it does not know", () => {
    expect(shown({}, "+a\n-b")).toBe("     + a\n     - b");
  });
});
