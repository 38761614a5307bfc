import fc from "fast-check";
import { expect, test } from "vitest";
import { compare, compareStrings, equals } from "./compare.ts";
import { Decimal } from "./decimal.ts";
import { differingPart, partAt } from "./differing-part.ts";
import { deepestLevel, hashValue, longestText } from "./hash.ts";
import { entriesInOrder, isEntry, isMember, keysInOrder, sizeOf, valuesInOrder, valuesUnordered } from "./iteration.ts";
import { fromJson, stringify, toJson } from "./json.ts";
import { lookup, lookupName } from "./lookup.ts";
import { canonicalInteger, numberText, parseNumber } from "./numbers.ts";
import { own, setOwn } from "./own.ts";
import { ObjectBuilder, RegoObject } from "./rego-object.ts";
import { RegoSet } from "./rego-set.ts";
import { sortValues } from "./sort-values.ts";
import { typeName } from "./value.ts";
import type { RegoValue } from "./value.ts";

const hostileKeys = ["__proto__", "constructor", "toString", "length", "hasOwnProperty", "", "a", "b", "\u{1F600}", "\uFF5E"];

/** Any value, small enough that equal ones turn up often, with keys that JavaScript objects have a meaning for. */
/** Numbers that neither a double nor a bigint gives back; some have the values of others. */
const decimals: readonly Decimal[] = [
  "1.0",
  "1e0",
  "-1.0",
  "1.50",
  "-0",
  "9007199254740992.0",
  "1e-400",
  "2e-400",
  "20e-401",
  "1.0000000000000000001",
  "1e300",
].map((text) => new Decimal(text));

const anyValue: fc.Arbitrary<RegoValue> = fc.letrec<{ value: RegoValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<RegoValue>(null, true, false, "", "a", "b", "__proto__", "constructor", "\u{1F600}", "\uFF5E", "\uD800"),
    fc.constantFrom<RegoValue>(0, 1, -1, 1.5, 2 ** 53 - 1, 2n ** 53n, -(2n ** 70n), 2 ** 60, 2n ** 60n, 1e300),
    fc.constantFrom<RegoValue>(...decimals),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(tie("value"), { maxLength: 4 }).map((items) => RegoSet.from(items)),
    fc.array(fc.tuple(fc.constantFrom(...hostileKeys), tie("value")), { maxLength: 4 }).map(build),
    fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 3 }).map(build),
  ),
})).value;

function build(entries: readonly (readonly [RegoValue, RegoValue])[]): RegoValue {
  const builder = new ObjectBuilder();
  for (const [key, value] of entries) builder.set(key, value);
  return builder.build();
}

function finding(name: string): RegoValue {
  return { message: "same", objects: [{ spec: { template: { spec: { containers: [{ name }] } } } }] };
}

/** The same value made anew, with keys and elements in the opposite order. */
function rebuild(value: RegoValue): RegoValue {
  switch (typeName(value)) {
    case "array":
      return (value as readonly RegoValue[]).map(rebuild);
    case "set":
      return RegoSet.from((value as RegoSet).items.toReversed().map(rebuild));
    case "object":
      return build(
        entriesInOrder(value)
          .toReversed()
          .map(([key, item]) => [rebuild(key), rebuild(item)] as const),
      );
    default:
      return value;
  }
}

test("the order of types is the language's", () => {
  const values: RegoValue[] = [
    null,
    false,
    true,
    -1,
    0,
    1.5,
    2n ** 64n,
    "",
    "a",
    [],
    [1],
    {},
    build([["a", 1]]),
    new RegoSet(),
    RegoSet.of(1),
  ];
  const shuffled = values.toReversed();
  expect(shuffled.sort(compare)).toEqual(values);
});

test("strings are ordered by code point", () => {
  expect(compareStrings("\uFF5E", "\u{1F600}")).toBeLessThan(0);
  expect(compareStrings("\u{1F600}", "\u{1F601}")).toBeLessThan(0);
  expect(compareStrings("a", "ab")).toBeLessThan(0);
  expect(compareStrings("\uD7FF", "\u{10000}")).toBeLessThan(0);
});

