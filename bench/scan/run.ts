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

const { values: options } = parseArgs({ options: { runs: { type: "string", default: "15" } } });
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

/** A command to measure. */
interface Measurement {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
}

function run({ name, file, args }: Measurement): CommandCost {
  const cost = measureCommand(file, args, work);
  if (cost.exitCode !== 0) throw new Error(`${name} ended with ${cost.exitCode}: ${cost.stderr}`);
  return cost;
}

/**
 * Runs each command once to fill caches, as any second run of a user finds them, and then several times. The commands take turns: a machine that others use has slow
 * and fast minutes, and these are to hit all of them.
 */
function measureInTurns(measurements: readonly Measurement[], runs: number): readonly Measured[] {
  const costs = measurements.map((one) => [run(one)]);
  for (let turn = 0; turn < runs; turn += 1) for (const [place, one] of measurements.entries()) costs[place]?.push(run(one));
  return measurements.map(({ name }, place) => {
    const all = costs[place] ?? [];
    const later = all.slice(1);
    return {
      name,
      costs: all,
      millis: median(later.map(({ millis }) => millis)),
      peak: Math.max(...later.map(({ peakMebibytes }) => peakMebibytes)),
    };
  });
}

const NSA = ["--framework", "nsa"] as const;

function scan(name: string, folder: string, selection: readonly string[] = NSA): Measurement {
  const output = `${folder}${selection.length === 0 ? "-all" : ""}.json`;
  return { name, file: process.execPath, args: [program, "scan", folder, ...selection, "--format", "json", "--output", output] };
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

  const measured = measureInTurns(
    [
      { name: "(Node alone)", file: process.execPath, args: ["-e", "0"] },
      { name: "version", file: process.execPath, args: [program, "version"] },
      scan("35 objects", folders.one),
      scan("3,500 objects", folders.hundred),
      scan("3,500 objects, all controls", folders.hundred, []),
    ],
    RUNS,
  );
  const [bare, version, small, middle, everything] = measured;
  const [large] = measureInTurns([scan("35,000 objects", folders.thousand)], Math.max(1, Math.ceil(RUNS / 3)));
  if (!bare || !version || !small || !middle || !everything || !large) throw new Error("something was not measured");

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
    rows.push(...measureInTurns([{ name: "Kubescape, 3,500 objects", file: peer, args }], 1).map(row));
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
