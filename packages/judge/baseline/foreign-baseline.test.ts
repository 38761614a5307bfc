import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scanEstate, type SampleEstate } from "../testing/sample-estate.ts";
import { compareScans } from "./compare.ts";
import { related } from "./match-findings.ts";
import { readForeignBaseline } from "./read-foreign-baseline.ts";
import { resultView } from "./result-view.ts";
import type { ScanView } from "./scan-view.ts";

const ESTATE: SampleEstate = {
  files: [
    { file: "apps/one.yaml", pods: [{ name: "one", faults: ["C-1"] }] },
    { file: "apps/two.yaml", pods: [{ name: "two", faults: ["C-1", "C-2"] }] },
    { file: "apps/three.yaml", pods: [{ name: "three", faults: ["C-1"] }] },
  ],
  controls: ["C-1", "C-2", "C-3"],
  frameworks: [],
};

const PATH = "spec.containers[0].securityContext";

function pod(name: string): object {
  return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "shop" } };
}

interface Said {
  readonly control: string;
  readonly status: string;
  readonly subStatus?: string;
  readonly path?: string;
}

function result(id: string, said: readonly Said[]): object {
  return {
    resourceID: id,
    controls: said.map(({ control, status, subStatus = "", path = "" }) => ({
      controlID: control,
      name: control,
      status: { status, subStatus },
      severity: "High",
      rules: [{ name: "r", status, paths: path === "" ? [] : [{ failedPath: path, fixPath: { path: "", value: "" } }] }],
    })),
  };
}

/** A report in the form v2 about the pods one and two. */
function report(one: readonly Said[], two: readonly Said[], more: object = {}): object {
  return {
    generationTime: "2026-01-01T00:00:00Z",
    summaryDetails: {
      controls: {
        "C-1": { statusInfo: { status: "failed" } },
        "C-2": { status: "passed" },
        "C-3": { statusInfo: { status: "skipped", subStatus: "configuration" } },
      },
    },
    resources: [
      { resourceID: "path=1/api=/v1/shop/Pod/one", object: pod("one"), source: { relativePath: "apps/one.yaml" } },
      { resourceID: "path=2/api=/v1/shop/Pod/two", source: { relativePath: "apps/two.yaml" } },
    ],
    results: [result("path=1/api=/v1/shop/Pod/one", one), result("path=2/api=/v1/shop/Pod/two", two)],
    ...more,
  };
}

function viewOf(...documents: readonly unknown[]): ScanView {
  const read = readForeignBaseline(documents);
  if (read === null || "problem" in read) throw new Error(read === null ? "not recognised" : read.problem);
  return read.view;
}

function told(then: ScanView): readonly string[] {
  const { findings } = compareScans(resultView(scanEstate(ESTATE)), then);
  return findings.map(
    ({ status, control, resource, reason }) => `${status} ${control} ${resource.name}${reason === undefined ? "" : ` ${reason}`}`,
  );
}

describe("Kubescape's JSON v2", () => {
  test("is matched by control, object and path; what it does not name is incomparable", () => {
    const then = viewOf(
      report(
        [{ control: "C-1", status: "failed", path: PATH }],
        [
          { control: "C-1", status: "passed" },
          { control: "C-2", status: "failed", path: `${PATH}.privileged` },
        ],
      ),
    );
    expect(told(then)).toEqual(["new C-1 two", "incomparable C-1 three input-not-covered-then", "unchanged C-1 one", "unchanged C-2 two"]);
    expect(then.time).toBe("2026-01-01T00:00:00Z");
    expect(then.notes.join(" ")).toContain("no fingerprints");
  });

  test("another path may be the same finding", () => {
    const then = viewOf(
      report(
        [{ control: "C-1", status: "failed", path: "spec.hostPID" }],
        [
          { control: "C-1", status: "failed" },
          { control: "C-2", status: "failed" },
        ],
      ),
    );
    expect(told(then)).toEqual([
      "incomparable C-1 one path-differs",
      "incomparable C-1 three input-not-covered-then",
      "unchanged C-1 two",
      "unchanged C-2 two",
    ]);
  });

  test("exceptions, controls that were skipped, and findings that are gone", () => {
    const then = viewOf(
      report(
        [
          { control: "C-1", status: "passed", subStatus: "w/exceptions" },
          { control: "C-2", status: "failed" },
          { control: "C-3", status: "skipped" },
        ],
        [{ control: "C-1", status: "skipped", subStatus: "notEvaluated" }],
      ),
    );
    expect(told(then)).toEqual([
      "new C-1 one",
      "new C-2 two",
      "incomparable C-1 three input-not-covered-then",
      "incomparable C-1 two errored-then",
      "resolved C-2 one",
    ]);
  });

  test("a report without results says nothing", () => {
    const read = readForeignBaseline([{ summaryDetails: { controls: {} }, results: [] }]);
    expect(read).toMatchObject({ problem: expect.stringContaining("nothing to compare with") as string });
  });

  test("the old form is told", () => {
    expect(readForeignBaseline([[{ controlReports: [] }]])).toMatchObject({ problem: expect.stringContaining("v1") as string });
  });
});

