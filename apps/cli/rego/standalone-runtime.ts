import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const BUILT = path.join(import.meta.dirname, "rego-standalone.js");

/** What standalone modules carry beside their rules: made when the project was built, beside the bundle; in a checkout that was not built, bundled now. */
export async function standaloneRuntimeText(): Promise<string> {
  if (existsSync(BUILT)) return readFileSync(BUILT, "utf8");
  const tool = path.join(import.meta.dirname, "../../../tools/standalone-runtime.ts");
  const { standaloneRuntime } = (await import(pathToFileURL(tool).href)) as { readonly standaloneRuntime: () => Promise<string> };
  return standaloneRuntime();
}
