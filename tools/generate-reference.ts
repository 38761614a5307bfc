// Writes the pages of docs/reference that are made from the source: commands and problems. A test says when one of them is stale.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { pages } from "./reference/pages.ts";
import { root } from "./run-tool.ts";

for (const [name, make] of Object.entries(pages)) await writeFile(path.join(root, "docs/reference", name), await make());
