import { expect, test } from "vitest";
import { catalogue } from "./catalogue.ts";
import { makeDiagnostic } from "./diagnostic.ts";
import { formatDiagnostic } from "./format-diagnostic.ts";
import { positionAt } from "./line-table.ts";

const source = "package a\n\n# ü 𝒳\n\tallow {\r\n  x == 1\n}\n";

test("a position counts characters, not UTF-16 units, from 1", () => {
  expect(positionAt("ab", 0)).toEqual({ line: 1, column: 1 });
  expect(positionAt("𝒳y", 2)).toEqual({ line: 1, column: 2 });
  expect(positionAt("a\r\nb\rc\nd", 3)).toEqual({ line: 2, column: 1 });
  expect(positionAt("a\r\nb\rc\nd", 5)).toEqual({ line: 3, column: 1 });
  expect(positionAt("a\r\nb\rc\nd", 99)).toEqual({ line: 4, column: 2 });
});

test("the frame shows the line, the one before it, and marks the place under tabs too", () => {
  const start = source.indexOf("{");
  const diagnostic = makeDiagnostic("missing-if", "`if` is missing before the body", { file: "a.rego", source }, { start, end: start + 1 });
  expect(formatDiagnostic(diagnostic, source)).toBe(
    [
      "rego_parse_error: `if` is missing before the body",
      "  at a.rego:4:8",
      "  3 | # ü 𝒳",
      "  4 | \tallow {",
      "    | \t      ^",
      "  help: Write `if` before the brace, or parse the file as Rego v0.",
    ].join("\n"),
  );
});

test("a span over several lines is marked to the end of its first, and a hint takes the remedy's place", () => {
  const start = source.indexOf("allow");
  const diagnostic = makeDiagnostic(
    "missing-if",
    "M",
    { file: "a.rego", source },
    { start, end: source.length },
    { hint: "H", severity: "warning" },
  );
  expect(formatDiagnostic(diagnostic, source).split("\n")).toEqual([
    "warning (rego_parse_error): M",
    "  at a.rego:4:2",
    "  3 | # ü 𝒳",
    "  4 | \tallow {",
    "    | \t^^^^^^^",
    "  help: H",
  ]);
});

test("the end of the file is a place with a mark of its own", () => {
  const text = "package";
  const diagnostic = makeDiagnostic("unexpected-end", "M", { file: "a.rego", source: text }, { start: 7, end: 7 });
  expect(formatDiagnostic(diagnostic, text).split("\n").slice(2, 4)).toEqual(["  1 | package", "    |        ^"]);
});

test("a very long line is cut around the place", () => {
  const text = `${"x".repeat(1000)}!${"y".repeat(1000)}`;
  const diagnostic = makeDiagnostic("invalid-character", "M", { file: "a.rego", source: text }, { start: 1000, end: 1001 });
  const [, , line = "", mark = ""] = formatDiagnostic(diagnostic, text).split("\n");
  expect(line.length).toBeLessThan(140);
  expect(line[mark.indexOf("^")]).toBe("!");
});

test("every kind in the catalogue says what it is, why, and what to do", () => {
  for (const [kind, entry] of Object.entries(catalogue)) {
    expect(kind).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(`${kind}: ${entry.title}`).not.toMatch(/[.!]$/);
    expect(`${kind}: ${entry.explanation}`).toMatch(/ \S.*\.$/);
    expect(`${kind}: ${entry.remedy}`).toMatch(/ \S.*\.$/);
  }
});
