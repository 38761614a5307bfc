"use strict";
// Runs a program of this workspace on Node 24 or newer, whatever Node the machine has: `node tools/node24.cjs FILE [ARG …]`, or
// `bin:NAME` for a development tool from node_modules. Plain old JavaScript, since an old Node must be able to read it.
const { spawnSync } = require("node:child_process");
const path = require("node:path");
const { findNode } = require("../apps/cli/bin/find-node.cjs");

const root = path.join(__dirname, "..");
const [target, ...args] = process.argv.slice(2);

/** The file that `bin:NAME` means. */
function binFile(name) {
  const manifestFile = require.resolve(`${name}/package.json`, { paths: [root] });
  const { bin } = require(manifestFile);
  return path.join(path.dirname(manifestFile), typeof bin === "string" ? bin : bin[name]);
}

if (target === undefined) {
  console.error("usage: node tools/node24.cjs FILE [ARG …]");
  process.exit(2);
}
const file = target.startsWith("bin:") ? binFile(target.slice(4)) : path.resolve(root, target);
const node = findNode();
if (node === null) {
  console.error(
    `Holdfast needs Node 24 or newer to be built and tested; this is ${process.version}, and npm installed no Node for ${process.platform}-${process.arch} beside it.`,
  );
  process.exit(2);
}
const result = spawnSync(node, [file, ...args], { stdio: "inherit", cwd: target.startsWith("bin:") ? process.cwd() : root });
process.exit(result.status === null ? 1 : result.status);
