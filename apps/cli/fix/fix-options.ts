import { severalPaths } from "../option-values.ts";
import type { OptionGroup } from "../scan-options/define.ts";

interface Given {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly only?: readonly string[];
  readonly allowDirty?: boolean;
  readonly json?: boolean;
}

/** What `holdfast fix` is told beside what a scan is told. */
export interface FixOptions {
  /** Nothing is written; the changes are printed as a patch. */
  readonly dryRun: boolean;
  /** Files are changed without asking. */
  readonly yes: boolean;
  /** Files and folders, of which alone files are changed; all where there are none. */
  readonly only: readonly string[];
  /** Files that can't be restored from Git are changed too. */
  readonly allowDirty: boolean;
  /** What was done is printed as JSON. */
  readonly json: boolean;
}

/** How files are changed. */
export const fixOptions: OptionGroup<Given, FixOptions> = {
  declare: (command) => {
    command
      .option("--dry-run", "write nothing; print the changes as a patch for `git apply` and `patch -p1`")
      .option("-y, --yes", "change files without asking, also those that are in no Git repository")
      .option("--only <path>", "change this file, or files of this folder, and no others; may be repeated", severalPaths)
      .option("--allow-dirty", "change files that have changes which are not committed")
      .option("--json", "print what was done as JSON");
  },
  lists: ["only"],
  read: ({ dryRun, yes, only = [], allowDirty, json }) => ({
    dryRun: dryRun === true,
    yes: yes === true,
    only,
    allowDirty: allowDirty === true,
    json: json === true,
  }),
};
