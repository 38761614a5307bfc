// Loaded only where --controls-config is given.
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Library, Parameters } from "@holdfast/core";
import { readParameterValues } from "@holdfast/posture";
import { whyUnread } from "./file-reason.ts";
import { UsageError } from "./usage-error.ts";

/** The parameters that a file sets. Throws `UsageError` with all that is wrong with it, each with its place. */
export function readControlsConfig(file: string, library: Library, workingFolder: string): Parameters {
  let text: string;
  try {
    text = readFileSync(path.resolve(workingFolder, file), "utf8");
  } catch (error) {
    throw new UsageError(`--controls-config ${file}: ${whyUnread(error)}\nNothing was judged. Correct the path.`);
  }
  const { values, faults } = readParameterValues(text, library.parameters);
  if (faults.length === 0) return values;
  const lines = faults.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
  throw new UsageError(`${lines.join("\nholdfast: ")}\nNothing was scanned. \`holdfast list parameters\` shows names, forms and defaults.`);
}