test("strings order as their UTF-8 bytes do", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
      expect(Math.sign(compareStrings(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});

test("compare is a total order and agrees with equals", () => {
  fc.assert(
    fc.property(anyValue, anyValue, anyValue, (a, b, c) => {
      expect(Math.sign(compare(a, b))).toBe(0 - Math.sign(compare(b, a)));
      expect(compare(a, b) === 0).toBe(equals(a, b));
      expect(compare(a, rebuild(a))).toBe(0);
      const [low, middle, high] = [a, b, c].sort(compare) as [RegoValue, RegoValue, RegoValue];
      expect(compare(low, middle)).toBeLessThanOrEqual(0);
      expect(compare(middle, high)).toBeLessThanOrEqual(0);
      expect(compare(low, high)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 2000 },
  );
});

test("equal values have equal hashes at every level", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(longestText(rebuild(value))).toBe(longestText(value));
      for (let level = 0; level <= deepestLevel; level++) expect(hashValue(rebuild(value), level)).toBe(hashValue(value, level));
    }),
  );
});

test("a large integer is the same number as a double and as a bigint", () => {
  expect(equals(2 ** 60, 2n ** 60n)).toBe(true);
  expect(equals(2 ** 60, 2n ** 60n + 1n)).toBe(false);
  expect(RegoSet.of(2 ** 60, 2n ** 60n).size).toBe(1);
  expect(RegoSet.of([2 ** 60], [2n ** 60n]).size).toBe(1);
  expect(RegoSet.of(...Array.from({ length: 20 }, (_, i) => i), 2 ** 60).has(2n ** 60n)).toBe(true);
});

