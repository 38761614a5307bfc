// The Rego engine as a package of its own: packed, installed into an empty folder, it runs the examples and has its types and documents.
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test, type TestContext } from "vitest";
import { needs } from "./needs.ts";
import { root, runCommand } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const EXAMPLES = path.join(root, "packages/rego/examples");

async function install(npm: string): Promise<string> {
  const built = scratchFolder();
  const target = scratchFolder();
  const make = await runCommand([process.execPath, path.join(root, "tools/build-engine.ts"), path.join(built, "engine")]);
  expect(make.code, make.stderr).toBe(0);
  const env = { npm_config_cache: scratchFolder(), npm_config_update_notifier: "false", npm_config_offline: "true" };
  const packed = await runCommand([npm, "pack", "--pack-destination", target], { cwd: path.join(built, "engine"), env });
  expect(packed.code, packed.stderr).toBe(0);
  const folder = scratchFolder({ "package.json": '{"name":"empty","private":true,"type":"module"}' });
  const [archive = ""] = readdirSync(target);
  const installed = await runCommand([npm, "install", "--offline", "--no-audit", "--no-fund", path.join(target, archive)], {
    cwd: folder,
    env,
  });
  expect(installed.code, installed.stderr).toBe(0);
  return folder;
}

let installing: Promise<string> | undefined;

function needsInstalled(context: TestContext): Promise<string> {
  const npm = needs(context, "npm");
  installing ??= install(npm);
  return installing;
}

test("it brings no other package and no install script", async (context) => {
  const folder = await needsInstalled(context);
  expect(readdirSync(path.join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["@holdfast"]);
  const manifest = JSON.parse(readFileSync(path.join(folder, "node_modules/@holdfast/rego/package.json"), "utf8")) as object;
  expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(["dependencies"]));
  expect(manifest).not.toHaveProperty("scripts");
}, 120_000);

test("the examples print there what they print here", async (context) => {
  const folder = await needsInstalled(context);
  for (const name of readdirSync(EXAMPLES).filter((file) => !file.endsWith(".test.ts"))) {
    cpSync(path.join(EXAMPLES, name), path.join(folder, name));
    const [, said = ""] = readFileSync(path.join(EXAMPLES, name), "utf8").split("// Prints:\n");
    const run = await runCommand([process.execPath, name], { cwd: folder });
    expect(run, name).toMatchObject({ code: 0, stdout: said.replaceAll(/^\/\/ ?/gmu, "") });
  }
}, 120_000);

test("the examples fit its types", async (context) => {
  const folder = await needsInstalled(context);
  const names = readdirSync(EXAMPLES).filter((file) => !file.endsWith(".test.ts"));
  for (const name of names) cpSync(path.join(EXAMPLES, name), path.join(folder, name));
  const options = [
    "--noEmit",
    "--strict",
    "--module",
    "nodenext",
    "--target",
    "es2024",
    "--lib",
    "es2024,esnext,dom",
    "--skipLibCheck",
    "--types",
    "",
  ];
  const checked = await runCommand([process.execPath, path.join(root, "node_modules/typescript/bin/tsc"), ...options, ...names], {
    cwd: folder,
  });
  expect(checked.stdout).toBe("");
  expect(checked.code).toBe(0);
}, 120_000);

test("the links of its documents lead to files that are there", async (context) => {
  const folder = path.join(await needsInstalled(context), "node_modules/@holdfast/rego");
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md"));
  expect(pages).toEqual(expect.arrayContaining(["README.md", path.join("docs", "sandbox.md")]));
  for (const page of pages) {
    const links = readFileSync(path.join(folder, page), "utf8").matchAll(/\]\((?<target>[^)#:]+)(?:#[^)]*)?\)/gu);
    for (const { groups } of links) {
      const target = path.join(folder, path.dirname(page), groups?.["target"] ?? "");
      expect(existsSync(target), `${page}: ${groups?.["target"] ?? ""}`).toBe(true);
    }
  }
}, 120_000);
