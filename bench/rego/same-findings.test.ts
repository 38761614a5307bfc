import { expect, test } from "vitest";
import { findingDifferences } from "./same-findings.ts";

test("neither the order of findings nor that of keys counts", () => {
  const left = [{ a: 1, b: [{ c: null }] }, { a: 2 }];
  const right = [{ a: 2 }, { b: [{ c: null }], a: 1 }];
  expect(findingDifferences(left, right)).toEqual({ onlyLeft: [], onlyRight: [] });
});

test("a finding too many, a value of another type and another order inside a list are differences", () => {
  expect(findingDifferences([{ a: 1 }, { a: 1 }], [{ a: 1 }])).toEqual({ onlyLeft: [`{"a":1}`], onlyRight: [] });
  expect(findingDifferences([{ a: "1" }], [{ a: 1 }])).toEqual({ onlyLeft: [`{"a":"1"}`], onlyRight: [`{"a":1}`] });
  expect(findingDifferences([{ a: [1, 2] }], [{ a: [2, 1] }]).onlyRight).toEqual([`{"a":[2,1]}`]);
});
