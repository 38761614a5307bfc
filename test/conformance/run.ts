// `npm run conformance -- SUITE DIR --actual FILE`: evaluates the cases of a suite and writes down what the product returned.
// `../shared/conformance/compare.py` judges it.
import { parseArgs } from "node:util";
import { runRegoConformance } from "./rego.ts";

/** A suite's runner: evaluates the cases of a folder, writes a line for each to the file, and returns how many there were. */
type Runner = (folder: string, actualFile: string) => number | Promise<number>;

const suites: Readonly<Record<string, Runner>> = {
  rego: runRegoConformance,
  controls: async (folder, actualFile) => (await import("./controls.ts")).runControls(folder, actualFile),
};

const { positionals, values } = parseArgs({ allowPositionals: true, options: { actual: { type: "string" } } });
const [suite = "", folder] = positionals;
const runner = suites[suite];
if (runner === undefined || folder === undefined || values.actual === undefined) {
  console.error(`usage: npm run conformance -- ${Object.keys(suites).join("|")} DIR --actual FILE`);
  process.exitCode = 2;
} else {
  const started = performance.now();
  const count = await runner(folder, values.actual);
  console.log(`${count} cases evaluated in ${((performance.now() - started) / 1000).toFixed(1)} s; what came out is in ${values.actual}`);
}
