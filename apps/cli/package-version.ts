import { readFileSync } from "node:fs";
import path from "node:path";

/** The version of the package. The manifest stands beside the program's source, and one folder above its bundle. */
export function packageVersion(): string {
  for (const folder of [import.meta.dirname, path.join(import.meta.dirname, "..")]) {
    try {
      const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { name?: string; version?: string };
      if (manifest.name === "holdfast" && manifest.version !== undefined) return manifest.version;
    } catch {
      // Not in this folder.
    }
  }
  return "unknown";
}
