import { InvalidArgumentError } from "commander";
import { UsageError } from "../usage-error.ts";
import type { OptionGroup } from "./define.ts";

interface Given {
  /** False where a file of settings says so. */
  readonly ratchet?: string | boolean;
  readonly ratchetUpdate?: boolean;
  readonly allowLoosen?: string;
}

/** The lock file where none is named. */
export const DEFAULT_LOCK_FILE = "holdfast.lock";

export interface RatchetConfiguration {
  /** The lock that the scan is held against; undefined where it is held against none. */
  readonly ratchet:
    | {
        readonly file: string;
        readonly update: boolean;
        /** Why an update may loosen; undefined where it may not. */
        readonly loosenReason: string | undefined;
      }
    | undefined;
}

function reasonText(value: string): string {
  const reason = value.trim();
  if (reason === "") throw new InvalidArgumentError("Expected the reason, which is written into the file.");
  return reason;
}

/** What may never get worse. */
export const ratchetOptions: OptionGroup<Given, RatchetConfiguration> = {
  declare: (command) => {
    command
      .option(
        "--ratchet [file]",
        `exit 1 when something is worse than a lock file says, or is looked at less; --ratchet=FILE names another than ${DEFAULT_LOCK_FILE}`,
      )
      .option("--ratchet-update", "make the lock file, or tighten it")
      .option("--allow-loosen <reason>", "with --ratchet-update: loosen what is not kept, and write the reason into the file", reasonText);
  },
  lists: [],
  read: ({ ratchet, ratchetUpdate = false, allowLoosen }) => {
    if (allowLoosen !== undefined && !ratchetUpdate) {
      throw new UsageError("--allow-loosen needs --ratchet-update: only an update changes the lock file");
    }
    if ((ratchet === undefined || ratchet === false) && !ratchetUpdate) return { ratchet: undefined };
    const file = typeof ratchet === "string" ? ratchet : DEFAULT_LOCK_FILE;
    if (file === "") throw new UsageError("--ratchet= names no file: name one, or leave out the =");
    return { ratchet: { file, update: ratchetUpdate, loosenReason: allowLoosen } };
  },
};
