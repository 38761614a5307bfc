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

/** Runs a file on this Node with this process's terminal, in the workspace's root. Returns its exit code. */
export function runNode(args: readonly string[]): number {
  return spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
}

/** Runs a development tool of node_modules on this Node, as `runNode` does. Returns its exit code. */
export function runTool(name: string, args: readonly string[], packageName: string = name): number {
  return runNode([toolFile(name, packageName), ...args]);
}
