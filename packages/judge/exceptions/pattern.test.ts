import { expect, test } from "vitest";
import fc from "fast-check";
import { quotePattern, readPattern, textOfPattern } from "./pattern.ts";

function matches(source: string, text: string, letterCase?: "insensitive"): boolean {
  const pattern = readPattern(source, letterCase);
  if ("fault" in pattern) throw new Error(pattern.fault);
  return pattern.matches(text);
}

test.each([
  ["web", "web", true],
  ["web", "web-2", false],
  ["web", "my-web", false],
  ["web.*", "web-2", true],
  ["web.*", "my-web", false],
  // Both alternatives mean the whole text, where peers would take `^a` or `b$`.
  ["a|b", "a", true],
  ["a|b", "b", true],
  ["a|b", "abc", false],
  ["a|b", "cab", false],
  ["^web$", "web", true],
  ["^a$|^b$", "b", true],
  ["^a$|^b$", "ab", false],
  ["(?:a|b)c", "bc", true],
  ["[$^]x", "$x", true],
  ["\\^x\\$", "^x$", true],
  ["\\Aweb\\z", "web", true],
  ["\\Q^a$\\E", "^a$", true],
  ["Web", "web", false],
])("%s on %s", (source, text, wanted) => {
  expect(matches(source, text)).toBe(wanted);
});

test("names of controls and frameworks are in any case", () => {
  expect(matches("c-0057", "C-0057", "insensitive")).toBe(true);
  expect(matches("c-00.*", "C-0057", "insensitive")).toBe(true);
});

test.each([
  ["", /empty/u],
  ["^web", /one side/u],
  ["web$", /one side/u],
  ["^a|b$", /one side/u],
  ["a|^b$|c$", /one side/u],
  ["(^a|b$)", /one side/u],
  ["a^b$", /one side/u],
  ["*", /Did you mean "\.\*"/u],
  ["docker.io/*", /Did you mean "docker\.io\/\.\*"/u],
  ["nginx:*", /Did you mean "nginx:\.\*"/u],
  ["a(", /no regular expression/u],
  ["a)|(b", /no regular expression/u],
  ["(?=a)", /no regular expression/u],
  ["(a)\\1", /no regular expression/u],
  ["a".repeat(1001), /more than 1000/u],
])("%s is refused", (source, why) => {
  const pattern = readPattern(source);
  expect("fault" in pattern ? pattern.fault : "").toMatch(why);
});

test("a pattern that would make others run for hours takes no time", () => {
  const begun = process.threadCpuUsage();
  expect(matches("(?:a+)+b", "a".repeat(50_000))).toBe(false);
  expect(process.threadCpuUsage(begun).user).toBeLessThan(5_000_000);
});

test("a quoted text matches itself alone, and is read back", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 30 }), fc.string({ maxLength: 30 }), (text, other) => {
      const quoted = quotePattern(text);
      // A star behind a slash is a mark of shells, whether it is quoted or not.
      fc.pre(!("fault" in readPattern(quoted)));
      expect(matches(quoted, text)).toBe(true);
      if (other !== text) expect(matches(quoted, other)).toBe(false);
      expect(textOfPattern(quoted)).toBe(text);
    }),
  );
});

test.each([
  ["web", "web"],
  ["^web$", "web"],
  ["a\\.b", "a.b"],
  ["a.b", null],
  ["a|b", null],
  ["a\\d", null],
])("the one text that %s matches is %s", (source, text) => {
  expect(textOfPattern(source)).toBe(text);
});
