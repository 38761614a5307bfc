import { readFile } from "node:fs/promises";
import path from "node:path";
import { rolldown } from "rolldown";
import { root } from "./run-tool.ts";

const source = path.join(root, "packages/report/page");

/** The page's script as one text that a browser runs as it is. */
async function script(): Promise<string> {
  const build = await rolldown({ input: path.join(source, "main.ts"), platform: "browser", transform: { target: "es2022" } });
  const { output } = await build.generate({ format: "iife", codeSplitting: false, minify: true });
  await build.close();
  return output[0].code.trim();
}

/** The page's style without comments and indentation. */
async function style(): Promise<string> {
  const text = await readFile(path.join(source, "page.css"), "utf8");
  return text
    .replaceAll(/\/\*.*?\*\//gsu, "")
    .replaceAll(/\s*\n\s*/gu, "\n")
    .trim();
}

/** The page's script and style. */
export interface PageAssets {
  readonly pageScript: string;
  readonly pageStyle: string;
}

/** Makes the script and style of the report's page from `packages/report/page`. Throws where one would end the element that it is written into. */
export async function pageAssets(): Promise<PageAssets> {
  const assets = { pageScript: await script(), pageStyle: await style() };
  for (const [name, text] of Object.entries(assets)) {
    if (/<\/(?:script|style)|<!--/iu.test(text)) throw new Error(`${name} would end its element`);
  }
  return assets;
}
