import { formats, type FormatEntry } from "@holdfast/report";
import { nearestNames } from "@holdfast/core";
import type { OutputTarget } from "./write-outputs.ts";
import { UsageError } from "./usage-error.ts";

/** "; did you mean a or b?", or nothing. */
export function suggestion(nearest: readonly string[]): string {
  return nearest.length === 0 ? "" : `; did you mean ${nearest.join(" or ")}?`;
}

function findFormat(name: string): FormatEntry {
  const found = formats.find(({ id }) => id === name.toLowerCase());
  if (found !== undefined) return found;
  const ids = formats.map(({ id }) => id);
  throw new UsageError(`unknown format "${name}"${suggestion(nearestNames(name, ids))}\nFormats: ${ids.join(", ")}`);
}

/**
 * Where each format goes. One format goes to exactly `output`; of several, what is meant for a terminal goes there and each other one to the stem `output` with its
 * own ending, and that of encrypted files where they are. Throws `UsageError` for an unknown format, and for several that would share standard output.
 */
export function outputTargets(names: readonly string[], output: string | undefined, encrypted: boolean = false): readonly OutputTarget[] {
  const chosen = [...new Set((names.length === 0 ? ["pretty"] : names).map(findFormat))];
  if (output === "") throw new UsageError("--output is empty: name the file to write, or leave it out");
  const [first] = chosen;
  if (chosen.length === 1 && first !== undefined) return [{ format: first, file: output ?? null }];
  return chosen.map((format) => {
    if (format.extension === null) return { format, file: null };
    if (output === undefined) {
      throw new UsageError(
        `several formats need --output: it names the stem of their files, so that --output results writes ${chosen
          .flatMap(({ extension }) => extension ?? [])
          .map((extension) => `results${extension}`)
          .join(", ")}`,
      );
    }
    return { format, file: `${output}${format.extension}${encrypted ? ".age" : ""}` };
  });
}

/** What goes to the summary page of a build beside the formats that were asked for: written behind what other steps have said there. */
export function stepSummaries(targets: readonly OutputTarget[], file: string | undefined): readonly OutputTarget[] {
  if (file === undefined) return [];
  return targets.flatMap(({ format }) =>
    format.stepSummary === undefined ? [] : { format: findFormat(format.stepSummary), file, append: true },
  );
}
