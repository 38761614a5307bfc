import { fromJson, type RegoValue } from "@holdfast/rego";
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

test("numbers are compared with all their digits, whatever form they have", () => {
  const found = (text: string): readonly RegoValue[] => [fromJson(`{"price":${text}}`)];
  const differ = (left: string, right: string): number => findingDifferences(found(left), found(right)).onlyLeft.length;
  expect(differ("4047.1800000000000001", "4047.1800000000000001")).toBe(0);
  expect(findingDifferences(found("4047.1800000000000001"), found("4047.18"))).toEqual({
    onlyLeft: [`{"price":4047.1800000000000001}`],
    onlyRight: [`{"price":4047.18}`],
  });
  expect(differ("9007199254740993", "9007199254740993")).toBe(0);
  expect(differ("9007199254740993", "9007199254740992")).toBe(1);
});
