// `npm run agreement -- CORPUS --actual FILE`: judges the plain manifests of a corpus by every control and writes our verdicts in the form of the golden files, for
// `compare.py verdicts`. Nothing is rendered, and what is expected is not looked at.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { judge } from "@holdfast/judge";
import { scanPosture } from "@holdfast/posture";
import { loadLibrary } from "../../apps/cli/load-library.ts";
import { nodeFileSystem } from "../../apps/cli/node-file-system.ts";

const { positionals, values } = parseArgs({ allowPositionals: true, options: { actual: { type: "string" } } });
const [corpus] = positionals;
if (corpus === undefined || values.actual === undefined) {
  console.error("usage: npm run agreement -- CORPUS --actual FILE");
  process.exit(2);
}

const outcome = await scanPosture(
  { paths: ["."], controls: { frameworks: [], controls: [], excludeControls: [] }, asTheyStand: true },
  { library: await loadLibrary(), files: nodeFileSystem(() => process.stdin), workingFolder: path.resolve(corpus) },
);
if ("unknown" in outcome) throw new Error("no control was asked for by name, and yet one is unknown");
const result = judge(outcome.evaluation, { version: "agreement", gates: {} });

const resources = result.resources.map(({ kind, namespace, name, file }) => ({
  kind,
  namespace,
  name,
  file: file ?? "",
  controls: {} as Record<string, { status: string }>,
}));
for (const { control, resource, status } of result.verdicts) {
  const own = resource === null ? undefined : resources[resource];
  if (own !== undefined) own.controls[control] = { status };
}
writeFileSync(values.actual, `${JSON.stringify({ resources }, null, 1)}\n`);
console.log(`${resources.length} resources, ${result.verdicts.length} verdicts, ${result.problems.length} problems: ${values.actual}`);
