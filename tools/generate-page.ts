// Writes packages/report/html/page-assets.ts, the script and style of packages/report/page as texts. A test of tools says when they differ.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { pageAssets } from "./page-assets.ts";
import { root, runTool } from "./run-tool.ts";

const file = path.join(root, "packages/report/html/page-assets.ts");
const { pageScript, pageStyle } = await pageAssets();
// Texts in a module, so that the report reads no file, in a checkout as in the bundle.
await writeFile(
  file,
  `// Made by tools/generate-page.ts of packages/report/page; a test says when they differ.

/** The script of the page of the format \`html\`. */
export const pageScript: string = ${JSON.stringify(pageScript)};

/** The style of that page. */
export const pageStyle: string = ${JSON.stringify(pageStyle)};
`,
);
process.exitCode = runTool("oxfmt", [file]);
