// The published package, installed into an empty folder, works as the workspace does.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test, type TestContext } from "vitest";
import { privilegedPod } from "./manifests.ts";
import { needs, needsOldNode } from "./needs.ts";
import { difference, machinePath, program, runCommand, runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

let files: readonly string[];
let folder: string;

/** Packs and installs once; nothing is asked of the network, since the cache is empty and npm is told that it is offline. */
async function install(npm: string): Promise<void> {
  const target = scratchFolder();
  const env = { npm_config_cache: scratchFolder(), npm_config_update_notifier: "false", npm_config_offline: "true" };
  // The build has run; the scripts of the package would run it again beneath the other tests.
  const packed = await runCommand([npm, "pack", "--json", "--ignore-scripts", "--pack-destination", target], {
    cwd: path.join(path.dirname(program), ".."),
    env,
  });
  expect(packed.code, packed.stderr).toBe(0);
  const answer = JSON.parse(packed.stdout) as readonly Packed[] | Readonly<Record<string, Packed>>;
  const [one] = Object.values(answer);
  if (one === undefined) throw new Error("npm packed nothing");
  files = one.files.map(({ path: file }) => file);
  folder = scratchFolder({ "package.json": '{"name":"empty","private":true}' });
  const installed = await runCommand([npm, "install", "--offline", "--no-audit", "--no-fund", path.join(target, one.filename)], {
    cwd: folder,
    env,
  });
  expect(installed.code, installed.stderr).toBe(0);
}

let ready: Promise<void> | undefined;

async function needsInstalled(context: TestContext): Promise<string> {
  const npm = needs(context, "npm");
  ready ??= install(npm);
  await ready;
  return path.join(folder, "node_modules/.bin/holdfast");
}

/** PATH with this process's Node in front, as on a machine that has it. */
function newPath(): string {
  return `${path.dirname(process.execPath)}${path.delimiter}${machinePath()}`;
}

describe("the package", () => {
  beforeAll(() => {
    ready = undefined;
  });

  test("it holds the program, the library, the licences and nothing else", async (context) => {
    await needsInstalled(context);
    expect(files).toEqual(
      expect.arrayContaining(["package.json", "LICENSE", "README.md", "bin/holdfast.cjs", "bin/find-node.cjs", "dist/holdfast.cjs"]),
    );
    expect(files.filter((file) => !/^(?:bin|dist)\/|^(?:package\.json|LICENSE|README\.md)$/u.test(file))).toEqual([]);
    expect(files.filter((file) => /\.(?:ts|node|map|test\..*)$|\.rego$/u.test(file))).toEqual([]);
    expect(files.some((file) => file.includes("THIRD-PARTY"))).toBe(true);
  }, 60_000);

  test("it brings no other package, no install script and no native add-on", async (context) => {
    await needsInstalled(context);
    expect(readdirSync(path.join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["holdfast"]);
    const manifest = JSON.parse(readFileSync(path.join(folder, "node_modules/holdfast/package.json"), "utf8")) as Record<string, unknown>;
    expect(manifest["dependencies"] ?? {}).toEqual({});
    expect(manifest["optionalDependencies"] ?? {}).toEqual({});
    const scripts = Object.keys(manifest["scripts"] ?? {});
    expect(scripts.filter((name) => /^(?:pre|post)?install$/u.test(name))).toEqual([]);
  }, 60_000);

  test("the installed command gives the bytes that the workspace's gives, for every command", async (context) => {
    const command = await needsInstalled(context);
    const env = { PATH: newPath() };
    const cwd = scratchFolder({ "pod.yaml": privilegedPod("pod") });
    for (const args of [
      ["scan", ".", "--format", "json"],
      ["scan", ".", "--verbose"],
      ["scan", "framework", "nsa", ".", "--format", "sarif", "--severity-threshold", "high"],
      ["explain", "C-0057"],
      ["list", "controls"],
      ["version"],
      ["scan"],
    ]) {
      const [there, here] = await Promise.all([runCommand([command, ...args], { cwd, env }), runHoldfast(args, { cwd })]);
      expect(difference(there, here), args.join(" ")).toBeNull();
    }
  }, 60_000);

  test("npx finds it", async (context) => {
    await needsInstalled(context);
    const npx = needs(context, "npx");
    const run = await runCommand([npx, "--offline", "--no", "holdfast", "list", "frameworks"], {
      cwd: folder,
      env: { PATH: newPath(), npm_config_update_notifier: "false" },
    });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain("nsa");
  }, 60_000);

  test("on an older Node it refuses in one clear line", async (context) => {
    const command = await needsInstalled(context);
    const node = needsOldNode(context);
    const run = await runCommand([command, "version"], { env: { PATH: `${path.dirname(node)}:/usr/bin:/bin` } });
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(/^holdfast needs Node 24[^\n]*\n$/u);
  }, 60_000);
});
