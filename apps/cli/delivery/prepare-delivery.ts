import type { Result } from "@holdfast/core";
import type { Environment } from "../environment.ts";
import type { DeliveryConfiguration } from "../scan-options/delivery.ts";
import { encryptionPassphrase } from "./encryption-passphrase.ts";
import type { Seal } from "./seal.ts";

/** What is done with a result on its way out. */
export interface Delivery {
  /** Encrypts outputs; null where they are written as they are. */
  readonly seal: Seal | null;
  /** Names are replaced by pseudonyms. */
  readonly hides: boolean;
  /** The result that outputs show: with pseudonyms where names are hidden. */
  readonly shown: (result: Result) => Result;
  /** Sends the result; gives null where it was taken, else why not. Undefined where it is sent nowhere. */
  readonly submit:
    | {
        readonly url: URL;
        readonly send: (pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>) => Promise<string | null>;
      }
    | undefined;
}

/** The variable of a name, where it says something. */
function variable({ variables }: Environment, name: string): string | undefined {
  return (variables[name] ?? "") === "" ? undefined : variables[name];
}

async function sender(url: URL, seal: Seal | null, environment: Environment, version: string): Promise<NonNullable<Delivery["submit"]>> {
  const { submitResult } = await import("./submit-result.ts");
  const token = variable(environment, "HOLDFAST_SUBMIT_TOKEN");
  return {
    url,
    send: async (pieces) => {
      const parts: Buffer[] = [];
      for await (const piece of seal === null ? pieces : seal(pieces)) parts.push(Buffer.from(piece));
      const type = seal === null ? "application/json" : "application/octet-stream";
      return submitResult({ url, body: Buffer.concat(parts), type, token, agent: `holdfast/${version}` });
    },
  };
}

/** Makes ready what delivery needs, before anything is scanned: keys are read now. What is not asked for is not loaded. Throws `UsageError`. */
export async function prepareDelivery(
  { hide, encryptFor, submit }: DeliveryConfiguration,
  environment: Environment,
  version: string,
): Promise<Delivery> {
  const passphrase = encryptionPassphrase(environment);
  const seal = encryptFor === null ? null : (await import("./seal.ts")).sealFor(encryptFor, passphrase, environment.workingFolder);
  const hidden = hide ? (await import("./hidden-result.ts")).hiddenResult : null;
  const hideKey = variable(environment, "HOLDFAST_HIDE_KEY");
  return {
    seal,
    hides: hide,
    shown: (result) => (hidden === null ? result : hidden(result, hideKey)),
    submit: submit === undefined ? undefined : await sender(submit, seal, environment, version),
  };
}
