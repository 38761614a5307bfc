import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import type { TestContext } from "vitest";
import { sharedFolder } from "../shared-folder.ts";
import { machinePath, root } from "./run-holdfast.ts";

/** Leaves the test out with what is missing; where everything must be at hand (HOLDFAST_REQUIRE_ALL=1), it fails instead. */
function missing({ skip }: TestContext, what: string): never {
  if (process.env["HOLDFAST_REQUIRE_ALL"] === "1") throw new Error(`missing: ${what}; install it, or run without HOLDFAST_REQUIRE_ALL`);
  return skip(`missing: ${what}`);
}

/** Where `tools/install-peers` puts what it builds. */
const peers = path.join(process.env["HOLDFAST_PEERS"] ?? path.join(homedir(), ".cache/holdfast/peers"), "bin");

/** The path of a command of the machine, or of a peer. Leaves the test out where there is none. */
export function needs(context: TestContext, command: string): string {
  const found = [...machinePath().split(path.delimiter), peers]
    .map((folder) => path.join(folder, command))
    .find((file) => existsSync(file));
  return found ?? missing(context, `the command ${command}`);
}

/** Leaves the test out where this user can't make namespaces of its own: `unshare` with these options must work. */
export function needsNamespace(context: TestContext, ...options: readonly string[]): void {
  const unshare = needs(context, "unshare");
  const tried = spawnSync(unshare, [...options, "true"], { encoding: "utf8" });
  if (tried.status !== 0) missing(context, `the right to run unshare ${options.join(" ")} (${tried.stderr.trim()})`);
}

/** The path of the machine's own Node, where that is older than what Holdfast runs on. Leaves the test out where it is not. */
export function needsOldNode(context: TestContext): string {
  const node = needs(context, "node");
  const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
  return Number(version.slice(1).split(".")[0]) < 24 ? node : missing(context, `a Node older than 24 on the machine (this is ${version})`);
}

/** The folder with kube-apiserver and etcd, which `tools/install-cluster` builds. Leaves the test out where they are not there. */
export function needsClusterPrograms(context: TestContext): string {
  needs(context, "openssl");
  const folder = spawnSync(path.join(root, "tools/install-cluster"), ["--where"], { encoding: "utf8" }).stdout.trim();
  const there = ["kube-apiserver", "etcd"].every((program) => existsSync(path.join(folder, program)));
  return there ? folder : missing(context, "kube-apiserver and etcd (tools/install-cluster builds them)");
}

/** The folder of the programs that judge formats, which `tools/install-validators` installs. Leaves the test out where they are not there. */
export function needsValidators(context: TestContext): string {
  const folder = spawnSync(path.join(root, "tools/install-validators"), ["--where"], { encoding: "utf8" }).stdout.trim();
  return existsSync(path.join(folder, "complete"))
    ? folder
    : missing(context, "the validators of formats (tools/install-validators installs them)");
}

/** The folder of suites, corpora and facts. It is no part of the project, so that a test that needs it is left out where it is not at hand. */
export function needsShared({ skip }: TestContext): string {
  return sharedFolder ?? skip("missing: the shared folder of suites and corpora");
}
