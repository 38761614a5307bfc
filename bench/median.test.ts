import { expect, test } from "vitest";
import { median } from "./median.ts";

test("the median is the middle number, in whatever order they come", () => {
  expect(median([9, 1, 10])).toBe(9);
  expect(median([100, 2, 4, 1])).toBe(3);
  expect(median([7])).toBe(7);
  expect(median([])).toBeNaN();
});
