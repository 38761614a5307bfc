import { describe, expect, test } from "vitest";
import type { ParameterDescription } from "@holdfast/core";
import { readParameterValues } from "./read-parameter-values.ts";

function parameter(name: string, form: ParameterDescription["form"]): ParameterDescription {
  return { name, form, meaning: "", default: [] };
}

const known = [
  parameter("allowedRegistries", "strings"),
  parameter("sensitiveValues", "regexes"),
  parameter("cpu_limit_max", "quantities"),
  parameter("most", "number"),
];

describe("values", () => {
  test.each([
    ["YAML", "allowedRegistries: [registry.example/]\nmost: 5\n"],
    ["JSON", '{"allowedRegistries": ["registry.example/"], "most": ["5"]}'],
    [
      "Kubescape's envelope",
      '{"name":"default","settings":{"postureControlInputs":{"allowedRegistries":["registry.example/"],"most":["5"]}}}',
    ],
    ["half of it", "postureControlInputs:\n  allowedRegistries:\n    - registry.example/\n  most: '5'\n"],
  ])("in %s", (_, text) => {
    expect(readParameterValues(text, known)).toEqual({ values: { allowedRegistries: ["registry.example/"], most: ["5"] }, faults: [] });
  });

  test("numbers and booleans are texts", () => {
    expect(readParameterValues("allowedRegistries: [true, 0.5, 12]\n", known).values).toEqual({ allowedRegistries: ["true", "0.5", "12"] });
  });

  test("an empty list sets nothing to look for", () => {
    expect(readParameterValues("allowedRegistries: []\ncpu_limit_max: []\n", known)).toEqual({
      values: { allowedRegistries: [], cpu_limit_max: [] },
      faults: [],
    });
  });

  test.each(["500m", "0.5", "1Gi", "1e3", "2", ".5", "3E"])("the quantity %s", (quantity) => {
    expect(readParameterValues(`cpu_limit_max: ["${quantity}"]\n`, known).faults).toEqual([]);
  });
});

describe("faults, each with its place", () => {
  test.each([
    ["allowedRegistrys: [a]\n", 1, 1, 'there is no parameter "allowedRegistrys"; did you mean allowedRegistries?'],
    ["most: 1\nzzzzzzzzzz: [a]\n", 2, 1, 'there is no parameter "zzzzzzzzzz"'],
    ["most: [1, 2]\n", 1, 7, "most takes exactly one whole number"],
    ["most: -1\n", 1, 7, "most takes exactly one whole number"],
    ["cpu_limit_max: [lots]\n", 1, 16, 'cpu_limit_max takes a quantity such as 500m or 256Mi, and this is "lots"'],
    ["cpu_limit_max: [1, 2]\n", 1, 16, "cpu_limit_max takes at most one quantity"],
    ["sensitiveValues: ['(']\n", 1, 18, `sensitiveValues takes regular expressions in RE2's syntax, and "(" is none`],
    ["allowedRegistries: ['']\n", 1, 20, "allowedRegistries has an empty text, which would match everything"],
    ["allowedRegistries:\n  a: b\n", 2, 3, "allowedRegistries takes a list of texts"],
    ["allowedRegistries:\n", 1, 19, "allowedRegistries takes a list of texts"],
    ["- a\n", 1, 1, "expected a mapping from names of parameters to lists of values"],
    ["most: 1\nmost: 2\n", 2, 1, '"most" stands here again'],
    ["", 1, 1, "the file is empty"],
    ["most: 1\n---\nmost: 2\n", 1, 1, "expected one document"],
  ])("%j", (text, line, column, message) => {
    expect(readParameterValues(text, known).faults).toEqual([{ line, column, message }]);
  });

  test("what is no YAML", () => {
    expect(readParameterValues("most: [1\n", known).faults).toHaveLength(1);
  });

  test("all of them, and what is right is read", () => {
    const { values, faults } = readParameterValues("most: x\nb: 1\nallowedRegistries: [a]\n", known);
    expect(values).toEqual({ allowedRegistries: ["a"] });
    expect(faults.map(({ line }) => line)).toEqual([1, 2]);
  });
});
