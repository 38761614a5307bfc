// Loaded only where --framework-file is given.
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Framework, Library } from "@holdfast/core";
import { readFrameworkFile, type LibraryFault } from "@holdfast/posture";
import { whyUnread } from "./file-reason.ts";
import { faultText } from "./fault-text.ts";
import { UsageError } from "./usage-error.ts";

/** No framework that people write is as long; one with whole controls in it may be. */
const LONGEST = 16 * 1_048_576;

/** Reads users' own frameworks over the controls of a library. Throws `UsageError` with all that is wrong with them. */
export function loadFrameworkFiles(files: readonly string[], library: Library, workingFolder: string): readonly Framework[] {
  const faults: LibraryFault[] = [];
  const frameworks: Framework[] = [];
  for (const file of files) {
    try {
      const whole = path.resolve(workingFolder, file);
      if (statSync(whole).size > LONGEST) {
        faults.push({ file, line: null, message: `a framework has at most ${LONGEST} bytes` });
        continue;
      }
      const known = { ...library, frameworks: [...library.frameworks, ...frameworks] };
      const framework = readFrameworkFile({ path: file, text: readFileSync(whole, "utf8") }, known, faults);
      if (framework !== null) frameworks.push(framework);
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code;
      if (reason === undefined) throw error;
      faults.push({ file, line: null, message: whyUnread(error) });
    }
  }
  if (faults.length === 0) return frameworks;
  const lines = faults.map((fault) => `framework ${faultText(fault)}`);
  throw new UsageError(
    `${lines.join("\nholdfast: ")}\nNothing was judged. \`holdfast list controls\` lists the controls that a framework can name.`,
  );
}
