// Writes packages/report/pdf/fonts.ts, the fonts of `--format pdf`. A test of tools says when they are not those of the packages any more.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { reportFonts } from "./report-fonts.ts";
import { root, runTool } from "./run-tool.ts";

const file = path.join(root, "packages/report/pdf/fonts.ts");
await writeFile(file, await reportFonts());
process.exitCode = runTool("oxfmt", [file]);
