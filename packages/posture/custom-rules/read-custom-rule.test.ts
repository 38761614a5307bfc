import { expect, test } from "vitest";
import type { LibraryFault } from "../library/library-fault.ts";
import { readCustomRule } from "./read-custom-rule.ts";

const metadata = (...lines: readonly string[]): string =>
  ["# METADATA", ...lines.map((line) => `# ${line}`), "package armo_builtins", ""].join("\n");

test("metadata names the control, its severity and its kinds", () => {
  const faults: LibraryFault[] = [];
  const text = metadata(
    "title: Owned",
    "description: Who owns it.",
    "custom:",
    "  id: ORG-1",
    "  severity: low",
    "  kinds: [Pod, apps/Deployment, '*/Job']",
  );
  const { control, description } = readCustomRule({ path: "rules/a.rego", text }, faults);
  expect(faults).toEqual([]);
  expect(control).toMatchObject({ id: "ORG-1", name: "Owned", severity: "low", score: null, help: { description: "Who owns it." } });
  expect(control.rules).toEqual([description.name]);
  expect(description.kinds).toEqual([
    { group: "*", kind: "Pod" },
    { group: "apps", kind: "Deployment" },
    { group: "*", kind: "Job" },
  ]);
});

test.each([
  ["v1", "package armo_builtins\n\nimport rego.v1\n\ndeny contains 1 if true\n"],
  ["v0", "package armo_builtins\n\ndeny[1] { true }\n"],
  ["no Rego at all", "}{"],
])("without metadata (%s) the file names it, and every object is judged", (_, text) => {
  const faults: LibraryFault[] = [];
  const { control, description } = readCustomRule({ path: "rules/has-owner.rego", text }, faults);
  expect(faults).toEqual([]);
  expect(control).toMatchObject({ id: "has-owner", name: "has-owner", severity: "unknown" });
  expect(description.kinds).toEqual([{ group: "*", kind: "*" }]);
});

test.each([
  ["severity: terrible", "severity: expected one of"],
  ["kinds: Pod", "kinds: expected a list"],
  ["id: 5", "id: expected a text"],
])("what can't be understood is a fault: %s", (line, message) => {
  const faults: LibraryFault[] = [];
  readCustomRule({ path: "a.rego", text: metadata("custom:", `  ${line}`) }, faults);
  expect(faults).toMatchObject([{ file: "a.rego", message: expect.stringContaining(message) as string }]);
});

test("metadata of Rego v0 is read as well", () => {
  const text = `${metadata("custom: {id: OLD}")}\ndeny[1] { true }\n`;
  expect(readCustomRule({ path: "a.rego", text }, []).control.id).toBe("OLD");
});
