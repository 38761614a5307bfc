import fc from "fast-check";
import { expect, test } from "vitest";
import { aliasBudget, compose } from "./compose.ts";
import { findNode, keyMatches, PathFinder } from "./find-node.ts";
import type { NodeTable } from "./node-table.ts";

function nodesOf(text: string): NodeTable {
  const [document] = compose(text, 0, text.length, aliasBudget());
  if (document === undefined) throw new Error("there is no document");
  return document.nodes;
}

const TEXT = `
base: &base {cpu: 1, list: [a, {b: c}]}
spec:
  name: web
  true: 1
  containers:
    - name: one
      limits: *base
    - <<: *base
      name: two
`;

test("a finder of paths finds what is found without it, whatever it was asked before", () => {
  const nodes = nodesOf(TEXT);
  const step = fc.constantFrom<string | number>(
    "base",
    "spec",
    "containers",
    0,
    1,
    "0",
    "limits",
    "list",
    "cpu",
    "b",
    "name",
    "true",
    "none",
  );
  fc.assert(
    fc.property(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 10 }), (paths) => {
      const finder = new PathFinder(nodes, 0);
      for (const path of paths) expect(finder.find(path)).toEqual(findNode(nodes, 0, path));
    }),
  );
});

test.each([
  ["name", "name", true],
  ["name", "names", false],
  ["names", "name", false],
  // Words that mean a boolean are keys by what they mean.
  ["yes", "true", true],
  ["yes", "yes", false],
  ["n", "false", true],
  ["n", "n", false],
  ["'yes'", "yes", true],
  ["!!str yes", "yes", true],
])("the key %s is %s: %s", (key, name, expected) => {
  expect(keyMatches(nodesOf(`${key}: 1`), 1, name)).toBe(expected);
});
