import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryResult } from "../testing/arbitrary-result.ts";
import { buildResult, resourceAt } from "../testing/build-result.ts";
import { handMadeResults } from "../testing/hand-made-results.ts";
import { kubescapeJson } from "./kubescape-json.ts";
import { testFormat, textOf } from "./tester.ts";

interface Path {
  readonly resourceID: string;
  readonly failedPath?: string;
  readonly reviewPath?: string;
  readonly deletePath?: string;
  readonly fixPath: { readonly path?: string; readonly value?: unknown };
}
interface Control {
  readonly controlID: string;
  readonly name: string;
  readonly status: { readonly status: string; readonly subStatus?: string };
  readonly severity: string;
  readonly rules: readonly {
    readonly name: string;
    readonly status: string;
    readonly paths: readonly Path[];
    readonly exception: readonly object[];
    readonly relatedResourcesIDs: readonly string[];
  }[];
}
interface Summary {
  readonly controlID: string;
  readonly status: string;
  readonly statusInfo: { readonly status: string; readonly subStatus?: string; readonly info?: string };
  readonly complianceScore: number;
  readonly score: number;
  readonly scoreFactor: number;
  readonly ResourceCounters: Readonly<Record<string, number>>;
}
interface Report {
  readonly summaryDetails: Readonly<Record<string, unknown>> & {
    readonly controls: Readonly<Record<string, Summary>>;
    readonly frameworks: readonly { readonly name: string; readonly complianceScore: number }[];
    readonly complianceScore: number;
    readonly controlsSeverityCounters: Readonly<Record<string, number>>;
  };
  readonly resources: readonly {
    readonly resourceID: string;
    readonly object: { readonly kind: string };
    readonly source?: { readonly relativePath: string };
  }[];
  readonly results: readonly { readonly resourceID: string; readonly controls: readonly Control[] }[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly scanCoverage?: Readonly<Record<string, unknown>>;
  readonly holdfast: { readonly findings: number; readonly accepted: number };
}

function reportOf(result: Result, sourcePrefix = ""): Report {
  return JSON.parse(textOf(kubescapeJson, result, { sourcePrefix })) as Report;
}

function handMade(name: string): Report {
  return reportOf(handMadeResults[name] as Result);
}

testFormat("kubescape-json", kubescapeJson, (text) => {
  const { holdfast } = JSON.parse(text) as Report;
  return holdfast.findings + holdfast.accepted;
});

test("all keys of the form are there", () => {
  const report = handMade("findings");
  expect(Object.keys(report)).toEqual([
    "generationTime",
    "reportGUID",
    "customerGUID",
    "clusterName",
    "clusterCloudProvider",
    "clusterAPIServerInfo",
    "summaryDetails",
    "resources",
    "results",
    "attributes",
    "resourceLabels",
    "metadata",
    "scanCoverage",
    "holdfast",
  ]);
  expect(Object.keys(report.summaryDetails).toSorted()).toEqual(
    [
      "controls",
      "status",
      "frameworks",
      "resourcesSeverityCounters",
      "controlsSeverityCounters",
      "ResourceCounters",
      "vulnerabilities",
      "score",
      "complianceScore",
    ].toSorted(),
  );
  expect(Object.keys(report.summaryDetails.controls["C-0057"] ?? {}).toSorted()).toEqual(
    [
      "controlID",
      "name",
      "status",
      "statusInfo",
      "resourceIDs",
      "ResourceCounters",
      "subStatusCounters",
      "score",
      "complianceScore",
      "scoreFactor",
      "category",
      "severity",
    ].toSorted(),
  );
  expect(Object.keys(report.resources[0]?.source ?? {})).toEqual([
    "path",
    "relativePath",
    "helmPath",
    "fileType",
    "helmChartName",
    "helmTemplateFile",
    "helmValuesPaths",
    "helmTemplateLine",
    "kustomizeDirectoryName",
    "lastCommit",
  ]);
  expect(Object.keys(report.metadata["scanMetadata"] ?? {})).toEqual([
    "targetType",
    "kubescapeVersion",
    "formatVersion",
    "controlsInputs",
    "formats",
    "excludedNamespaces",
    "includeNamespaces",
    "targetNames",
    "failThreshold",
    "complianceThreshold",
    "scanningTarget",
    "hostScanner",
    "submit",
    "verboseMode",
  ]);
});

describe("statuses", () => {
  test("are Kubescape's, with the sub-status that tells them apart", () => {
    const report = handMade("findings");
    const statusOf = (id: string): unknown => report.summaryDetails.controls[id]?.statusInfo;
    expect(statusOf("C-0057")).toEqual({ status: "failed" });
    expect(statusOf("C-0030")).toEqual({ status: "passed", subStatus: "w/exceptions" });
    expect(statusOf("C-0059")).toMatchObject({ status: "passed", subStatus: "irrelevant" });
    expect(statusOf("C-0069")).toMatchObject({ status: "skipped", subStatus: "integration" });
    expect(handMade("losses").summaryDetails.controls["C-0057"]?.statusInfo).toMatchObject({
      status: "skipped",
      subStatus: "notEvaluated",
    });
  });

  test.each([
    ["parameters", "configuration"],
    ["manual", "manual review"],
    ["cloud", "integration"],
    ["host-data", "integration"],
    ["control-plane-pods", "notEvaluated"],
  ])("what needs %s is skipped: %s", (input, subStatus) => {
    const skips = [{ reason: "needs-input" as const, input }];
    const { summaryDetails, scanCoverage } = reportOf(
      buildResult({ controls: [{ id: "C-1", name: "One", score: 5, status: "skipped", skips }] }),
    );
    expect(summaryDetails.controls["C-1"]?.statusInfo).toMatchObject({ status: "skipped", subStatus });
    expect(scanCoverage).toMatchObject({ evaluatedControls: 0, totalControls: 1, coverageScore: 0 });
  });

  test("nothing is said of gaps where there are none", () => {
    expect(reportOf(buildResult({ controls: [{ id: "C-1", name: "One", score: 5 }] })).scanCoverage).toBeUndefined();
  });
});

describe("Kubescape's own compliance", () => {
  // Figures by hand, from the formula: passed is 100, else the share of resources that passed, 0 without resources; a plain mean over controls.
  const counts = { passed: 0, failed: 0, accepted: 0, skipped: 0, errored: 0 };
  const result = buildResult({
    frameworks: [{ id: "nsa", name: "NSA", controls: ["C-1", "C-2"] }],
    controls: [
      { id: "C-1", name: "Passed", score: 8, status: "passed", counts: { ...counts, passed: 3 } },
      { id: "C-2", name: "Failed", score: 5, status: "failed", counts: { ...counts, passed: 1, failed: 3 } },
      {
        id: "C-3",
        name: "Skipped",
        score: 9,
        status: "skipped",
        counts: { ...counts, skipped: 1 },
        skips: [{ reason: "needs-input", input: "cloud" }],
      },
      { id: "C-4", name: "Irrelevant", score: 2, status: "skipped", counts: { ...counts, skipped: 1 }, skips: [{ reason: "no-match" }] },
      { id: "C-5", name: "With exceptions", score: 5, status: "failed", counts: { ...counts, accepted: 1, failed: 1 } },
    ],
  });
  const { summaryDetails } = reportOf(result);

  test.each([
    ["C-1", 100],
    ["C-2", 25],
    ["C-3", 0],
    ["C-4", 100],
    ["C-5", 50],
  ])("of %s is %d", (id, expected) => {
    expect(summaryDetails.controls[id]?.complianceScore).toBe(expected);
  });

  test("of frameworks and of all is the mean over their controls", () => {
    expect(summaryDetails.frameworks[0]?.complianceScore).toBe(62.5);
    expect(summaryDetails.complianceScore).toBe(55);
    expect(summaryDetails.controlsSeverityCounters).toEqual({ criticalSeverity: 0, highSeverity: 0, mediumSeverity: 2, lowSeverity: 0 });
    expect(summaryDetails.controls["C-2"]?.score).toBe(75);
    expect(summaryDetails.controls["C-2"]?.scoreFactor).toBe(5);
  });
});

describe("resources and results", () => {
  test("a resource of a file has the hash of its path in its id, one of none is named as in a cluster", () => {
    const { resources } = reportOf(
      buildResult({
        resources: [
          { ...resourceAt("Deployment", "shop/catalog", "a", 1) },
          { apiVersion: "v1", kind: "Group", namespace: "", name: "support" },
        ],
      }),
      "apps/",
    );
    // FNV-1a of "a" in 32 bits is e40c292c.
    expect(resources[0]?.resourceID).toBe("path=3826002220/api=apps/v1/shop/Deployment/catalog");
    expect(resources[1]?.resourceID).toBe("/v1//Group/support");
    expect(resources[0]?.source?.relativePath).toBe("apps/a");
  });

  test("paths say one thing each; values of fixes are texts, YOUR_VALUE where a person must decide; fixPath is always there", () => {
    const result = buildResult({
      controls: [{ id: "C-1", name: "One", score: 5 }],
      resources: [resourceAt("Pod", "a/b", "a.yaml", 1), resourceAt("Role", "a/r", "a.yaml", 9)],
      findings: [
        {
          control: "C-1",
          rule: "rule-one",
          resource: 0,
          related: [1],
          message: "m",
          paths: [
            { path: "spec.a", kind: "failed" },
            { path: "rules[0]", kind: "review", resource: 1 },
            { path: "spec.b", kind: "delete" },
          ],
          fixes: [
            { kind: "set", path: "spec.n", value: 1000 },
            { kind: "set", path: "spec.t", value: "text" },
            { kind: "choose", path: "spec.c", question: "which" },
            { kind: "remove", path: "spec.b" },
          ],
        },
      ],
    });
    const { results, resources } = reportOf(result);
    const rule = results[0]?.controls[0]?.rules[0];
    const [own, role] = resources.map(({ resourceID }) => resourceID);
    expect(rule).toMatchObject({ name: "rule-one", status: "failed", exception: [], relatedResourcesIDs: [role] });
    expect(rule?.paths).toEqual([
      { resourceID: own, failedPath: "spec.a", fixPath: {} },
      { resourceID: role, reviewPath: "rules[0]", fixPath: {} },
      { resourceID: own, deletePath: "spec.b", fixPath: {} },
      { resourceID: own, fixPath: { path: "spec.n", value: "1000" } },
      { resourceID: own, fixPath: { path: "spec.t", value: "text" } },
      { resourceID: own, fixPath: { path: "spec.c", value: "YOUR_VALUE" } },
    ]);
  });

  test("what an exception accepts passed, and names it", () => {
    const { results } = handMade("findings");
    const accepted = results.flatMap(({ controls }) => controls).find(({ controlID }) => controlID === "C-0030");
    expect(accepted).toMatchObject({
      status: { status: "passed", subStatus: "w/exceptions" },
      rules: [{ exception: [{ name: "node-tuner-network" }] }],
    });
  });

  test("any result: a failed control for each resource with open findings of it, and only resources that are listed", () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const { results, resources } = reportOf(result);
        const failed = new Set(
          result.findings.flatMap(({ status, control, resource }) => (status === "open" ? [`${control} ${resource}`] : [])),
        );
        const entries = results.flatMap(({ controls }) => controls.filter(({ status }) => status.status === "failed"));
        expect(entries).toHaveLength(failed.size);
        const ids = new Set(resources.map(({ resourceID }) => resourceID));
        for (const { resourceID, controls } of results) {
          expect(ids).toContain(resourceID);
          for (const path of controls.flatMap(({ rules }) => rules.flatMap(({ paths }) => paths)))
            expect(path.fixPath).toBeTypeOf("object");
        }
      }),
      { numRuns: 150 },
    );
  });
});

test("a cluster is named as the target, with its context and the version of its server", () => {
  const files = handMadeResults["findings"] as Result;
  const cluster: NonNullable<Result["inputs"]["cluster"]> = {
    context: "staging",
    server: "https://127.0.0.1",
    version: "v1.34.4",
    namespaces: { included: ["shop"], excluded: [] },
    kinds: [],
    account: { lists: 0, lost: 0, listed: 0, produced: 0, owned: 0, repeated: 0, dropped: 0 },
  };
  const report = reportOf({ ...files, inputs: { ...files.inputs, roots: [], kind: "cluster", cluster } });
  expect(report).toMatchObject({ clusterName: "staging", clusterAPIServerInfo: { gitVersion: "v1.34.4" } });
  expect(report.metadata).toMatchObject({
    targetMetadata: { clusterContextMetadata: { contextName: "staging" } },
    scanMetadata: { targetType: "cluster", scanningTarget: 0, includeNamespaces: ["shop"], excludedNamespaces: [] },
  });
});
