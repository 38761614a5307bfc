import { expect, test } from "vitest";
import type { LibraryFault } from "../library/library-fault.ts";
import { readCustomRule } from "./read-custom-rule.ts";

const text = "package armo_builtins\n\nimport rego.v1\n\ndeny contains 1 if true\n";

test("metadata names the control, its severity and its kinds", () => {
  const faults: LibraryFault[] = [];
  const metadata = {
    scope: "package",
    title: "Owned",
    description: "Who owns it.",
    custom: { id: "ORG-1", severity: "low", kinds: ["Pod", "apps/Deployment", "*/Job"] },
  };
  const {
    control,
    rule: { description },
  } = readCustomRule({ path: "rules/a.rego", text }, metadata, faults);
  expect(faults).toEqual([]);
  expect(control).toMatchObject({ id: "ORG-1", name: "Owned", severity: "low", score: null, help: { description: "Who owns it." } });
  expect(control.rules).toEqual([description.name]);
  expect(description.kinds).toEqual([
    { group: "*", kind: "Pod" },
    { group: "apps", kind: "Deployment" },
    { group: "*", kind: "Job" },
  ]);
});

test("without metadata the file names it, and every object is judged", () => {
  const faults: LibraryFault[] = [];
  const {
    control,
    rule: { description },
  } = readCustomRule({ path: "rules/has-owner.rego", text }, null, faults);
  expect(faults).toEqual([]);
  expect(control).toMatchObject({ id: "has-owner", name: "has-owner", severity: "unknown" });
  expect(description.kinds).toEqual([{ group: "*", kind: "*" }]);
});

test.each<[string, unknown, string]>([
  ["a severity that there is not", { custom: { severity: "terrible" } }, "severity: expected one of"],
  ["kinds that are no list", { custom: { kinds: "Pod" } }, "kinds: expected a list"],
  ["an id that is no text", { custom: { id: 5 } }, "id: expected a text"],
  ["no mapping", "text", "expected a mapping"],
])("what can't be understood is a fault: %s", (_, metadata, message) => {
  const faults: LibraryFault[] = [];
  readCustomRule({ path: "a.rego", text }, metadata, faults);
  expect(faults).toMatchObject([{ file: "a.rego", message: expect.stringContaining(message) as string }]);
});
