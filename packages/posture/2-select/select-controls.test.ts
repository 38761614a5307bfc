import { describe, expect, test } from "vitest";
import { nearestNames, type Control, type Library } from "@holdfast/core";
import { ResourcesByKind } from "./resources-by-kind.ts";
import { selectControls, type ControlRequest } from "./select-controls.ts";
import { sampleControl } from "../testing/sample-control.ts";

const control = (id: string, name: string): Control => sampleControl(id, { name });

const library: Library = {
  controls: [control("C-0013", "Non-root containers"), control("C-0057", "Privileged container"), control("C-0041", "HostNetwork access")],
  rules: [],
  frameworks: [
    { id: "nsa", name: "NSA", description: "", sections: [{ id: "a", title: "A", controls: ["C-0013", "C-0057"] }] },
    { id: "mitre", name: "MITRE", description: "", sections: [{ id: "b", title: "B", controls: ["C-0041"] }] },
  ],
  parameters: [],
  attackTracks: [],
  digest: "",
};

function select(request: Partial<ControlRequest>): readonly string[] {
  const selection = selectControls(library, { frameworks: [], controls: [], excludeControls: [], ...request });
  if ("unknown" in selection) throw new Error(JSON.stringify(selection.unknown));
  return selection.controls.map(({ id }) => id);
}

describe("controls are selected", () => {
  test("all of them when nothing is asked for, sorted", () => {
    expect(select({})).toEqual(["C-0013", "C-0041", "C-0057"]);
  });

  test.each([
    [{ frameworks: ["NSA"] }, ["C-0013", "C-0057"]],
    [{ frameworks: ["all"] }, ["C-0013", "C-0041", "C-0057"]],
    [{ controls: ["c-0041"] }, ["C-0041"]],
    [{ controls: ["privileged container"] }, ["C-0057"]],
    [{ frameworks: ["mitre"], controls: ["C-0013"] }, ["C-0013", "C-0041"]],
    [{ frameworks: ["nsa", "mitre"], excludeControls: ["C-0013"] }, ["C-0041", "C-0057"]],
  ])("%o", (request, ids) => {
    expect(select(request)).toEqual(ids);
  });

  test("excluded ones are told, so that they can be shown", () => {
    const selection = selectControls(library, { frameworks: ["nsa"], controls: [], excludeControls: ["C-0057", "C-0041"] });
    if ("unknown" in selection) throw new Error("unknown");
    expect(selection.excluded.map(({ id }) => id)).toEqual(["C-0057"]);
  });
});

test("the name of a framework among controls, and of a control among frameworks, is told as such", () => {
  expect(selectControls(library, { frameworks: ["C-0057"], controls: ["NSA"], excludeControls: [] })).toMatchObject({
    unknown: [
      { what: "framework", name: "C-0057", is: "control" },
      { what: "control", name: "NSA", is: "framework" },
    ],
  });
});

test("every unknown name is told, each with what may have been meant", () => {
  expect(selectControls(library, { frameworks: ["nas"], controls: ["C-0075", "zzzzzz"], excludeControls: ["C-005"] })).toEqual({
    unknown: [
      { what: "framework", name: "nas", nearest: ["nsa"] },
      { what: "control", name: "C-0075", nearest: ["C-0057"] },
      { what: "control", name: "zzzzzz", nearest: [] },
      { what: "control", name: "C-005", nearest: ["C-0057"] },
    ],
  });
});

test.each([
  ["sarfi", ["json", "sarif", "pretty"], ["sarif"]],
  ["PRETY", ["json", "sarif", "pretty"], ["pretty"]],
  ["privileged", ["Privileged container", "Other"], ["Privileged container"]],
  ["qqqqqq", ["json", "sarif"], []],
])("what may be meant by %s", (unknown, names, wanted) => {
  expect(nearestNames(unknown, names)).toEqual(wanted);
});

test("resources are found by kind and group, whatever their version", () => {
  const resource = (apiVersion: string, kind: string) => ({
    apiVersion,
    kind,
    namespace: "",
    name: "x",
    object: {},
    file: null,
    line: null,
  });
  const byKind = new ResourcesByKind([
    resource("v1", "Pod"),
    resource("batch/v1beta1", "CronJob"),
    resource("batch/v1", "CronJob"),
    resource("other.io/v1", "CronJob"),
    resource("v1", "Pod"),
  ]);
  expect(byKind.matching([{ group: "batch", kind: "CronJob" }])).toEqual([1, 2]);
  expect(
    byKind.matching([
      { group: "*", kind: "CronJob" },
      { group: "", kind: "Pod" },
    ]),
  ).toEqual([0, 1, 2, 3, 4]);
  expect(
    byKind.matching([
      { group: "", kind: "Pod" },
      { group: "*", kind: "Pod" },
    ]),
  ).toEqual([0, 4]);
  expect(byKind.matching([{ group: "apps", kind: "Pod" }])).toEqual([]);
});
