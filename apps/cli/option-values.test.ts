import { describe, expect, test } from "vitest";
import { commaList, duration, mebibytes, percentage, repeated, wholeNumber } from "./option-values.ts";

describe("a time", () => {
  test.each([
    ["10", 10_000],
    ["10s", 10_000],
    ["1.5s", 1500],
    ["500ms", 500],
    ["2m", 120_000],
    ["1h", 3_600_000],
    ["24h", 86_400_000],
  ])("%s is %i ms", (text, milliseconds) => {
    expect(duration(text)).toBe(milliseconds);
  });

  test.each(["", "0", "0s", "-1s", "soon", "1d", "25h", "1 s", "1e3", "0.1ms", "٣s"])("%j is none", (text) => {
    expect(() => duration(text)).toThrow("Expected a time");
  });
});

test("lists and repeated options add to what was given before", () => {
  expect(commaList(" a,b ,", ["z"])).toEqual(["z", "a", "b"]);
  expect(() => commaList(" , ")).toThrow("Expected a name");
  expect(repeated("a,b", ["z"])).toEqual(["z", "a,b"]);
});

test("numbers have their bounds", () => {
  expect(percentage("99.5")).toBe(99.5);
  expect(() => percentage("101")).toThrow("from 0 to 100");
  expect(() => mebibytes("127")).toThrow("at least 128");
  expect(wholeNumber(3)("999")).toBe(999);
  for (const text of ["0", "1000", "1.5", "-1", "x"]) expect(() => wholeNumber(3)(text)).toThrow("Expected a whole number");
});
