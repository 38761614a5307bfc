// `npm test`: builds what tests need, then runs them. Arguments go to vitest: `npm test -- packages/rego`.
import { root, runTool } from "./run-tool.ts";

process.exitCode = runTool("vitest", ["run", "--root", root, ...process.argv.slice(2)]);
