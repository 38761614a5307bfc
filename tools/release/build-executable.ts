import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { root } from "../run-tool.ts";

/** What marks the place in Node's binary where a program is put: https://nodejs.org/api/single-executable-applications.html */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

const program = path.join(root, "apps/cli");

/** The files of the program as a published package has them, by their names in it. */
function programFiles(): readonly string[] {
  const dist = readdirSync(path.join(program, "dist"), { recursive: true, withFileTypes: true });
  const files = dist.filter((entry) => entry.isFile()).map((entry) => path.relative(program, path.join(entry.parentPath, entry.name)));
  return ["LICENSE", "package.json", ...files].toSorted((a, b) => (a < b ? -1 : 1));
}

/** The blob that a Node of the same version finds in itself: what runs first, and the program's files. */
export function executableBlob(node: string, folder: string, version: string): string {
  const files = programFiles();
  const hash = createHash("sha256");
  for (const name of files) hash.update(name).update(readFileSync(path.join(program, name)));
  const manifest = path.join(folder, "holdfast.json");
  writeFileSync(manifest, JSON.stringify({ name: `${version}-${hash.digest("hex").slice(0, 16)}`, files }));
  const blob = path.join(folder, "holdfast.blob");
  const configuration = path.join(folder, "sea.json");
  const assets = Object.fromEntries(files.map((name) => [name, path.join(program, name)]));
  writeFileSync(
    configuration,
    JSON.stringify({
      main: path.join(import.meta.dirname, "executable-main.cjs"),
      output: blob,
      disableExperimentalSEAWarning: true,
      assets: { ...assets, "holdfast.json": manifest },
    }),
  );
  execFileSync(node, ["--experimental-sea-config", configuration], { stdio: "pipe" });
  for (const file of [manifest, configuration]) rmSync(file);
  return blob;
}

/** Puts the blob into a copy of Node. postject complains of sections that stripped binaries lack; what it says is shown only where it fails. */
export function writeExecutable(node: string, blob: string, target: string): void {
  mkdirSync(path.dirname(target), { recursive: true });
  copyFileSync(node, target);
  chmodSync(target, 0o755);
  const postject = path.join(path.dirname(createRequire(import.meta.url).resolve("postject/package.json")), "dist/cli.js");
  execFileSync(process.execPath, [postject, target, "NODE_SEA_BLOB", blob, "--sentinel-fuse", FUSE], { stdio: "pipe" });
}