const API = "spdx.softwarecomposition.kubescape.io/v1beta1";

function scanObject(name: string, controls: object | undefined, kind = "WorkloadConfigurationScan"): object {
  return {
    apiVersion: API,
    kind,
    metadata: {
      name: `pod-${name}`,
      namespace: "shop",
      creationTimestamp: "2026-01-02T00:00:00Z",
      labels: {
        "kubescape.io/workload-api-version": "v1",
        "kubescape.io/workload-kind": "Pod",
        "kubescape.io/workload-name": name,
        "kubescape.io/workload-namespace": "shop",
      },
    },
    spec: controls === undefined ? {} : { controls },
  };
}

const VERDICT = {
  controlID: "C-1",
  name: "one",
  severity: { severity: "High", scoreFactor: 8 },
  status: { status: "failed" },
  rules: [{ status: { status: "failed" }, paths: [{ failedPath: PATH }] }],
};

describe("objects of Kubescape's cluster API", () => {
  const whole = scanObject("one", { "C-1": VERDICT, "C-2": { ...VERDICT, controlID: "C-2", status: { status: "passed" } } });

  test.each<[string, readonly unknown[]]>([
    ["one by one", [whole, scanObject("two", { "C-2": { ...VERDICT, controlID: "C-2" } })]],
    ["as a list", [{ apiVersion: "v1", kind: "List", items: [whole, scanObject("two", { "C-2": { ...VERDICT, controlID: "C-2" } })] }]],
    [
      "with summaries",
      [
        scanObject("one", { "C-1": { ...VERDICT, rules: undefined } }, "WorkloadConfigurationScanSummary"),
        whole,
        scanObject("two", { "C-2": { ...VERDICT, controlID: "C-2" } }),
      ],
    ],
  ])("%s", (_, documents) => {
    const then = viewOf(...documents);
    expect(told(then)).toEqual(["new C-1 two", "incomparable C-1 three input-not-covered-then", "unchanged C-1 one", "unchanged C-2 two"]);
    expect(then.time).toBe("2026-01-02T00:00:00Z");
  });

  test.each<[string, readonly unknown[]]>([
    ["an empty spec", [scanObject("one", undefined)]],
    ["no spec", [{ ...scanObject("one", {}), spec: undefined }]],
    [
      "a list of the API",
      [{ apiVersion: API, kind: "WorkloadConfigurationScanList", items: [{ metadata: { name: "x" }, spec: { controls: null } }] }],
    ],
    [
      "a summary with zeros",
      [{ ...scanObject("one", {}, "WorkloadConfigurationScanSummary"), spec: { severities: { critical: 0, high: 0 }, controls: {} } }],
    ],
    ["one among whole ones", [{ apiVersion: "v1", kind: "List", items: [whole, scanObject("two", undefined)] }]],
  ])("metadata only is refused, never read as no finding: %s", (_, documents) => {
    expect(readForeignBaseline(documents)).toMatchObject({ problem: expect.stringMatching(/only metadata.*kubectl get/u) as string });
  });

  test("an empty list says nothing", () => {
    expect(readForeignBaseline([{ apiVersion: API, kind: "WorkloadConfigurationScanList", items: [] }])).toMatchObject({
      problem: expect.stringContaining("has none") as string,
    });
  });
});

test("anything else is not recognised, and nothing throws", () => {
  expect(readForeignBaseline([{ apiVersion: "v1", kind: "List", items: [] }])).toBeNull();
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      readForeignBaseline([value]);
      const object = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
      readForeignBaseline([
        { ...object, summaryDetails: value, results: [value, { resourceID: "a/b/c/d/e", controls: [value] }], resources: [value] },
      ]);
      readForeignBaseline([{ apiVersion: API, kind: "WorkloadConfigurationScan", metadata: value, spec: { controls: value } }]);
    }),
  );
});

test.each([
  ["spec.containers[0]", "spec.containers[0].image", true],
  ["spec.containers[0].image", "spec.containers[0].image", true],
  ["spec.containers[1].image", "spec.containers[0].image", false],
  ["spec.containers[1]", "spec.containers[10]", false],
  ["metadata.labels['a.b']", "metadata.labels.a.b", true],
  ["spec.hostPID=true", "spec.hostPID", true],
])("%s and %s are the same place or one in the other: %s", (one, other, wanted) => {
  expect(related(one, other)).toBe(wanted);
});
