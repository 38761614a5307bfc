// Loaded only where --use-from or --use-artifacts-from is given.
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Library } from "@holdfast/core";
import { readArtifacts, type LibraryFile, type ReadArtifacts } from "@holdfast/posture";
import { whyUnread } from "./file-reason.ts";
import type { ScanConfiguration } from "./scan-configuration.ts";
import { UsageError } from "./usage-error.ts";

/** A framework with all controls and their Rego has some 2 MiB. */
const LONGEST = 64 * 1_048_576;

function readFile(file: string, workingFolder: string): LibraryFile {
  const whole = path.resolve(workingFolder, file);
  if (statSync(whole).size > LONGEST) throw new UsageError(`policy file ${file}: it has more than ${LONGEST} bytes`);
  return { path: file, text: readFileSync(whole, "utf8") };
}

function orRefuse<T>(named: string, option: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new UsageError(`${option} ${named}: ${whyUnread(error)}\nNothing was judged. Correct the path.`);
  }
}

/** Reads policy files of Kubescape's released form. Throws `UsageError` for what can't be read, for exceptions that are named by file, and where no control is found. */
export function loadArtifacts({ files, folders }: ScanConfiguration["artifacts"], ours: Library, workingFolder: string): ReadArtifacts {
  const named = files.map((file) => orRefuse(file, "--use-from", () => readFile(file, workingFolder)));
  const inFolders = folders.flatMap((folder) =>
    orRefuse(folder, "--use-artifacts-from", () =>
      readdirSync(path.resolve(workingFolder, folder), { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
        .map((entry) => readFile(path.join(folder, entry.name), workingFolder))
        .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    ),
  );
  const read = readArtifacts([...named, ...inFolders], ours);
  const refused = files.filter((file) => read.exceptions.has(file));
  if (refused.length > 0)
    throw new UsageError(
      `--use-from ${refused.join(", ")}: these are exceptions, and --use-from takes policies\nNothing was judged. Pass them with --exceptions.`,
    );
  if (read.library.controls.length > 0) return read;
  const causes = read.problems.map(({ file, line, cause }) => `${file ?? ""}${line === undefined ? "" : `:${line}`}: ${cause}`);
  throw new UsageError(["the files of --use-from and --use-artifacts-from hold no controls", ...causes].join("\nholdfast: "));
}
