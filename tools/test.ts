// `npm test`: builds the program, then runs the tests. Arguments go to vitest: `npm test -- packages/rego`; tests of packages alone need no build.
import { root, runTool } from "./run-tool.ts";

const args = process.argv.slice(2);
const paths = args.filter((argument) => !argument.startsWith("-"));
if (paths.length === 0 || !paths.every((each) => each.startsWith("packages/"))) await import("./build.ts");
process.exitCode = runTool("vitest", ["run", "--root", root, ...args]);
