import { InvalidArgumentError } from "commander";
import type { OptionGroup } from "./define.ts";

interface Given {
  readonly gitRef?: string;
  readonly lastCommit?: boolean;
}

export interface GitConfiguration {
  readonly git: {
    /** The branch, tag or commit that is scanned of every repository which names none. */
    readonly ref: string | undefined;
    /** Findings name the last commit that touched their line. */
    readonly lastCommit: boolean;
  };
}

function notEmpty(value: string): string {
  if (value === "") throw new InvalidArgumentError("It is empty.");
  return value;
}

/** Repositories that are fetched. */
export const gitOptions: OptionGroup<Given, GitConfiguration> = {
  declare: (command) => {
    command.option(
      "--git-ref <ref>",
      "scan this branch, tag or commit of a Git URL (default: its default branch; or URL?ref=REF)",
      notEmpty,
    );
    command.option("--last-commit", "name the last commit that touched the line of each finding");
  },
  lists: [],
  read: ({ gitRef, lastCommit }) => ({ git: { ref: gitRef, lastCommit: lastCommit === true } }),
};
