import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePattern } from "./pattern.ts";
import { translateGlob } from "./glob.ts";
import { simpleGlob } from "./simple-glob.ts";

const letters = fc.constantFrom("a", "b", ".", "/", "\n", "\\*", "*", "**", "\\\\", "é");

test("a simple glob stands for the same texts as its regular expression", () => {
  let simple = 0;
  let matched = 0;
  fc.assert(
    fc.property(
      fc.array(letters, { maxLength: 7 }).map((parts) => parts.join("")),
      fc.array(fc.constantFrom("a", "b", ".", "/", "\n", "*", "\\", "é", "𝒳"), { maxLength: 9 }).map((parts) => parts.join("")),
      fc.constantFrom<readonly string[]>([], ["."], ["/", "b"]),
      (glob, text, delimiters) => {
        const matcher = simpleGlob(glob, delimiters);
        if (matcher === null) return;
        simple++;
        const expected = compilePattern(translateGlob(glob, delimiters) ?? "[")?.test(text);
        if (expected === true) matched++;
        expect(matcher.test(text)).toBe(expected);
      },
    ),
    { numRuns: 4000 },
  );
  expect(simple).toBeGreaterThan(1000);
  expect(matched).toBeGreaterThan(50);
});

test.each(["a?c", "[ab]*", "{a,b}", "a\\", "𝒳*"])("%s is not simple", (glob) => {
  expect(simpleGlob(glob, [])).toBeNull();
});

test("stars that stop at delimiters and stars that don't are not simple together", () => {
  expect(simpleGlob("*.**", ["."])).toBeNull();
  expect(simpleGlob("**.*.**", [])?.test("...")).toBe(true);
});
