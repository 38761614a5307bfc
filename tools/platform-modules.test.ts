import { runInThisContext } from "node:vm";
import { expect, test } from "vitest";
import { platformModules } from "./platform-modules.ts";

/** Rewrites a chunk and runs it: `names` are what it declares. */
function run(code: string, names: string): unknown {
  const render = platformModules.renderChunk as unknown as (code: string) => string;
  return runInThisContext(`(() => { ${render(code)}\nreturn [${names}]; })()`);
}

test.each([
  ['import path from "node:path";', "path.posix.join('a', 'b')", ["a/b"]],
  ['import * as path from "node:path";', "path.posix.join('a', 'b')", ["a/b"]],
  ['import { posix as p, win32 } from "node:path";', "p.sep, win32.sep", ["/", "\\"]],
  ['import path, { posix } from "node:path";', "path.posix === posix", [true]],
])("%s gives what it names", (code, names, values) => {
  expect(run(code, names)).toEqual(values);
});

test("a chunk may import the process by its name, before other modules or behind them", () => {
  const imports = ['import path from "node:path";', 'import process from "node:process";'];
  for (const lines of [imports, imports.toReversed()])
    expect(run(lines.join("\n"), "path.posix.sep, typeof process.version")).toEqual(["/", "string"]);
});

test("imports of our own chunks stay as they are", () => {
  const render = platformModules.renderChunk as unknown as (code: string) => string;
  expect(render('import { t } from "./chunk.js";')).toBe('import { t } from "./chunk.js";');
});
