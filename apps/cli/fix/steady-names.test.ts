import { expect, test } from "vitest";
import type { Resource } from "@holdfast/core";
import { withSteadyNames } from "./steady-names.ts";

function pod(name: string, file: string | null = "chart/templates/pod.yaml"): Resource {
  return { apiVersion: "v1", kind: "Pod", namespace: "", name, object: {}, file, line: 1 };
}

function names(first: readonly Resource[], later: readonly Resource[]): readonly string[] {
  return withSteadyNames(first, later).map(({ name }) => name);
}

test("names that are made up each time are those of the first scan", () => {
  expect(names([pod("a"), pod("t-x1"), pod("t-x2")], [pod("t-y1"), pod("a"), pod("t-y2")])).toEqual(["t-x1", "a", "t-x2"]);
});

test("an object that is gone, one that came up and one that stands in no file keep their names", () => {
  expect(names([pod("a"), pod("b")], [pod("a")])).toEqual(["a"]);
  expect(names([pod("a")], [pod("a"), pod("b")])).toEqual(["a", "b"]);
  expect(names([pod("a", null)], [pod("b", null)])).toEqual(["b"]);
  expect(names([pod("a", "x.yaml")], [pod("b", "y.yaml")])).toEqual(["b"]);
});
