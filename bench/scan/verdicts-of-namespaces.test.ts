import { expect, test } from "vitest";
import { verdictsOfNamespaces, type ScanReport } from "./verdicts-of-namespaces.ts";

const resource = (namespace: string, name: string): ScanReport["resources"][number] => ({
  apiVersion: "v1",
  kind: "Pod",
  namespace,
  name,
  status: "failed",
  findings: 1,
});

const report: ScanReport = {
  resources: [resource("b", "two"), resource("a", "one"), resource("c", "three")],
  verdicts: [
    { control: "C-1", resource: 0, status: "failed" },
    { control: "C-1", resource: 1, status: "passed" },
    { control: "C-1", resource: 2, status: "passed" },
    { control: "C-2", resource: null, status: "skipped" },
  ],
};

test("only the verdicts on resources of the namespaces, in an order of their own", () => {
  expect(verdictsOfNamespaces(report, ["a", "b"])).toBe("C-1 Pod a/one passed\nC-1 Pod b/two failed");
});

test("another status is another text", () => {
  const other = { ...report, verdicts: report.verdicts.map((verdict) => ({ ...verdict, status: "passed" as const })) };
  expect(verdictsOfNamespaces(other, ["a", "b"])).not.toBe(verdictsOfNamespaces(report, ["a", "b"]));
  expect(verdictsOfNamespaces(other, ["c"])).toBe(verdictsOfNamespaces(report, ["c"]));
});
