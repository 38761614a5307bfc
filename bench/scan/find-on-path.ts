import { accessSync, constants } from "node:fs";
import path from "node:path";

/** The file of a program in one of a search path's folders; null where none has it. */
export function findOnPath(name: string, searchPath: string): string | null {
  for (const folder of searchPath.split(path.delimiter)) {
    if (folder === "") continue;
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not here, or not to be run.
    }
  }
  return null;
}
