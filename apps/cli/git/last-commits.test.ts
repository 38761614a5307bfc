import { expect, test } from "vitest";
import { parseBlame } from "./last-commits.ts";

const A = "a".repeat(40);
const B = "b".repeat(40);

test("each line has its commit, details stand with a commit's first line only, and lines that are not committed have none", () => {
  const text = [
    `${A} 1 1 2`,
    "author Ada <not an address>",
    "author-mail <ada@example.com>",
    "author-time 1767225600",
    "author-tz +0200",
    "summary First: the shop",
    "filename a.yaml",
    "\tapiVersion: v1",
    `${A} 2 2`,
    "\tauthor not a header, but a line of the file",
    `${B} 7 3 1`,
    "author Bo",
    "author-time 1767225660",
    "summary Second",
    "filename a.yaml",
    "\t",
    `${"0".repeat(40)} 4 4 1`,
    "author Not Committed Yet",
    "author-time 1767225999",
    "summary Version of a.yaml from a.yaml",
    "\tnew: line",
    "",
  ].join("\n");
  const first = { hash: A, author: "Ada <not an address>", date: "2026-01-01T00:00:00Z", summary: "First: the shop" };
  expect([...parseBlame(text)]).toEqual([
    [1, first],
    [2, first],
    [3, { hash: B, author: "Bo", date: "2026-01-01T00:01:00Z", summary: "Second" }],
  ]);
});