test("sets hold what a naive list without repetitions holds", () => {
  fc.assert(
    fc.property(fc.array(anyValue, { maxLength: 40 }), anyValue, (values, probe) => {
      const naive: RegoValue[] = [];
      for (const value of values) if (!naive.some((other) => compare(other, value) === 0)) naive.push(value);
      const set = RegoSet.from(values);
      expect(set.size).toBe(naive.length);
      expect(values.every((value) => set.has(rebuild(value)))).toBe(true);
      expect(set.has(probe)).toBe(naive.some((other) => compare(other, probe) === 0));
      expect(set.sorted().every((value, i) => i === 0 || compare(set.sorted()[i - 1] as RegoValue, value) < 0)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("a set tells apart composites that differ only deep inside", () => {
  const set = new RegoSet();
  for (let round = 0; round < 2; round++) for (let i = 0; i < 500; i++) set.add(finding(`container-${i}`));
  expect(set.size).toBe(500);
  expect(set.has(finding("container-7"))).toBe(true);
  expect(set.has(finding("container-500"))).toBe(false);
});

test("a set tells apart many values that resemble each other, wherever they differ", () => {
  const scalar = fc.constantFrom<RegoValue>("same", "other", 1, 2, 1.5, 2 ** 60, 2n ** 60n, true, null, "\uFF5E", "\u{1F600}");
  const part = fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 2 }),
    fc.record({ name: scalar }, { requiredKeys: [] }),
    fc.constant(RegoSet.of(1)),
  );
  const alike = fc.record(
    { message: fc.constantFrom("a message", "b message"), deep: fc.array(part, { maxLength: 3 }), more: part },
    { requiredKeys: ["message"] },
  );
  fc.assert(
    fc.property(
      fc.array(alike as fc.Arbitrary<RegoValue>, { minLength: 40, maxLength: 150 }),
      alike as fc.Arbitrary<RegoValue>,
      (values, probe) => {
        const naive: RegoValue[] = [];
        for (const value of values) if (!naive.some((other) => compare(other, value) === 0)) naive.push(value);
        const set = RegoSet.from(values);
        expect(set.items).toEqual(naive);
        expect(values.every((value) => set.has(rebuild(value)))).toBe(true);
        expect(set.has(probe)).toBe(naive.some((other) => compare(other, probe) === 0));
        expect(set.sorted()).toEqual(naive.toSorted(compare));
      },
    ),
    { numRuns: 60 },
  );
});

test("sorting gives the order that comparing gives", () => {
  const text = fc.oneof(fc.constantFrom("", "a", "b", "ab", "\u{1F600}", "\uFF5E", "\uD800"), fc.string({ unit: "binary", maxLength: 3 }));
  const list = fc.oneof(
    fc.array(text, { minLength: 8, maxLength: 40 }),
    fc.array(fc.tuple(text, fc.integer({ min: 0, max: 3 })), { minLength: 8, maxLength: 40 }),
    fc.array(fc.record({ b: fc.integer({ min: 0, max: 3 }), a: text, c: text }, { requiredKeys: ["a"] }), { minLength: 8, maxLength: 40 }),
    fc.array(anyValue, { minLength: 8, maxLength: 40 }),
    fc.array(
      fc.tuple(
        fc.constantFrom("a", "b"),
        fc.record({ deep: anyValue, a: text, n: fc.constantFrom(-1.5, 0, 7) }, { requiredKeys: ["a"] }),
        anyValue,
      ),
      {
        minLength: 8,
        maxLength: 40,
      },
    ),
  );
  fc.assert(
    fc.property(list as fc.Arbitrary<RegoValue[]>, (values) => {
      expect(sortValues(values)).toEqual(values.toSorted(compare));
    }),
    { numRuns: 500 },
  );
});

test("a part by which two values differ is found where there is one", () => {
  expect(differingPart({ a: 1, b: ["x"] }, { a: 2, b: ["y"] })).toEqual(["b", 0]);
  expect(differingPart({ a: 1 }, { a: 2 })).toEqual(["a"]);
  expect(differingPart({ a: 2 ** 60 }, { a: 2n ** 60n })).toBeNull();
  expect(differingPart({ a: RegoSet.of(1) }, { a: RegoSet.of(2) })).toBeNull();
  fc.assert(
    fc.property(anyValue, anyValue, (a, b) => {
      const path = differingPart(a, b);
      if (path !== null) expect(partAt(a, path)).not.toBe(partAt(b, path));
      for (const known of [path ?? [], ["a"], [0], ["__proto__"]]) expect(partAt(rebuild(a), known)).toBe(partAt(a, known));
    }),
  );
});

test("an object with any keys holds what a naive list of entries holds", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyValue, anyValue), { maxLength: 20 }), (entries) => {
      const naive: [RegoValue, RegoValue][] = [];
      for (const [key, value] of entries) {
        const present = naive.find(([other]) => equals(other, key));
        if (present === undefined) naive.push([key, value]);
        else present[1] = value;
      }
      const object = build(entries);
      expect(sizeOf(object)).toBe(naive.length);
      expect(object instanceof RegoObject).toBe(naive.some(([key]) => typeof key !== "string"));
      for (const [key, value] of naive) {
        expect(equals(lookup(object, rebuild(key)) as RegoValue, value)).toBe(true);
        expect(isEntry(key, value, object)).toBe(true);
        expect(isMember(value, object)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test("an object builder refuses a second value for a key", () => {
  const builder = new ObjectBuilder();
  expect([builder.add("a", [1]), builder.add("a", [1]), builder.add("a", [2]), builder.add(1, "x"), builder.add("a", [2])]).toEqual([
    true,
    true,
    false,
    true,
    false,
  ]);
});

test("inherited properties are not there", () => {
  for (const object of [{}, [], Object.create(null) as RegoValue, new RegoSet(), new RegoObject(), "text", null]) {
    for (const key of ["__proto__", "constructor", "toString", "length", "size", "items"]) {
      expect(lookup(object, key)).toBeUndefined();
      expect(lookupName(object, key)).toBeUndefined();
    }
  }
});

test("a key named __proto__ is data", () => {
  const parsed = fromJson('{"__proto__": {"x": 1}}');
  expect(stringify(lookup(parsed, "__proto__") as RegoValue)).toBe('{"x":1}');
  expect(lookup(parsed, "x")).toBeUndefined();
  const made: Record<string, RegoValue> = {};
  setOwn(made, "__proto__", 1);
  expect(own(made, "__proto__")).toBe(1);
  expect(equals(made, fromJson('{"__proto__": 1}'))).toBe(true);
  expect(equals({}, made)).toBe(false);
});

test("lookup steps into every collection", () => {
  expect(lookup(["x"], 0)).toBe("x");
  expect([lookup(["x"], 1), lookup(["x"], -1), lookup(["x"], 0.5), lookup(["x"], "0")]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(lookup(RegoSet.of([1]), [1])).toEqual([1]);
  expect(lookup(build([[[1], "x"]]), [1])).toBe("x");
  expect(lookup("abc", 0)).toBeUndefined();
});

test("collections are gone through in order", () => {
  const object = { b: 1, a: 2 };
  expect(keysInOrder(object)).toEqual(["a", "b"]);
  expect(valuesInOrder(object)).toEqual([2, 1]);
  expect(valuesUnordered(object)).toEqual([1, 2]);
  expect(entriesInOrder(["x"])).toEqual([[0, "x"]]);
  expect(entriesInOrder(RegoSet.of("b", "a"))).toEqual([
    ["a", "a"],
    ["b", "b"],
  ]);
  expect([sizeOf("abc"), sizeOf([]), sizeOf(RegoSet.of(1))]).toEqual([undefined, 0, 1]);
  expect([keysInOrder(1), valuesInOrder(null), valuesUnordered("x")]).toEqual([[], [], []]);
});

test("JSON text comes back as the value it was", () => {
  const json = fc.letrec<{ value: RegoValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom<RegoValue>(null, true, false, 1.5, -1e-7),
      fc.string({ unit: "binary" }),
      fc.bigInt().map(canonicalInteger),
      fc.constantFrom<RegoValue>(...decimals),
      fc.array(tie("value")),
      fc.array(fc.tuple(fc.oneof(fc.constantFrom(...hostileKeys), fc.string()), tie("value"))).map(build),
    ),
  })).value;
  fc.assert(
    fc.property(json, (value) => {
      expect(equals(fromJson(stringify(value)), value)).toBe(true);
    }),
  );
});

test("sets and composite keys have a form in JSON", () => {
  expect(stringify(RegoSet.of("b", "a", RegoSet.of(2, 1)))).toBe('["a","b",[1,2]]');
  expect(
    stringify(
      build([
        [["x", 1], 2],
        [1, 3],
        ["s", 4],
      ]),
    ),
  ).toBe('{"1":3,"[\\"x\\",1]":2,"s":4}');
  const plain = { a: [1] };
  expect(toJson(plain)).toBe(plain);
  const known = RegoSet.ofJson();
  for (const name of ["b", "a"]) known.add({ name });
  expect(toJson(known)).toEqual([{ name: "a" }, { name: "b" }]);
  expect(toJson({ a: [RegoSet.of(2, 1)] })).toEqual({ a: [[1, 2]] });
});

test("numbers are read exactly", () => {
  expect(parseNumber("9007199254740993")).toBe(9007199254740993n);
  expect(parseNumber("0.1")).toBe(0.1);
  for (const [text, value] of [
    ["1e3", 1000],
    ["10.0", 10],
    ["1e20", 10n ** 20n],
    ["12.5e30", 125n * 10n ** 29n],
    ["-0", 0],
    ["0.10", 0.1],
    ["15e-8", 1.5e-7],
    ["1e-400", null],
    ["0.10000000000000001", null],
  ] as const) {
    const number = parseNumber(text);
    expect(number instanceof Decimal && [number.writtenText(), number.plainForm()]).toEqual([text, value]);
  }
  expect([parseNumber("01"), parseNumber("1."), parseNumber(""), parseNumber("0x1"), parseNumber("1e99999999")]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  const read = fromJson("[12345678901234567890, 1.5, 1e2, -0]");
  expect(equals(read, [12345678901234567890n, 1.5, 100, 0])).toBe(true);
  expect(stringify(read)).toBe("[12345678901234567890,1.5,1e2,-0]");
  expect(JSON.stringify(parseNumber("1e-400"))).toBe("1e-400");
  expect(numberText(1e21)).toBe("1000000000000000000000");
  expect(numberText(-0)).toBe("0");
  expect(() => fromJson("1e999999999")).toThrow(SyntaxError);
  expect(() => fromJson("{")).toThrow(SyntaxError);
});

test("numbers are in order by all their digits, near a double and beyond all of them", () => {
  const ascending = [
    "-2e400",
    "-1e400",
    "-5",
    "-0.1000000000000000000001",
    "-0.1",
    "0",
    "1e-400",
    "0.1",
    "0.1000000000000000000001",
    "0.10000000000000000001",
    "9007199254740992.5",
    "9007199254740993",
    "9007199254740993.1",
    "1e308",
    "1e400",
    "2e400",
  ].map((text) => parseNumber(text) as RegoValue);
  fc.assert(
    fc.property(fc.shuffledSubarray(ascending), (some) => {
      expect(sortValues(some)).toEqual(ascending.filter((number) => some.includes(number)));
    }),
  );
  expect(sortValues([10, 9, -1.5, 0, 2.25])).toEqual([-1.5, 0, 2.25, 9, 10]);
});
