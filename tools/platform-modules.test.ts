import { createRequire } from "node:module";
import { runInThisContext } from "node:vm";
import { expect, test } from "vitest";
import { platformModules } from "./platform-modules.ts";

const render = platformModules.renderChunk as unknown as (code: string) => string;

/** Rewrites a chunk and runs it: gives what the expression says then. */
function run(code: string, expression: string): unknown {
  const body = `(require, __toESM) => { ${code}\nreturn [${expression}]; }`;
  const chunk = runInThisContext(`(${body})`) as (require: NodeJS.Require, copy: () => never) => unknown;
  return chunk(createRequire(import.meta.url), () => {
    throw new Error("a module was copied");
  });
}

test("a module of Node's is reached by its names and as the default, and is no copy", () => {
  const code = render('let node_path = require("node:path");\nnode_path = __toESM(node_path, 1);');
  expect(run(code, "node_path.default === require('node:path'), node_path.join('a', 'b'), node_path.default.sep")).toEqual([
    true,
    "a/b",
    "/",
  ]);
});

test("what is no module of Node's stays as it is", () => {
  const code = 'let other = require("./chunk.cjs");\nother = __toESM(other, 1);';
  expect(render(code)).toBe(code);
});
