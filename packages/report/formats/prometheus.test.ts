import type { Result } from "@holdfast/core";
import { expect, test } from "vitest";
import { METRICS } from "../prometheus/metrics.ts";
import { handMadeResults } from "../testing/hand-made-results.ts";
import { readMetrics } from "../testing/read-metrics.ts";
import { prometheus } from "./prometheus.ts";
import { testFormat, textOf } from "./tester.ts";

function seriesOf(name: string): ReadonlyMap<string, number> {
  return readMetrics(textOf(prometheus, handMadeResults[name] as Result));
}

testFormat("prometheus", prometheus, (text) => {
  const series = readMetrics(text);
  const open = ["critical", "high", "medium", "low", "unknown"].reduce(
    (sum, severity) => sum + (series.get(`holdfast_findings{severity="${severity}"}`) ?? Number.NaN),
    0,
  );
  return open + (series.get("holdfast_accepted_findings") ?? Number.NaN);
});

test("no data is no number: the score is absent, and a series says so", () => {
  const series = seriesOf("empty");
  expect(series.get("holdfast_has_data")).toBe(0);
  expect(series.get('holdfast_framework_has_data{framework="nsa"}')).toBe(0);
  expect([...series.keys()].filter((name) => name.includes("_percent"))).toEqual([]);
  expect(series.get('holdfast_gate_holds{gate="compliance-threshold",framework="nsa"}')).toBe(0);
});

test("scores are those of the result, and time is there where the scan had one", () => {
  const series = seriesOf("findings");
  expect(series.get("holdfast_compliance_percent")).toBe(81.96);
  expect(series.get('holdfast_framework_coverage_percent{framework="nsa"}')).toBe(100);
  expect(series.get("holdfast_scan_timestamp_seconds")).toBe(1_767_225_600);
  expect(seriesOf("calm").has("holdfast_scan_timestamp_seconds")).toBe(false);
});

test("every metric has the labels that it says, and none that grows with the estate", () => {
  const known = new Set(["version", "library", "reach", "status", "severity", "effect", "gate", "framework", "control", "name"]);
  for (const { name, labels, samples } of METRICS) {
    for (const result of Object.values(handMadeResults)) {
      for (const sample of samples(result)) expect(Object.keys(sample.labels).toSorted(), name).toEqual(labels.toSorted());
    }
    for (const label of labels) expect(known).toContain(label);
  }
});

test("a larger estate has no more series", () => {
  const many = handMadeResults["many"] as Result;
  const larger: Result = { ...many, resources: [...many.resources, ...many.resources], findings: [...many.findings, ...many.findings] };
  expect(readMetrics(textOf(prometheus, larger)).size).toBe(seriesOf("many").size);
});
