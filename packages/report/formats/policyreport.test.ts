import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { loadAll } from "js-yaml";
import { expect, test } from "vitest";
import { arbitraryResult } from "../testing/arbitrary-result.ts";
import { buildResult } from "../testing/build-result.ts";
import { handMadeResults } from "../testing/hand-made-results.ts";
import { policyreport } from "./policyreport.ts";
import { testFormat, textOf } from "./tester.ts";

interface Report {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations: Readonly<Record<string, string>> };
  readonly results: readonly {
    readonly policy: string;
    readonly result: string;
    readonly message?: string;
    readonly severity?: string;
    readonly resources?: readonly { readonly name: string; readonly namespace?: string }[];
    readonly properties?: Readonly<Record<string, string>>;
  }[];
  readonly summary: Readonly<Record<string, number>>;
}

function reportsOf(text: string): readonly Report[] {
  return loadAll(text) as readonly Report[];
}

function findingsIn(reports: readonly Report[]): readonly Report["results"][number][] {
  return reports.flatMap(({ results }) => results.filter(({ properties }) => properties?.["fingerprint"] !== undefined));
}

testFormat("policyreport", policyreport, (text) => findingsIn(reportsOf(text)).length);

test("any result: summaries count the results, namespaces are valid, and values of properties are texts", () => {
  fc.assert(
    fc.property(arbitraryResult, (result) => {
      const reports = reportsOf(textOf(policyreport, result));
      expect(reports[0]).toMatchObject({ kind: "ClusterPolicyReport", metadata: { name: "holdfast" } });
      expect(findingsIn(reports).filter(({ result: one }) => one === "fail")).toHaveLength(result.summary.findings);
      expect(findingsIn(reports).filter(({ result: one }) => one === "skip")).toHaveLength(result.summary.accepted);
      for (const { kind, metadata, results, summary } of reports) {
        expect(kind).toBe(metadata.namespace === undefined ? "ClusterPolicyReport" : "PolicyReport");
        expect(metadata.namespace ?? "cluster").toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u);
        for (const one of ["pass", "fail", "warn", "error", "skip"])
          expect(summary[one]).toBe(results.filter((item) => item.result === one).length);
        for (const { properties = {}, severity = "low" } of results) {
          expect(["critical", "high", "medium", "low"]).toContain(severity);
          for (const value of Object.values(properties)) expect(typeof value).toBe("string");
        }
      }
    }),
    { numRuns: 150 },
  );
});

test("each namespace has a report of its own, and what belongs to none is in that of the cluster", () => {
  const reports = reportsOf(textOf(policyreport, handMadeResults["findings"] as Result));
  const inShort = reports.map(({ kind, metadata, results }) => {
    const items = results.map(({ policy, result }) => `${policy} ${result}`);
    return [kind, metadata.namespace, ...items.filter((item) => !item.endsWith("pass"))];
  });
  expect(inShort).toEqual([
    ["ClusterPolicyReport", undefined, "C-0002 fail", "C-0059 skip", "C-0067 skip", "C-0069 skip"],
    ["PolicyReport", "kube-system", "C-0057 fail", "C-0030 skip"],
    ["PolicyReport", "shop", "C-0012 fail", "C-0017 fail"],
  ]);
  expect(reports[0]?.metadata.annotations).toMatchObject({
    "holdfast/compliance": "81.96",
    "holdfast/findings": "4",
    "holdfast/accepted": "1",
  });
  expect(reportsOf(textOf(policyreport, handMadeResults["empty"] as Result))[0]?.metadata.annotations["holdfast/compliance"]).toBe(
    "no data",
  );
});

test("no report is larger than a cluster can store, and none of the findings is lost", () => {
  const result = buildResult({
    controls: [{ id: "C-1", name: "One", score: 8 }],
    resources: [{ apiVersion: "v1", kind: "Pod", namespace: "a", name: "p" }],
    findings: Array.from({ length: 1500 }, () => ({
      control: "C-1",
      resource: 0,
      message: "日".repeat(300),
      fixes: [{ kind: "none", reason: "r" }],
    })),
  });
  const text = textOf(policyreport, result);
  for (const report of text.split("---\n")) expect(Buffer.byteLength(report)).toBeLessThan(1.5 * 2 ** 20);
  const reports = reportsOf(text);
  expect(findingsIn(reports)).toHaveLength(1500);
  expect(new Set(reports.map(({ metadata }) => `${metadata.namespace ?? ""}/${metadata.name}`)).size).toBe(reports.length);
});
