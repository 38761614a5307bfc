import { expect, test } from "vitest";
import type { PageFinding, PageIndex } from "../html/page-data.ts";
import { countsOf, entriesOf, filtered, type Filter } from "./filter.ts";

const INDEX: PageIndex = {
  none: "",
  controls: [
    { id: "C-1", name: "Privileged container", frameworks: ["nsa", "cis"] },
    { id: "C-2", name: "Limits", frameworks: ["nsa"] },
  ],
  resources: [
    { label: "Deployment shop/web-10", kind: "Deployment", namespace: "shop" },
    { label: "Deployment shop/web-9", kind: "Deployment", namespace: "shop" },
    { label: "ClusterRole none", kind: "ClusterRole", namespace: "" },
  ],
  exceptions: [],
  frameworks: [],
};

function finding(control: number, resource: number, more: Partial<PageFinding> = {}): PageFinding {
  return {
    control,
    resource,
    severity: "high",
    status: "open",
    message: `message ${control}${resource}`,
    rule: "rule",
    fingerprint: `f${control}${resource}`,
    place: "a.yaml:1:1",
    related: null,
    evidence: [],
    code: null,
    fixes: [],
    fixable: false,
    edit: null,
    noEdit: null,
    notes: [],
    exception: null,
    ...more,
  };
}

const ENTRIES = entriesOf(
  [
    finding(0, 0, { place: "b.yaml:10:1" }),
    finding(0, 1, { place: "b.yaml:9:1", status: "accepted" }),
    finding(1, 2, { severity: "low" }),
    finding(1, 0, { severity: "medium", message: "Über CPU" }),
  ],
  INDEX,
);

const NOTHING: Filter = { text: "", severities: [], framework: "", control: "", namespace: "", kind: "", status: "", order: "" };

test.each<[Partial<Filter>, readonly string[]]>([
  [{}, ["f00", "f01", "f12", "f10"]],
  [{ text: "PRIVILEGED web-9" }, ["f01"]],
  [{ text: "  c-2   über " }, ["f10"]],
  [{ text: "b.yaml:10" }, ["f00"]],
  [{ text: "nowhere" }, []],
  [{ severities: ["low", "medium"] }, ["f12", "f10"]],
  [{ framework: "cis" }, ["f00", "f01"]],
  [{ control: "C-2" }, ["f12", "f10"]],
  [{ namespace: "none" }, ["f12"]],
  [{ namespace: "=shop", severities: ["high"] }, ["f00", "f01"]],
  [{ namespace: "=none" }, []],
  [{ kind: "ClusterRole" }, ["f12"]],
  [{ status: "accepted" }, ["f01"]],
  [{ order: "resource" }, ["f12", "f01", "f00", "f10"]],
  [{ order: "place" }, ["f12", "f10", "f01", "f00"]],
])("%j", (filter, expected) => {
  expect(filtered(ENTRIES, { ...NOTHING, ...filter }).map(({ finding }) => finding.fingerprint)).toEqual(expected);
});

test("values are counted, each framework of a finding for itself", () => {
  expect([...countsOf(ENTRIES, "framework")]).toEqual([
    ["nsa", 4],
    ["cis", 2],
  ]);
  expect([...countsOf(ENTRIES, "namespace")]).toEqual([
    ["=shop", 3],
    ["none", 1],
  ]);
});
