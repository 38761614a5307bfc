import { severalPaths } from "../option-values.ts";
import { UsageError } from "../usage-error.ts";
import type { OptionGroup } from "./define.ts";

interface Given {
  readonly hide?: boolean;
  readonly encrypt?: boolean;
  readonly recipient?: readonly string[];
  readonly submit?: string;
  readonly keepLocal?: boolean;
}

export interface DeliveryConfiguration {
  /** Names are replaced by pseudonyms in all outputs. */
  readonly hide: boolean;
  /** Null where outputs are written as they are; else the public keys they are encrypted for, or files of such, and none where a passphrase of the environment does it. */
  readonly encryptFor: readonly string[] | null;
  /** Where the result is sent, if anywhere. */
  readonly submit: URL | undefined;
}

/** The address that results are sent to. Throws `UsageError`. */
function endpoint(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:"))
    throw new UsageError(`--submit ${text}: expected an address such as https://results.example.com/holdfast`);
  if (url.username !== "" || url.password !== "")
    throw new UsageError("--submit: an address with a password in it ends up in logs; set HOLDFAST_SUBMIT_TOKEN instead");
  return url;
}

/** Who may read what is written, and where it goes besides: for `scan` and for `report`. */
export const deliveryOptions: OptionGroup<Given, DeliveryConfiguration> = {
  declare: (command) => {
    command
      .option("--hide", "replace names by pseudonyms in every output; HOLDFAST_HIDE_KEY makes them the same in every scan")
      .option("--encrypt", "encrypt every output, for the holder of the passphrase in HOLDFAST_ENCRYPTION_KEY (see `holdfast decrypt`)")
      .option(
        "--recipient <key>",
        "encrypt every output for the holder of this key, `age1…` or a file of such; may be repeated",
        severalPaths,
      )
      .option("--submit <url>", "send the result, as JSON, to this address of yours; HOLDFAST_SUBMIT_TOKEN is sent as bearer token")
      .option("--keep-local", "send the result nowhere, whatever else says where to");
  },
  lists: ["recipient"],
  read: ({ hide, encrypt, recipient = [], submit, keepLocal }) => ({
    hide: hide === true,
    encryptFor: encrypt === true || recipient.length > 0 ? recipient : null,
    submit: submit === undefined || keepLocal === true ? undefined : endpoint(submit),
  }),
};
