import { severalPaths } from "../option-values.ts";
import type { OptionGroup } from "./define.ts";

interface Given {
  readonly exceptions?: readonly string[];
  readonly honorInlineExceptions?: boolean;
}

export interface ExceptionConfiguration {
  readonly exceptions: {
    /** Files and folders. */
    readonly paths: readonly string[];
    /** What objects say of themselves in annotations counts. */
    readonly honorInline: boolean;
  };
}

/** What is accepted. */
export const exceptionOptions: OptionGroup<Given, ExceptionConfiguration> = {
  declare: (command) => {
    command
      .option("--exceptions <path>", "accept what the exceptions in this file or folder say; may be repeated", severalPaths)
      .option("--honor-inline-exceptions", "accept what objects say of themselves in annotations (kubescape.io/skip-controls)");
  },
  lists: ["exceptions"],
  read: ({ exceptions = [], honorInlineExceptions = false }) => ({ exceptions: { paths: exceptions, honorInline: honorInlineExceptions } }),
};
