// Writes packages/core/result.ts, the types of packages/core/result.schema.json, which is their source. A test of core says when they differ.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { resultType } from "./result-type.ts";
import { root, runTool } from "./run-tool.ts";

const folder = path.join(root, "packages/core");
const file = path.join(folder, "result.ts");
await writeFile(file, await resultType(await readFile(path.join(folder, "result.schema.json"), "utf8")));
process.exitCode = runTool("oxfmt", [file]);
