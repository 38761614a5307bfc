import { InvalidArgumentError } from "commander";
import type { OptionGroup } from "./define.ts";

interface Given {
  readonly gitRef?: string;
}

export interface GitConfiguration {
  readonly git: {
    /** The branch, tag or commit that is scanned of every repository which names none. */
    readonly ref: string | undefined;
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
  },
  lists: [],
  read: ({ gitRef }) => ({ git: { ref: gitRef } }),
};
