import fc from "fast-check";
import { expect, test } from "vitest";
import { knownKey, rememberKey } from "./known-keys.ts";

test("a key that was remembered is known wherever it stands, and no other text is taken for it", () => {
  rememberKey("containers");
  expect(knownKey("  containers: x", 2, 12)).toBe("containers");
  expect(knownKey("  containers: x", 2, 11)).toBeUndefined();
  // The same length and outer characters.
  expect(knownKey("condainers", 0, 10)).toBeUndefined();
  expect(knownKey("container", 0, 9)).toBeUndefined();
});

test("whatever was remembered before, what is known of a part of a text is that part", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "é", "0", "_"), maxLength: 5 });
  fc.assert(
    fc.property(fc.array(word), word, word, word, (remembered, before, key, behind) => {
      for (const one of remembered) rememberKey(one);
      const found = knownKey(before + key + behind, before.length, before.length + key.length);
      expect([key, undefined]).toContain(found);
    }),
  );
});

test("keys that are no words of a manifest are not kept", () => {
  const long = "k".repeat(65);
  rememberKey(long);
  rememberKey("");
  expect(knownKey(long, 0, long.length)).toBeUndefined();
  expect(knownKey("", 0, 0)).toBeUndefined();
});
