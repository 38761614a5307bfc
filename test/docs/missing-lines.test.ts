import { expect, test } from "vitest";
import { missingLines } from "./missing-lines.ts";

const whole = ["one", "two", "three", "four", "five"];

test.each<readonly [string, readonly string[], readonly string[]]>([
  ["all of it", whole, []],
  ["its beginning and a later piece", ["one", "…", "three", "four", "…"], []],
  ["a piece from the middle", ["…", "two", "three"], []],
  ["it begins with the first line, unless it says otherwise", ["two"], ["two"]],
  ["a piece is without gaps", ["…", "two", "four"], ["two", "four"]],
  ["pieces stand in order", ["…", "four", "…", "two"], ["two"]],
  ["what is not there", ["one", "…", "six"], ["six"]],
])("%s", (_, shortened, missing) => {
  expect(missingLines(shortened, whole)).toEqual(missing);
});
