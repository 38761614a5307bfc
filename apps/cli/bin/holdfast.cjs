#!/usr/bin/env node
"use strict";
// The `holdfast` command. It is in the tree, not generated, so that `npm ci` can link it. It reads on any Node and runs the program on
// Node 24 or newer: this one, or the one that npm put beside it.
const { existsSync } = require("node:fs");
const path = require("node:path");
const { findNode, nodePackage } = require("./find-node.cjs");

const bundled = path.join(__dirname, "..", "dist", "holdfast.cjs");

/** Where compiled code is kept between runs: a folder of this user's for temporary files. Without it the program works the same, only slower to start. */
function compiledCode() {
  const user = process.getuid === undefined ? "" : `-${process.getuid()}`;
  return path.join(require("node:os").tmpdir(), `holdfast-compiled${user}`);
}

/** Starts the program: what the build made of it, or in a checkout that was not built its source. Gives a promise of its end. */
function start() {
  if (existsSync(bundled)) {
    process.argv[1] = bundled;
    return require(bundled).start(compiledCode());
  }
  const source = path.join(__dirname, "..", "main.ts");
  process.argv[1] = source;
  return import(require("node:url").pathToFileURL(source).href).then((program) => program.done);
}

const node = findNode();
if (node === null) {
  const beside = nodePackage === null ? "" : `, or put one beside holdfast with: npm install ${nodePackage}@24`;
  process.stderr.write(`holdfast needs Node 24 or newer, and this is ${process.version}. Install a newer Node${beside}\n`);
  process.exitCode = 2;
} else if (node === process.execPath) {
  new Promise((resolve) => {
    resolve(start());
  }).catch((error) => {
    process.stderr.write(`holdfast could not start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 4;
  });
} else {
  const { spawn } = require("node:child_process");
  const child = spawn(node, [__filename, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`holdfast could not start ${node}: ${error.message}\n`);
    process.exitCode = 4;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code === null ? (signal === "SIGINT" ? 130 : 4) : code;
  });
}
