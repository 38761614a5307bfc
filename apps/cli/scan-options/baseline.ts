import { InvalidArgumentError } from "commander";
import { UsageError } from "../usage-error.ts";
import type { OptionGroup } from "./define.ts";

interface Given {
  readonly baseline?: string;
  readonly newOnly?: boolean;
  readonly failOnNew?: boolean;
}

export interface BaselineConfiguration {
  /** What the scan is compared with; undefined where it is not. */
  readonly baseline:
    | {
        readonly file: string;
        /** The severity threshold looks at new findings only. */
        readonly newOnly: boolean;
        readonly failOnNew: boolean;
      }
    | undefined;
}

function baselineFile(value: string): string {
  if (value === "") throw new InvalidArgumentError("Expected the name of a file.");
  return value;
}

/** What findings are compared with. */
export const baselineOptions: OptionGroup<Given, BaselineConfiguration> = {
  declare: (command) => {
    command
      .option(
        "--baseline <file>",
        "compare with an earlier result: of Holdfast, or of Kubescape (JSON v2, or objects of its cluster API)",
        baselineFile,
      )
      .option("--new-only", "with --baseline: --severity-threshold looks only at findings that are new")
      .option("--fail-on-new", "with --baseline: exit 1 when an open finding is new, 3 when that can't be told");
  },
  lists: [],
  read: ({ baseline, newOnly = false, failOnNew = false }) => {
    if (baseline === undefined && (newOnly || failOnNew)) {
      throw new UsageError(
        `${newOnly ? "--new-only" : "--fail-on-new"} needs --baseline: it names the result that findings are new against`,
      );
    }
    return { baseline: baseline === undefined ? undefined : { file: baseline, newOnly, failOnNew } };
  },
};
