import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

/** The root folder of the workspace. */
export const root: string = path.join(import.meta.dirname, "..");

const require = createRequire(import.meta.url);

/** The file of a development tool's command line program, from its package in node_modules. */
function toolFile(name: string, packageName: string): string {
  const manifestFile = path.join(root, "node_modules", packageName, "package.json");
  const manifest = require(manifestFile) as { bin: string | Record<string, string> };
  const bin = typeof manifest.bin === "string" ? manifest.bin : manifest.bin[name];
  if (bin === undefined) throw new Error(`the package ${packageName} has no command ${name}`);
  return path.join(path.dirname(manifestFile), bin);
}

/** Runs a development tool of node_modules on this Node, in the workspace's root, with this process's terminal. Returns its exit code. */
export function runTool(name: string, args: readonly string[], packageName: string = name): number {
  const result = spawnSync(process.execPath, [toolFile(name, packageName), ...args], { cwd: root, stdio: "inherit" });
  return result.status ?? 1;
}
