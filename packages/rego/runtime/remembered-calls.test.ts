import { expect, test } from "vitest";
import { nothing, RememberedCalls } from "./remembered-calls.ts";

test("results are found again by the identity of objects, undefined ones too", () => {
  const calls = new RememberedCalls();
  const [one, other] = [{ a: 1 }, { a: 1 }];
  expect(calls.find(one)).toBe(nothing);
  expect(calls.keep(one, undefined)).toBe(undefined);
  expect(calls.keep("one", 5)).toBe(5);
  expect([calls.find(one), calls.find(other), calls.find("one"), calls.find("two")]).toEqual([undefined, nothing, 5, nothing]);
});

test("results of two arguments are found again", () => {
  const calls = new RememberedCalls();
  const one = {};
  calls.keepPair(one, "a", 1);
  calls.keepPair(one, "b", undefined);
  calls.keepPair("a", one, 3);
  expect([calls.findPair(one, "a"), calls.findPair(one, "b"), calls.findPair("a", one)]).toEqual([1, undefined, 3]);
  expect([calls.findPair(one, "c"), calls.findPair({}, "a"), calls.findPair("b", one)]).toEqual([nothing, nothing, nothing]);
});

test("what never comes again is given up, what does is not", () => {
  const [seldom, often] = [new RememberedCalls(), new RememberedCalls()];
  for (let i = 0; i < 5000; i++) {
    seldom.keep(i, i);
    often.keep(i, i);
    often.find(i);
  }
  expect(seldom.find(4999)).toBe(nothing);
  expect(often.find(4999)).toBe(4999);
  expect(often.find(0)).toBe(nothing);
});
