// `npm run check`: the whole gate. Every step runs even when an earlier one failed, so that one run shows all there is to mend.
// `npm run check -- --without-tests` leaves the tests out, for a run that has just run them.
import { root, runNode, runTool } from "./run-tool.ts";

const withoutTests = process.argv.includes("--without-tests");
const steps: readonly (readonly [string, () => number])[] = [
  ["types", () => runTool("tsc", ["-b"], "typescript")],
  ["lint", () => runTool("oxlint", ["--type-aware", "--deny-warnings"])],
  ["format", () => runTool("oxfmt", ["--check"])],
  ["dead code", () => runTool("knip", [])],
  ...(withoutTests ? [] : [["tests", () => runNode([`${root}/tools/test.ts`])] as const]),
];

const failed: string[] = [];
for (const [name, run] of steps) {
  console.log(`\n== ${name}`);
  if (run() !== 0) failed.push(name);
}
console.log(failed.length === 0 ? "\ncheck: all clean" : `\ncheck: failed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
