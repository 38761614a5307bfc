import type { View } from "@holdfast/report";
import { commaList, view } from "../option-values.ts";
import type { OptionGroup } from "./define.ts";

interface Given {
  readonly format?: readonly string[];
  readonly output?: string;
  readonly view?: View;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

export interface OutputConfiguration {
  /** Names of formats, as given; none means the one for people. */
  readonly formats: readonly string[];
  readonly output: string | undefined;
  readonly view: View;
  readonly verbose: boolean;
  readonly quiet: boolean;
  /** False with --no-color. */
  readonly color: boolean;
}

/** In which forms the result is written, and where to: for `scan` and for `report`. */
export const outputOptions: OptionGroup<Given, OutputConfiguration> = {
  declare: (command) => {
    command
      .option("-f, --format <names>", "output formats (see `holdfast list formats`; default: pretty)", commaList)
      .option("-o, --output <file>", "write to this file; with several formats, to files of this stem")
      .option(
        "--view <name>",
        "what pretty shows: security (a short overview), control (what failed, by control; the default), resource, namespace, or attack (what to fix first, by workload)",
        view,
      )
      .option("-v, --verbose", "show everything: each finding, passed and skipped controls")
      .option("-q, --quiet", "show only gates that do not hold, losses and missing data")
      .option("--no-color", "no colours");
  },
  lists: ["format"],
  read: (given) => ({
    formats: given.format ?? [],
    output: given.output,
    view: given.view ?? "control",
    verbose: given.verbose === true,
    quiet: given.quiet === true,
    color: given.color !== false,
  }),
};
