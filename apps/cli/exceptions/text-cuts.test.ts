import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { cutText } from "./text-cuts.ts";

const folder = mkdtempSync(path.join(tmpdir(), "holdfast-cuts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("lines that stay are not part of the change", () => {
  const text = "[\n  {\n    1\n  },\n  {\n    2\n  }\n]\n";
  const { text: left, diff } = cutText(text, [{ start: text.indexOf("{"), end: text.lastIndexOf("{") }]);
  expect(left).toBe("[\n  {\n    2\n  }\n]\n");
  expect(diff).toBe("@@ -1,8 +1,5 @@\n [\n   {\n-    1\n-  },\n-  {\n     2\n   }\n ]\n");
});

test("parts of one line are one change", () => {
  expect(
    cutText("a b c d\n", [
      { start: 1, end: 3 },
      { start: 5, end: 7 },
    ]),
  ).toEqual({ text: "a c\n", diff: "@@ -1,1 +1,1 @@\n-a b c d\n+a c\n" });
});

test("patch makes of the old text what is left of it", () => {
  const line = fc.constantFrom("a", "b", "", "  c: d", "---");
  const file = path.join(folder, "file");
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 25 }).chain((lines) => {
        const text = `${lines.join("\n")}\n`;
        const span = fc.tuple(fc.nat(text.length), fc.nat(text.length)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
        return fc.record({
          text: fc.constant(text),
          cuts: fc.array(
            span.filter(({ start, end }) => end > start),
            { minLength: 1, maxLength: 3 },
          ),
        });
      }),
      ({ text, cuts }) => {
        const cut = cutText(text, cuts);
        if (cut.text === text || cut.text === "") return;
        writeFileSync(file, text);
        execFileSync("patch", ["--silent", file], { input: `--- a/file\n+++ b/file\n${cut.diff}` });
        expect(readFileSync(file, "utf8")).toBe(cut.text);
      },
    ),
    { numRuns: 60 },
  );
});
