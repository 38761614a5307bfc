import fc from "fast-check";
import { expect, test } from "vitest";
import { compare } from "./compare.ts";
import { RegoSet } from "./rego-set.ts";
import { sortValues } from "./sort-values.ts";
import type { RegoValue } from "./value.ts";

const text = fc.constantFrom("", "a", "b", "ab", "\uFF5E", "\u{1F600}");
const scalar = fc.constantFrom<RegoValue>(null, true, 0, -0, 1, 1.5, 2 ** 60, 2n ** 60n, "a", "b");

/** Lists whose values resemble each other in the ways that decide how a set finds equal ones: by a text, by another part, or by nothing in particular. */
const values: fc.Arbitrary<readonly RegoValue[]> = fc.oneof(
  fc.array(text, { maxLength: 60 }),
  fc.array(fc.tuple(text, scalar), { maxLength: 60 }),
  fc.array(fc.record({ message: text, at: scalar }), { maxLength: 60 }),
  fc.array(fc.record({ message: text, at: fc.record({ b: scalar }) }, { requiredKeys: ["message"] }), { maxLength: 120 }),
  fc.array(fc.oneof(fc.record({ a: scalar }), fc.record({ "": text, a: text }), fc.record({ a: text, __proto__: text })), {
    maxLength: 40,
  }),
  fc.array(fc.oneof(scalar, fc.tuple(scalar)), { maxLength: 40 }),
);

function gathered(list: readonly RegoValue[]): RegoSet {
  const set = new RegoSet();
  for (const value of list) set.gather(value);
  return set;
}

/** Each value once, in order, found out by comparing all. */
function ordered(list: readonly RegoValue[]): readonly RegoValue[] {
  return list.toSorted(compare).filter((value, i, all) => i === 0 || compare(all[i - 1] as RegoValue, value) !== 0);
}

test("what was gathered is a set, whatever it is asked for first", () => {
  fc.assert(
    fc.property(values, text, (list, other) => {
      const expected = ordered(list);
      const same = (found: readonly RegoValue[]): boolean =>
        found.length === expected.length && found.every((value, i) => compare(value, expected[i] as RegoValue) === 0);
      expect(same(gathered(list).sorted())).toBe(true);
      expect(gathered(list).size).toBe(expected.length);
      expect(same(sortValues(gathered(list).items))).toBe(true);
      expect(gathered(list).has(other)).toBe(list.some((value) => compare(value, other) === 0));
      const sortedFirst = gathered(list);
      sortedFirst.sorted();
      expect(list.every((value) => sortedFirst.has(value))).toBe(true);
      expect(sortedFirst.size).toBe(expected.length);
    }),
  );
});

test("a key that equal elements share changes nothing of what is in a set, nor of its order", () => {
  const textIn = (part: RegoValue | undefined): string => (typeof part === "string" ? part : "");
  const keys: readonly ((element: RegoValue) => string)[] = [
    () => "",
    (element) => (Array.isArray(element) ? textIn((element as readonly RegoValue[])[0]) : ""),
    (element) => textIn((element as { readonly message?: RegoValue } | null)?.message),
  ];
  fc.assert(
    fc.property(values, fc.constantFrom(...keys), text, (list, keyOf, other) => {
      const expected = gathered(list).items;
      const set = gathered(list);
      expect(set.itemsByKey(keyOf)).toEqual(expected);
      expect(set.items).toEqual(expected);
      expect(set.has(other)).toBe(gathered(list).has(other));
      expect(set.itemsByKey(keyOf)).toEqual(expected);
    }),
  );
});

test("numbers that are gathered are as they are in other sets", () => {
  const set = gathered([2 ** 60, -0, ...Array.from({ length: 20 }, (_, i) => i)]);
  expect(set.sorted().at(-1)).toBe(2n ** 60n);
  expect(Object.is(set.sorted()[0], 0)).toBe(true);
  expect(set.size).toBe(21);
});

test("what comes over and over does not pile up", () => {
  const set = new RegoSet();
  for (let i = 0; i < 200_000; i++) set.gather({ message: `m${i % 3}` });
  expect(set.size).toBe(3);
  expect(set.sorted()).toEqual([{ message: "m0" }, { message: "m1" }, { message: "m2" }]);
});
