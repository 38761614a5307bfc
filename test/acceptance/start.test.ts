// A start reads no more of the program than it uses.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { program, runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const dist = path.join(path.dirname(program), "../dist");

/** The texts of the files of the program that a run loads. */
async function loaded(args: readonly string[]): Promise<readonly string[]> {
  const list = path.join(scratchFolder(), "loaded.json");
  const preload = path.join(import.meta.dirname, "list-loaded.cjs");
  const run = await runHoldfast(args, { env: { NODE_OPTIONS: `--require=${preload}`, LOADED_LIST: list } });
  expect(run.code, run.stderr).toBe(0);
  const files = JSON.parse(readFileSync(list, "utf8")) as readonly string[];
  return files.filter((file) => file.startsWith(`${dist}${path.sep}`)).map((file) => readFileSync(file, "utf8"));
}

const output = (): string => path.join(scratchFolder(), "result.json");

test("a scan of manifests loads few files, and neither the compiler of Rego nor what reads clusters, charts or policies", async () => {
  const files = await loaded(["scan", "examples/shop", "--framework", "nsa", "--format", "json", "--output", output()]);
  expect(files.length).toBeLessThan(10);
  const text = files.join("\n");
  // What the bundler writes above the code of each of our modules.
  expect(text).toContain("// packages/posture/3-evaluate/evaluate.ts");
  const others = [
    "packages/rego/6-link/compile.ts",
    "packages/rego/1-parse/parse-module.ts",
    "packages/rego/builtins/jwt.ts",
    "packages/posture/1-load/cluster/load-cluster.ts",
    "packages/posture/1-load/helm/load-chart.ts",
    "packages/posture/library/read-library.ts",
    "packages/report/formats/sarif.ts",
    "apps/cli/cluster/open-cluster.ts",
  ];
  expect(others.filter((module) => text.includes(`// ${module}\n`))).toEqual([]);
});

test("the version is told without the parser of commands", async () => {
  const [version, list] = await Promise.all([loaded(["version"]), loaded(["list", "frameworks"])]);
  expect(version.join("\n")).not.toContain("commander");
  expect(list.join("\n")).toContain("commander");
});
