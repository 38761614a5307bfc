// The commands beside scan: report, explain, list, version and help.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { SOUND_APPLICATION, privilegedPod } from "./manifests.ts";
import { root, runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly frameworks?: readonly string[];
  readonly controls?: readonly string[];
}

async function listOf(what: string): Promise<readonly Listed[]> {
  const { stdout, code } = await runHoldfast(["list", what, "--format", "json"]);
  expect(code).toBe(0);
  return JSON.parse(stdout) as readonly Listed[];
}

describe("report", () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = scratchFolder({ "in/pods.yaml": privilegedPod("pod"), "in/broken.yaml": "kind: [\n", "in/web.yaml": SOUND_APPLICATION });
    await runHoldfast(["scan", "in", "--format", "json", "--output", "result.json"], { cwd });
  });

  test.each(["json", "sarif", "pretty"])("%s from a stored result is what the scan writes", async (format) => {
    const [scanned, reported] = await Promise.all([
      runHoldfast(["scan", "in", "--format", format], { cwd }),
      runHoldfast(["report", "result.json", "--format", format], { cwd }),
    ]);
    expect(reported).toEqual(scanned);
    expect(reported.stdout.length).toBeGreaterThan(500);
  });

  test("it needs neither the input nor the library's choice any more, and reads standard input", async () => {
    const elsewhere = scratchFolder({ "result.json": readFileSync(path.join(cwd, "result.json")) });
    const [scanned, reported, piped] = await Promise.all([
      runHoldfast(["scan", "in", "--format", "sarif"], { cwd }),
      runHoldfast(["report", "result.json", "--format", "sarif"], { cwd: elsewhere }),
      runHoldfast(["report", "-", "--format", "sarif"], { cwd: elsewhere, stdin: readFileSync(path.join(cwd, "result.json")) }),
    ]);
    expect(reported.stdout).toBe(scanned.stdout);
    expect(piped.stdout).toBe(scanned.stdout);
  });

  test("several formats go to files of a stem", async () => {
    const run = await runHoldfast(["report", "result.json", "--format", "json,sarif", "--output", "again"], { cwd });
    expect(run.code).toBe(0);
    expect(readFileSync(path.join(cwd, "again.json"), "utf8")).toBe(readFileSync(path.join(cwd, "result.json"), "utf8"));
  });

  test("it ends as the scan ended by its gates and data", async () => {
    for (const [expected, ...args] of [
      [1, "in", "--severity-threshold", "high"],
      [3, "in", "--coverage-threshold", "100"],
      [3, "in/broken.yaml"],
    ] as const) {
      const scanned = await runHoldfast(["scan", ...args, "--format", "json", "--output", "gated.json"], { cwd });
      expect(scanned.code).toBe(expected);
      const reported = await runHoldfast(["report", "gated.json", "--format", "json"], { cwd });
      expect({ code: reported.code, stderr: reported.stderr }).toEqual({ code: scanned.code, stderr: scanned.stderr });
    }
  });

  test("what is no result is exit code 2 and says why", async () => {
    const good = readFileSync(path.join(cwd, "result.json"), "utf8");
    writeFileSync(path.join(cwd, "cut.json"), good.slice(0, good.length / 2));
    writeFileSync(path.join(cwd, "other.json"), '{"schema":"holdfast.result/v9"}');
    writeFileSync(path.join(cwd, "hole.json"), good.replace('"summary"', '"sumary"'));
    for (const file of ["cut.json", "other.json", "hole.json", "missing.json", "in"]) {
      const run = await runHoldfast(["report", file], { cwd });
      expect(run, file).toMatchObject({ code: 2, stdout: "" });
      expect(run.stderr, file).toContain(file);
      expect(run.stderr, file).not.toMatch(/^\s+at /mu);
    }
  });
});

describe("list", () => {
  test("controls, frameworks and formats, for people and as JSON", async () => {
    const [controls, frameworks, formats] = await Promise.all(["controls", "frameworks", "formats"].map(listOf));
    expect(controls?.length).toBeGreaterThanOrEqual(26);
    expect(controls?.find(({ id }) => id === "C-0057")).toMatchObject({
      name: "Privileged container",
      frameworks: expect.arrayContaining(["nsa"]) as unknown,
    });
    expect(frameworks?.find(({ id }) => id === "nsa")?.controls).toHaveLength(26);
    expect(formats?.map(({ id }) => id)).toEqual(expect.arrayContaining(["pretty", "json", "sarif"]));
    for (const [what, list] of [
      ["controls", controls],
      ["frameworks", frameworks],
      ["formats", formats],
    ] as const) {
      const { stdout } = await runHoldfast(["list", what]);
      expect(stdout.trimEnd().split("\n"), what).toHaveLength(list?.length ?? 0);
      for (const { id } of list ?? []) expect(stdout).toContain(id);
    }
  });
});

describe("explain", () => {
  test("by id in any case, and by name", async () => {
    const [id, lower, name] = await Promise.all([
      runHoldfast(["explain", "C-0057"]),
      runHoldfast(["explain", "c-0057"]),
      runHoldfast(["explain", "Privileged container"]),
    ]);
    expect(id.code).toBe(0);
    expect(id.stdout).toContain("Privileged container");
    expect(lower.stdout).toBe(id.stdout);
    expect(name.stdout).toBe(id.stdout);
  });

  test("the name of a framework is told to be one", async () => {
    const { code, stderr, stdout } = await runHoldfast(["explain", "NSA"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("nsa is a framework, not a control\n`holdfast scan framework nsa PATH`");
  });

  test("it keeps to the width of the terminal, but for what stands in a code block", async () => {
    const { stdout } = await runHoldfast(["explain", "C-0057"], { env: { COLUMNS: "60" } });
    expect(stdout.split("\n").filter((line) => line.length > 60 && line.includes(" "))).toEqual([]);
  });
});

describe("version and help", () => {
  test("version names the program and the Node that it runs on", async () => {
    const manifest = JSON.parse(readFileSync(path.join(root, "apps/cli/package.json"), "utf8")) as { readonly version: string };
    const run = await runHoldfast(["version"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain(manifest.version);
    expect(run.stdout).toContain(process.version);
    expect((await runHoldfast(["--version"])).stdout).toContain(manifest.version);
  });

  test("help shows every command, and scan's help its options and examples", async () => {
    const [all, scan] = await Promise.all([runHoldfast(["--help"]), runHoldfast(["scan", "--help"])]);
    expect(all.code).toBe(0);
    for (const command of ["scan", "report", "explain", "list", "version"])
      expect(all.stdout).toMatch(new RegExp(`^\\s+${command}\\b`, "mu"));
    expect(scan.code).toBe(0);
    const options = ["framework", "control", "exclude-control", "format", "output", "verbose", "quiet", "no-color"];
    for (const option of [...options, "compliance-threshold", "severity-threshold", "coverage-threshold"]) {
      expect(scan.stdout).toContain(`--${option}`);
    }
    expect(scan.stdout).toMatch(/examples?:\n\s+holdfast scan /iu);
  });

  test("without a command it says what there is, and that is wrong usage", async () => {
    const run = await runHoldfast([]);
    expect(run.code).toBe(2);
    expect(run.stderr + run.stdout).toContain("scan");
  });
});
