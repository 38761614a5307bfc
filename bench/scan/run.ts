// `npm run bench -- scan`: what a scan costs from YAML files to a JSON report, and what the program's start costs.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { SHOP_SIZE } from "../load/shop.ts";
import { writeEstate } from "../load/write-estate.ts";
import { measureCommand, type CommandCost } from "../measure-command.ts";
import { median } from "../median.ts";
import { textTable } from "../text-table.ts";
import { findOnPath } from "./find-on-path.ts";
import { verdictsOfNamespaces, type ScanReport } from "./verdicts-of-namespaces.ts";

const { values: options } = parseArgs({ options: { runs: { type: "string", default: "7" } } });
const RUNS = Number(options.runs);
const root = path.join(import.meta.dirname, "../..");
const program = path.join(root, "apps/cli/bin/holdfast.cjs");
const work = mkdtempSync(path.join(tmpdir(), "holdfast-bench-"));

interface Measured {
  readonly name: string;
  readonly costs: readonly CommandCost[];
  readonly millis: number;
  readonly peak: number;
}

/** Runs a command once to fill caches, as any second run of a user finds them, and then several times. */
function measure(name: string, file: string, args: readonly string[], runs: number): Measured {
  const first = measureCommand(file, args, work);
  const costs = [first, ...Array.from({ length: runs }, () => measureCommand(file, args, work))];
  const failed = costs.find(({ exitCode }) => exitCode !== 0);
  if (failed !== undefined) throw new Error(`${name} ended with ${failed.exitCode}: ${failed.stderr}`);
  const later = costs.slice(1);
  return {
    name,
    costs,
    millis: median(later.map(({ millis }) => millis)),
    peak: Math.max(...later.map(({ peakMebibytes }) => peakMebibytes)),
  };
}

const NSA = ["--framework", "nsa"] as const;

function scan(name: string, folder: string, runs: number, selection: readonly string[] = NSA): Measured {
  const output = `${folder}${selection.length === 0 ? "-all" : ""}.json`;
  return measure(name, process.execPath, [program, "scan", folder, ...selection, "--format", "json", "--output", output], runs);
}

function row({ name, costs, millis, peak }: Measured): readonly string[] {
  return [name, `${(costs[0]?.millis ?? 0).toFixed(0)} ms`, `${millis.toFixed(0)} ms`, `${peak.toFixed(0)} MiB`];
}

/** One line for each thing that was to be reached. */
const outcomes: [boolean, string][] = [];

try {
  const folders = { one: path.join(work, "one"), hundred: path.join(work, "hundred"), thousand: path.join(work, "thousand") };
  await writeEstate(folders.one, 1);
  const bytes = await writeEstate(folders.hundred, 100);
  await writeEstate(folders.thousand, 1000);
  console.log(
    `Node ${process.version}; 100 shops of ${SHOP_SIZE} objects are ${(bytes / 2 ** 20).toFixed(1)} MiB of YAML; ${RUNS} runs after a first one.\n`,
  );

  const version = measure("version", process.execPath, [program, "version"], RUNS);
  const bare = measure("(Node alone)", process.execPath, ["-e", "0"], RUNS);
  const small = scan("35 objects", folders.one, RUNS);
  const middle = scan("3,500 objects", folders.hundred, RUNS);
  const everything = scan("3,500 objects, all controls", folders.hundred, RUNS, []);
  const large = scan("35,000 objects", folders.thousand, Math.max(1, Math.ceil(RUNS / 3)));

  const reports = [folders.hundred, folders.thousand].map((folder) => JSON.parse(readFileSync(`${folder}.json`, "utf8")) as ScanReport);
  const [hundred, thousand] = reports;
  if (hundred === undefined || thousand === undefined) throw new Error("the scans wrote no reports");
  const faulty = hundred.resources.filter(({ file, findings }) => file !== undefined && findings > 0).length;
  const objects = hundred.resources.filter(({ file }) => file !== undefined).length;
  const namespaces = Array.from({ length: 100 }, (_, index) => `shop-${String(index + 1).padStart(4, "0")}`);
  const same = verdictsOfNamespaces(hundred, namespaces) === verdictsOfNamespaces(thousand, namespaces);

  const peer = findOnPath("kubescape", process.env["PATH"] ?? "");
  const rows: (readonly string[])[] = [["", "first", "median", "peak"], ...[bare, version, small, middle, everything, large].map(row)];
  if (peer !== null) {
    const args = ["scan", "framework", "nsa", folders.hundred, "--format", "json", "--output", path.join(work, "peer.json")];
    rows.push(row(measure("Kubescape, 3,500 objects", peer, args, 1)));
  }
  console.log(textTable(rows));
  if (peer === null)
    console.log(
      "\nNo kubescape on PATH. Its figures of another run on such a machine (2 cores): 27 s and 300 MB for 3,500 objects, 0.4 to 0.9 s for 35.",
    );

  const ratio = large.millis / middle.millis;
  outcomes.push(
    [version.millis < 60, `version under 60 ms: ${version.millis.toFixed(1)}`],
    [small.millis < 200, `35 objects under 200 ms: ${small.millis.toFixed(1)}`],
    [
      middle.millis <= 1000 && middle.peak <= 200,
      `3,500 objects in at most 1,000 ms and 200 MiB: ${middle.millis.toFixed(0)} and ${middle.peak.toFixed(0)}`,
    ],
    [
      everything.millis <= 2000 && everything.peak <= 300,
      `3,500 objects by all controls in at most 2,000 ms and 300 MiB: ${everything.millis.toFixed(0)} and ${everything.peak.toFixed(0)}`,
    ],
    [
      ratio <= 11 && large.peak < 1024,
      `35,000 objects in at most 11 times that and under 1,024 MiB: ${ratio.toFixed(1)} times and ${large.peak.toFixed(0)}`,
    ],
    [objects === 100 * SHOP_SIZE, `every object is in the report: ${objects}`],
    [faulty >= objects / 5, `at least 20 % of the objects have findings: ${((100 * faulty) / objects).toFixed(1)} %`],
    [same, "the verdicts on the first 100 shops are the same among 1,000"],
  );
  console.log(`\n${outcomes.map(([held, text]) => `${held ? "held  " : "MISSED"}  ${text}`).join("\n")}`);
  console.log("\nRaw samples, in ms:");
  for (const each of [bare, version, small, middle, everything, large])
    console.log(`${each.name}: ${each.costs.map(({ millis }) => millis.toFixed(1)).join(" ")}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = outcomes.every(([held]) => held) ? 0 : 1;
