// A start reads no more of the program than it uses.
import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
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

test("Rego is evaluated without what scans need", async () => {
  const text = (await loaded(["rego", "eval", "1 + 1"])).join("\n");
  expect(text).toContain("// packages/rego/6-link/compile.ts\n");
  const others = ["packages/posture/3-evaluate/evaluate.ts", "packages/judge/fingerprint.ts", "packages/report/formats/json.ts"];
  expect(others.filter((module) => text.includes(`// ${module}\n`))).toEqual([]);
});

test("the version is told without the parser of commands", async () => {
  const [version, list] = await Promise.all([loaded(["version"]), loaded(["list", "frameworks"])]);
  expect(version.join("\n")).not.toContain("commander");
  expect(list.join("\n")).toContain("commander");
});

test.skipIf(process.platform === "win32")(
  "what V8 made of the program's code is kept between runs, by command, and grows with new kinds of runs",
  async () => {
    const temporary = scratchFolder();
    const kept = path.join(temporary, `holdfast-compiled-${process.getuid?.()}`);
    const scan = async (...options: readonly string[]): Promise<{ readonly size: number; readonly time: number }> => {
      const run = await runHoldfast(["scan", "examples/shop", "--framework", "nsa", ...options], { env: { TMPDIR: temporary } });
      expect([run.code, run.stderr]).toEqual([0, ""]);
      const name = readdirSync(kept).find((each) => each.startsWith("scan-")) ?? "";
      const { size, mtimeMs } = statSync(path.join(kept, name));
      return { size, time: mtimeMs };
    };
    const help = await scan("--help");
    const whole = await scan("--format", "json", "--output", output());
    expect(whole.size).toBeGreaterThan(help.size + 100_000);
    // V8 took all of it, though a scan changes its flags: nothing was written anew.
    expect(await scan("--format", "json", "--output", output())).toEqual(whole);
    const other = await scan("--format", "sarif", "--output", output(), "--quiet");
    expect(other.size).toBeGreaterThan(whole.size);
    expect(await scan("--format", "json", "--output", output())).toEqual(other);

    const [name = ""] = readdirSync(kept);
    writeFileSync(path.join(kept, name), readFileSync(path.join(kept, name)).subarray(0, 200_000));
    const again = await scan("--format", "json", "--output", output());
    expect(again.size).toBeGreaterThan(200_000);
  },
);

test.skipIf(process.platform === "win32")("no code is taken from a folder that others may write", async () => {
  const temporary = scratchFolder();
  const kept = path.join(temporary, `holdfast-compiled-${process.getuid?.()}`);
  mkdirSync(kept);
  chmodSync(kept, 0o777);
  const run = await runHoldfast(["list", "frameworks"], { env: { TMPDIR: temporary } });
  expect([run.code, readdirSync(kept)]).toEqual([0, []]);
});
