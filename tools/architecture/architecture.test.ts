import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../run-tool.ts";
import { architectureBreaches } from "./import-rules.ts";
import { readSourceFile } from "./source-file.ts";

/** The breaches in a workspace of these files, given by name and text. */
function breaches(files: Readonly<Record<string, string>>): readonly string[] {
  return architectureBreaches(Object.entries(files).map(([file, text]) => readSourceFile(file, text)));
}

test("the workspace keeps the architecture's rules", () => {
  // All that git would take: what is ignored is built or installed.
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" });
  const files = [...new Set(listed.split("\0"))].filter((file) => file.endsWith(".ts") && !file.includes("/cases/"));
  const sources = files.flatMap((file) => {
    try {
      return [readSourceFile(file, readFileSync(path.join(root, file), "utf8"))];
    } catch (error) {
      // A file that is deleted and not committed yet is still listed.
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    }
  });
  expect(sources.length).toBeGreaterThan(50);
  expect(architectureBreaches(sources)).toEqual([]);
});

test("what is published needs no other package", () => {
  const manifest = JSON.parse(readFileSync(path.join(root, "apps/cli/package.json"), "utf8")) as Record<string, unknown>;
  expect(manifest["dependencies"] ?? {}).toEqual({});
  expect(manifest["optionalDependencies"] ?? {}).toEqual({});
});

describe("packages", () => {
  test("a library imports only the packages it may", () => {
    expect(breaches({ "packages/judge/a.ts": `import type { Result } from "@holdfast/core";` })).toEqual([]);
    expect(breaches({ "packages/posture/a.ts": `import { compile } from "@holdfast/rego";` })).toEqual([]);
    expect(breaches({ "packages/judge/a.ts": `import type { Program } from "@holdfast/rego";` })).toHaveLength(1);
    expect(breaches({ "packages/core/a.ts": `export * from "@holdfast/judge";` })).toHaveLength(1);
    expect(breaches({ "packages/rego/a.ts": `type A = import("@holdfast/core").Result;` })).toHaveLength(1);
    expect(breaches({ "packages/rego/a.ts": `const a = await import("@holdfast/core");` })).toHaveLength(1);
  });

  test("a program may import any library, and nothing imports a program", () => {
    expect(breaches({ "apps/cli/main.ts": `import "@holdfast/core"; import "@holdfast/report";` })).toEqual([]);
    expect(breaches({ "packages/report/a.ts": `import "holdfast";` })).toHaveLength(1);
    expect(breaches({ "packages/report/a.ts": `import "../../apps/cli/main.ts";`, "apps/cli/main.ts": "" })).toHaveLength(1);
  });

  test("a package is entered by its front door", () => {
    expect(breaches({ "packages/posture/a.ts": `import "../core/resource.ts";` })).toHaveLength(1);
    expect(breaches({ "packages/posture/a.ts": `import "@holdfast/core/resource.ts";` })).toHaveLength(1);
    expect(breaches({ "packages/core/a.ts": `import "./index.ts";`, "packages/core/index.ts": "" })).toHaveLength(1);
    expect(breaches({ "packages/core/a.ts": `import "../../tools/run-tool.ts";` })).toHaveLength(1);
    expect(breaches({ "packages/core/a.test.ts": `import "../../tools/run-tool.ts";` })).toEqual([]);
  });

  test("a library that no rule knows is a breach", () => {
    expect(breaches({ "packages/novelty/a.ts": "" })).toHaveLength(1);
  });
});

