import fc from "fast-check";
import { expect, test } from "vitest";
import { placesByResource } from "./places-by-resource.ts";

test("the order is that of a stable sort by resource", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 6 })), (resources) => {
      const findings = resources.map((resource) => ({ resource }));
      const sorted = [...findings.keys()].toSorted((a, b) => (resources[a] ?? 0) - (resources[b] ?? 0));
      expect([...placesByResource(findings, 7)]).toEqual(sorted);
    }),
  );
});

test("without findings or resources there is nothing to order", () => {
  expect([...placesByResource([], 0)]).toEqual([]);
  expect([...placesByResource([], 3)]).toEqual([]);
});

test("a finding about no resource is a fault of the caller", () => {
  expect(() => placesByResource([{ resource: 2 }], 2)).toThrow(RangeError);
});
