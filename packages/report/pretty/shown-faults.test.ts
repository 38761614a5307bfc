import type { Finding, Source } from "@holdfast/core";
import { expect, test } from "vitest";
import { nothingShown } from "./shown-faults.ts";

const PLACE: Source = {
  file: "deploy.yaml",
  line: 9,
  column: 3,
  endLine: 9,
  endColumn: 12,
  exact: true,
  excerpt: { line: 9, text: "  resources: {}" },
};

const FINDING: Finding = {
  control: "C-0001",
  rule: "no-cpu-limit",
  resource: 0,
  message: "container web has no cpu limit",
  related: [],
  paths: [],
  evidence: [],
  fixes: [{ kind: "choose", path: "resources.limits.cpu", question: "how much" }],
  source: PLACE,
  fingerprint: "1",
  severity: "high",
  status: "open",
};

function editAt(line: number): NonNullable<Finding["edit"]> {
  const replacement = { startLine: line, startColumn: 1, endLine: line, endColumn: 1, text: "hostPID: false\n" };
  return { file: "deploy.yaml", replacements: [replacement], diff: "" };
}

function shownUnder(shown: Finding, later: Finding): string | undefined {
  const page = nothingShown();
  page.add(shown);
  return page.controlThatShows(later);
}

const OTHER: Finding = { ...FINDING, control: "C-0002", rule: "limits", fingerprint: "2" };

test("another control that says the same of the same place names the first", () => {
  expect(shownUnder(FINDING, OTHER)).toBe("C-0001");
  expect(shownUnder(FINDING, { ...OTHER, message: "container web has no CPU limit" })).toBe("C-0001");
});

test("what one edit mends is one fault, whatever is said of it", () => {
  const later = { ...OTHER, message: "the node's processes can be seen" };
  expect(shownUnder({ ...FINDING, edit: editAt(7) }, { ...later, edit: editAt(7) })).toBe("C-0001");
  expect(shownUnder({ ...FINDING, edit: editAt(7) }, { ...later, edit: editAt(8) })).toBeUndefined();
});

test.each<[string, Partial<Finding>]>([
  ["another message", { message: "container web has no memory limit" }],
  ["another resource", { resource: 1 }],
  ["another participant", { related: [3] }],
  ["another line", { source: { ...PLACE, line: 10 } }],
])("%s is another fault", (_, change) => {
  expect(shownUnder(FINDING, { ...OTHER, ...change })).toBeUndefined();
});

test("findings of one control are never one another's: its count is that of what is shown", () => {
  expect(shownUnder(FINDING, { ...FINDING, fingerprint: "3" })).toBeUndefined();
});

test("the control that came first is named, and nothing before something is shown", () => {
  const page = nothingShown();
  expect(page.controlThatShows(FINDING)).toBeUndefined();
  page.add(FINDING);
  page.add(OTHER);
  expect(page.controlThatShows({ ...OTHER, control: "C-0003" })).toBe("C-0001");
});
