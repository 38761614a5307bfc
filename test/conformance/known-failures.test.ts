import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { failedCases, knownFailureDrift, knownFailures, withoutMended } from "./known-failures.ts";

const LIST = "# cases\narrays#1  it needs a network\nsets#10\n";

test("the names of cases come from the judge's file", () => {
  expect(failedCases('{"file": "sets.json", "index": 10, "why": "x"}\n\n{"file":"arrays.json","index":1}\n')).toEqual([
    "sets#10",
    "arrays#1",
  ]);
});

test("exactly the listed cases may fail", () => {
  expect(knownFailureDrift(["sets#10", "arrays#1"], LIST)).toEqual({ unlisted: [], mended: [] });
  expect(knownFailureDrift(["sets#10", "arrays#1", "sets#1"], LIST)).toEqual({ unlisted: ["sets#1"], mended: [] });
  expect(knownFailureDrift(["sets#10"], LIST)).toEqual({ unlisted: [], mended: ["arrays#1"] });
});

test("the list only gets shorter", () => {
  expect(withoutMended(LIST, knownFailureDrift(["sets#10", "new#1"], LIST))).toBe("# cases\nsets#10\n");
});

test("each case that is listed says why it fails", () => {
  const folder = path.join(import.meta.dirname, "known-failures");
  const lists = readdirSync(folder).map((file) => knownFailures(readFileSync(path.join(folder, file), "utf8")));
  expect(lists.length).toBeGreaterThan(0);
  expect(lists.flat().filter(({ name, reason }) => !/^[\w-]+#\d+$/u.test(name) || reason.length < 10)).toEqual([]);
});
