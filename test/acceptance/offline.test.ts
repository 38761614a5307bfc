// No network, a read-only file system, no home: Holdfast works the same, and tries no connection.
import { chmodSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { privilegedPod } from "./manifests.ts";
import { needs, needsNamespace } from "./needs.ts";
import { difference, program, runCommand, runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** Every command, on input in the folder that it runs in. */
const COMMANDS = [
  ["scan", "in", "--format", "json,sarif,pretty", "--output", "out", "--verbose"],
  ["scan", "framework", "nsa", "in/pod.yaml", "--severity-threshold", "high"],
  ["scan", "-"],
  ["report", "out.json", "--format", "sarif"],
  ["explain", "C-0057"],
  ["list", "controls"],
  ["list", "frameworks", "--format", "json"],
  ["list", "formats"],
  ["version"],
  ["--help"],
  ["scan", "missing.yaml"],
] as const;

/** Loaded before the program: writes down every way out of the process that is tried, and refuses it. */
const WATCH = `
"use strict";
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
const refuse = (what) => function () {
  fs.appendFileSync(process.env.WATCH_LOG, what + "\\n");
  throw new Error("a connection was tried: " + what);
};
const net = require("node:net");
net.connect = net.createConnection = refuse("net.connect");
net.Socket.prototype.connect = refuse("net.Socket.connect");
net.Server.prototype.listen = refuse("net.Server.listen");
require("node:dgram").createSocket = refuse("dgram.createSocket");
require("node:tls").connect = refuse("tls.connect");
const dns = require("node:dns");
for (const target of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const name of Object.getOwnPropertyNames(target)) {
    if (/^(?:lookup|resolve|reverse)/u.test(name) && typeof target[name] === "function") target[name] = refuse("dns." + name);
  }
}
for (const name of ["http", "https", "http2"]) {
  const module = require("node:" + name);
  for (const method of ["request", "get", "connect"]) if (typeof module[method] === "function") module[method] = refuse(name + "." + method);
}
for (const name of ["fetch", "WebSocket", "EventSource"]) if (name in globalThis) globalThis[name] = refuse(name);
syncBuiltinESMExports();
fs.appendFileSync(process.env.WATCH_LOG, "watching\\n");
`;

test("no connection is tried by any command", async () => {
  const cwd = scratchFolder({ "in/pod.yaml": privilegedPod("pod") });
  const watch = scratchFolder({ "watch.cjs": WATCH, log: "" });
  const log = path.join(watch, "log");
  const env = { NODE_OPTIONS: `--require=${path.join(watch, "watch.cjs")}`, WATCH_LOG: log };
  for (const command of COMMANDS) {
    const run = await runHoldfast(command, { cwd, env });
    const usual = await runHoldfast(command, { cwd });
    expect(difference(run, usual), command.join(" ")).toBeNull();
  }
  const seen = readFileSync(log, "utf8").trim().split("\n");
  expect(seen).toHaveLength(COMMANDS.length);
  expect(new Set(seen)).toEqual(new Set(["watching"]));
}, 60_000);

test("that watch sees a connection when there is one", async () => {
  const watch = scratchFolder({ "watch.cjs": WATCH, log: "" });
  const env = { NODE_OPTIONS: `--require=${path.join(watch, "watch.cjs")}`, WATCH_LOG: path.join(watch, "log") };
  for (const attempt of [
    'import { connect } from "node:net"; connect(9, "127.0.0.1");',
    'import { lookup } from "node:dns/promises"; await lookup("localhost");',
    'await fetch("http://127.0.0.1:9/");',
    'import http from "node:http"; http.get("http://127.0.0.1:9/");',
  ]) {
    const run = await runCommand([process.execPath, "--input-type=module", "--eval", attempt], { env });
    expect(run.code, attempt).not.toBe(0);
    expect(run.stderr, attempt).toContain("a connection was tried");
  }
});

test("it works in a network namespace without a network", async (context) => {
  needsNamespace(context, "--net");
  const unshare = needs(context, "unshare");
  const cwd = scratchFolder({ "in/pod.yaml": privilegedPod("pod") });
  for (const command of COMMANDS) {
    const without = await runCommand([unshare, "--net", process.execPath, program, ...command], { cwd });
    expect(difference(without, await runHoldfast(command, { cwd })), command.join(" ")).toBeNull();
  }
}, 60_000);

/**
 * Makes every file system read-only but for the scratch folder, shows that it is so, and becomes nobody, without a home and without an environment.
 * The program and Node are shown in a folder that nobody may read: the checkout may lie where only its owner gets in.
 */
const CONFINE = `
set -eu
scratch=$1 shown=$2 package=$3 nodes=$4
shift 4
mount --make-rprivate /
mount --bind "$scratch" "$scratch"
mount --bind "$package" "$shown/package"
mount --bind "$nodes" "$shown/nodes"
while read -r _ _ _ _ target _; do
  case $target in
    "$scratch"|/proc|/proc/*|/sys|/sys/*|/dev|/dev/*) continue ;;
  esac
  mount -o remount,bind,ro "$target" 2>/dev/null || true
done < /proc/self/mountinfo
for place in / /tmp "$shown" "$shown/package" "$(dirname "$scratch")"; do
  if touch "$place/.holdfast-write-test" 2>/dev/null; then echo "$place can be written" >&2; exit 99; fi
done
cd "$scratch"
exec env -i setpriv --reuid=65534 --regid=65534 --clear-groups "$shown/nodes/node" "$shown/package/bin/holdfast.cjs" "$@"
`;

test("it works on a read-only file system but for a scratch folder, as a user without a home", async (context) => {
  needsNamespace(context, "--mount");
  const unshare = needs(context, "unshare");
  needs(context, "setpriv");
  needs(context, "mount");
  const cwd = scratchFolder({ "in/pod.yaml": privilegedPod("pod") });
  const shown = scratchFolder({ "package/.keep": "", "nodes/.keep": "" });
  for (const folder of [cwd, shown]) chmodSync(folder, 0o777);
  const confined = ["sh", script(), cwd, shown, path.join(path.dirname(program), ".."), path.dirname(process.execPath)];
  for (const command of COMMANDS) {
    const run = await runCommand([unshare, "--mount", ...confined, ...command], { cwd });
    const usual = await runHoldfast(command, { cwd: sameFolder(cwd) });
    expect(difference(run, usual), command.join(" ")).toBeNull();
  }
}, 60_000);

function script(): string {
  return path.join(scratchFolder({ "confine.sh": CONFINE }), "confine.sh");
}

/** Another folder with the same input, and with the result that `report` reads once there is one. */
function sameFolder(folder: string): string {
  const result = path.join(folder, "out.json");
  return scratchFolder({ "in/pod.yaml": privilegedPod("pod"), ...(existsSync(result) ? { "out.json": readFileSync(result) } : {}) });
}
