import { expect, test } from "vitest";
import { resultView } from "../baseline/result-view.ts";
import { scanEstate, type SampleEstate } from "../testing/sample-estate.ts";
import { findingAges } from "./finding-ages.ts";
import { trend } from "./trend.ts";

const ESTATE: SampleEstate = {
  files: [{ file: "a.yaml", pods: [{ name: "one", faults: ["C-1"] }] }],
  controls: ["C-1", "C-2"],
  frameworks: [{ id: "nsa", controls: ["C-1"] }],
};

test("results stand in the order of their times; one without data is a gap, not zero", () => {
  const late = scanEstate(ESTATE, { time: "2026-02-01T00:00:00Z", frameworks: ["nsa"] });
  const early = scanEstate(ESTATE, { time: "2026-01-01T01:00:00+02:00" });
  const empty = scanEstate({ ...ESTATE, files: [] }, { time: "2026-01-15T00:00:00Z" });
  const { order, points } = trend([late, early, empty].map((result, place) => ({ file: `${place}.json`, result })));
  expect(order).toBe("time");
  expect(points.map(({ file }) => file)).toEqual(["1.json", "2.json", "0.json"]);
  expect(points[1]).toMatchObject({
    compliance: null,
    strictCompliance: null,
    coverage: null,
    findings: null,
    accepted: null,
    bySeverity: null,
    controls: null,
  });
  expect(points[2]).toMatchObject({
    compliance: 50,
    coverage: 100,
    findings: 1,
    accepted: 0,
    controls: 2,
    resources: 1,
    frameworks: [{ id: "nsa", compliance: 0 }],
  });
});

test("where not all have a time they stay as they were given", () => {
  const { order, points } = trend([
    { file: "b", result: scanEstate(ESTATE, { time: "2026-02-01T00:00:00Z" }) },
    { file: "a", result: scanEstate(ESTATE) },
  ]);
  expect({ order, files: points.map(({ file }) => file) }).toEqual({ order: "given", files: ["b", "a"] });
});

test("a finding is as old as the earliest result in which it is open", () => {
  const now = scanEstate(ESTATE);
  const scans = ["2026-01-21T00:00:00Z", "2026-01-01T00:00:00Z", undefined].map((time) =>
    resultView(scanEstate(ESTATE, time === undefined ? {} : { time })),
  );
  expect([...findingAges(now, scans, "2026-01-31T00:00:00Z").values()]).toEqual([30]);
  expect(findingAges(now, scans.slice(2), "2026-01-31T00:00:00Z").size).toBe(0);
});
