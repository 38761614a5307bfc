// `npm run bench -- cluster`: what a scan of a live cluster costs, by all controls, from a real API server on loopback.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Result } from "@holdfast/core";
import { createEstate, createTexts, OBJECTS_OF_NAMESPACE } from "../../test/cluster/estate.ts";
import { startCluster } from "../../test/cluster/start-cluster.ts";
import { measureCommand } from "../measure-command.ts";
import { median } from "../median.ts";
import { textTable } from "../text-table.ts";

const { values: options } = parseArgs({
  options: { runs: { type: "string", default: "5" }, namespaces: { type: "string", default: "200" } },
});
const RUNS = Number(options.runs);
const NAMESPACES = Number(options.namespaces);
/** ConfigMaps with much text, such as dashboards and bundles of certificates. */
const TEXTS = 400;
/** MiB that they may take besides: a page of them, unpacked and parsed, and what the engine has not taken back yet. */
const LARGEST_GROWTH = 150;
const root = path.join(import.meta.dirname, "../..");
const program = path.join(root, "apps/cli/bin/holdfast.cjs");

const cluster = await startCluster(execFileSync(path.join(root, "tools/install-cluster"), ["--where"], { encoding: "utf8" }).trim());
try {
  const begun = performance.now();
  await createEstate(cluster, NAMESPACES);
  console.log(
    `Node ${process.version}; ${NAMESPACES} namespaces of ${OBJECTS_OF_NAMESPACE} objects, created in ${((performance.now() - begun) / 1000).toFixed(1)} s; ${RUNS} runs after a first one.\n`,
  );
  const output = path.join(cluster.folder, "result.json");
  const measure = (...args: readonly string[]): { readonly millis: number; readonly cpu: number; readonly peak: number } => {
    const all = ["scan", "--kubeconfig", cluster.kubeconfig, ...args, "--format", "json", "--output", output];
    const costs = Array.from({ length: RUNS + 1 }, () => measureCommand(process.execPath, [program, ...all], cluster.folder)).slice(1);
    const failed = costs.find(({ exitCode }) => exitCode !== 0);
    if (failed !== undefined) throw new Error(`the scan ended with ${failed.exitCode}: ${failed.stderr}`);
    return {
      millis: median(costs.map(({ millis }) => millis)),
      cpu: median(costs.map(({ cpuMillis }) => cpuMillis)),
      peak: Math.max(...costs.map(({ peakMebibytes }) => peakMebibytes)),
    };
  };
  const workload = measure("--control", "C-0057");
  const nsa = measure("--framework", "nsa");
  const all = measure();
  const texts = await createTexts(cluster, TEXTS);
  const withTexts = measure();
  const row = (name: string, { millis, cpu, peak }: typeof all): readonly string[] => [
    name,
    `${millis.toFixed(0)} ms`,
    `${cpu.toFixed(0)} ms`,
    `${peak.toFixed(0)} MiB`,
  ];
  console.log(
    textTable([
      ["", "median", "of which CPU", "peak"],
      row("one control", workload),
      row("NSA", nsa),
      row("all controls", all),
      row(`and ${texts} MiB of ConfigMaps`, withTexts),
    ]),
  );
  const { account } = (JSON.parse(readFileSync(output, "utf8")) as Result).inputs.cluster ?? {};
  console.log(`\n${JSON.stringify(account)}`);
  const held = all.millis <= 10_000 && all.peak <= 400;
  console.log(
    `\n${held ? "held  " : "MISSED"}  5,000 objects by all controls in at most 10,000 ms and 400 MiB: ${all.millis.toFixed(0)} and ${all.peak.toFixed(0)}`,
  );
  // Texts that were judged are let go.
  const released = withTexts.peak <= all.peak + LARGEST_GROWTH;
  console.log(
    `${released ? "held  " : "MISSED"}  ${texts} MiB of ConfigMaps take at most ${LARGEST_GROWTH} MiB more: ${(withTexts.peak - all.peak).toFixed(0)}`,
  );
  if (!held || !released) process.exitCode = 1;
} finally {
  await cluster.stop();
}
