// `npm test`: builds the program, then runs the tests. Arguments go to vitest: `npm test -- packages/rego`; tests of packages alone need no build.
import { root, runNode, runTool } from "./run-tool.ts";

const args = process.argv.slice(2);
const paths = args.filter((argument) => !argument.startsWith("-"));
const needsBuild = paths.length === 0 || !paths.every((each) => each.startsWith("packages/"));
const built = needsBuild ? runNode([`${root}/tools/build.ts`]) : 0;
process.exitCode = built === 0 ? runTool("vitest", ["run", "--root", root, ...args]) : built;