describe("stages", () => {
  test("a stage imports lower stages, its own files and support folders", () => {
    expect(
      breaches({
        "packages/rego/2-resolve/a.ts": `import "../1-parse/ast.ts"; import "./b.ts"; import "../runtime/value.ts";`,
        "packages/rego/2-resolve/b.ts": "",
        "packages/rego/1-parse/ast.ts": "",
        "packages/rego/runtime/value.ts": "",
      }),
    ).toEqual([]);
  });

  test("a stage does not import a higher one, not even a type", () => {
    const found = breaches({
      "packages/rego/2-resolve/a.ts": `import type { A } from "../3-check/a.ts";`,
      "packages/rego/3-check/a.ts": "",
    });
    expect(found).toEqual(["packages/rego/2-resolve/a.ts: stage 2 imports stage 3: packages/rego/3-check/a.ts"]);
  });

  test("a consumer of the result is no support folder", () => {
    const found = breaches({
      "packages/rego/2-resolve/a.ts": `import "../editor/b.ts";`,
      "packages/rego/editor/b.ts": `import "./c.ts";`,
      "packages/rego/editor/c.ts": `import "../6-link/link.ts";`,
      "packages/rego/6-link/link.ts": "",
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain("packages/rego/editor/b.ts -> packages/rego/editor/c.ts -> packages/rego/6-link/link.ts");
  });

  test("pipelines inside a stage keep the same order", () => {
    expect(
      breaches({ "packages/posture/1-load/1-read/a.ts": `import "../2-parse/b.ts";`, "packages/posture/1-load/2-parse/b.ts": "" }),
    ).toHaveLength(1);
  });
});

describe("cycles", () => {
  test("two files that import each other, even only for types", () => {
    const found = breaches({ "apps/cli/a.ts": `import type { B } from "./b.ts";`, "apps/cli/b.ts": `import { a } from "./a.ts";` });
    expect(found).toEqual(["apps/cli/a.ts: imports itself through apps/cli/b.ts"]);
  });

  test("a longer way round, a file that imports itself, and none", () => {
    expect(
      breaches({ "bench/a.ts": `import "./b.ts";`, "bench/b.ts": `export * from "./c.ts";`, "bench/c.ts": `import "./a.ts";` }),
    ).toHaveLength(1);
    expect(breaches({ "bench/a.ts": `import "./a.ts";` })).toHaveLength(1);
    expect(breaches({ "bench/a.ts": `import "./b.ts"; import "./c.ts";`, "bench/b.ts": `import "./c.ts";`, "bench/c.ts": "" })).toEqual([]);
  });
});

describe("names", () => {
  test.each(["packages/core/utils.ts", "packages/core/types.ts", "packages/core/helpers/a.ts", "apps/cli/common.test.ts", "tools/misc.ts"])(
    "%s",
    (file) => {
      expect(breaches({ [file]: "" })).toHaveLength(1);
    },
  );

  test("kebab-case, and no barrels", () => {
    expect(breaches({ "packages/core/objectPath.ts": "" })).toHaveLength(1);
    expect(breaches({ "packages/core/1-a/index.ts": "" })).toHaveLength(1);
    expect(breaches({ "packages/core/index.ts": "", "packages/core/object-path.test.ts": "", "vitest.config.ts": "" })).toEqual([]);
  });
});

describe("libraries and the machine", () => {
  test.each([
    `const a = process.env["HOME"];`,
    `console.log(1);`,
    `const a = Date.now();`,
    `const a = new Date();`,
    `const a = Date();`,
    `const a = Math.random();`,
    `const a = performance.now();`,
    `const a = globalThis.process;`,
    `await fetch("x");`,
    `const log = { console };`,
    `import { readFile } from "node:fs/promises";`,
    `import http from "node:http";`,
    `import { spawn } from "node:child_process";`,
    `import { setTimeout } from "node:timers/promises";`,
    `import { setTimeout as wait } from "node:timers/promises";`,
  ])("%s", (text) => {
    expect(breaches({ "packages/core/a.ts": text })).toHaveLength(1);
    expect(breaches({ "apps/cli/a.ts": text })).toEqual([]);
    expect(breaches({ "packages/core/a.test.ts": text })).toEqual([]);
  });

  test("a folder for it may use what it is for, and is entered from outside only", () => {
    const file = "packages/rego/network/a.ts";
    expect(breaches({ [file]: `import http from "node:http"; const a = Date.now();` })).toEqual([]);
    expect(breaches({ "packages/rego/6-link/b.ts": `import "../network/a.ts";`, [file]: "" })).toHaveLength(1);
    expect(breaches({ "apps/cli/a.ts": `import "@holdfast/rego/network";` })).toEqual([]);
    expect(breaches({ "packages/posture/a.ts": `import "@holdfast/rego/6-link";` })).toHaveLength(1);
  });

  test("an example prints, and imports its own package as others would, but no other", () => {
    expect(breaches({ "packages/rego/examples/a.ts": `import "@holdfast/rego";\nconsole.log(1);` })).toEqual([]);
    expect(breaches({ "packages/rego/examples/a.ts": `import "@holdfast/posture";` })).toHaveLength(1);
  });

  test("what only looks like it", () => {
    const text = `
      interface Tool { readonly process: string; console(): void }
      export function run(tool: Tool, process: { env: string }): string { return tool.process + process.env + new Date(0).toISOString() + Math.max(1, 2); }
      export const names = { console: 1, performance: 2 };
      import { createHash } from "node:crypto";
      import { setImmediate } from "node:timers/promises";
    `;
    expect(breaches({ "packages/core/a.ts": text })).toEqual([]);
  });
});
