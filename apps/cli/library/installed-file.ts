import { existsSync } from "node:fs";
import path from "node:path";

/** Where the installed library is kept. */
export function installedFile(dataFolder: string): string {
  return path.join(dataFolder, "library.json");
}

/** Whether one is there, sound or not. */
export function isInstalled(dataFolder: string): boolean {
  return existsSync(installedFile(dataFolder));
}
