// Loaded only where outputs are encrypted.
import { readFileSync } from "node:fs";
import path from "node:path";
import { Encrypter } from "age-encryption";
import { UsageError } from "../usage-error.ts";

/** Encrypts bytes as they come, in the age format (https://age-encryption.org/v1). */
export type Seal = (pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>) => AsyncIterable<Uint8Array>;

/** The public keys that a word names: itself, or those in a file, one a line. Throws `UsageError`. */
function keysOf(word: string, workingFolder: string): readonly string[] {
  if (/^age1[a-z0-9]+$/u.test(word)) return [word];
  if (/^AGE-SECRET-KEY-/iu.test(word))
    throw new UsageError("--recipient: that is a secret key, which nobody else should see; name the public one, age1…");
  let text: string;
  try {
    text = readFileSync(path.resolve(workingFolder, word), "utf8");
  } catch (error) {
    throw new UsageError(
      `--recipient ${word}: it is no public key (age1…), nor a file that can be read\n\`holdfast keygen\` makes a key.`,
      {
        cause: error,
      },
    );
  }
  const lines = text.split("\n").map((line) => line.trim());
  const wrong = lines.findIndex((line) => line !== "" && !line.startsWith("#") && !/^age1[a-z0-9]+$/u.test(line));
  if (wrong !== -1) throw new UsageError(`--recipient: ${word}:${wrong + 1}: expected a public key (age1…)`);
  const keys = lines.filter((line) => line.startsWith("age1"));
  if (keys.length === 0) throw new UsageError(`--recipient ${word}: there is no public key (age1…) in it`);
  return keys;
}

function bytesOf(pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  async function* encoded(): AsyncIterable<Uint8Array> {
    for await (const piece of pieces) yield typeof piece === "string" ? encoder.encode(piece) : piece;
  }
  return ReadableStream.from(encoded());
}

/** Makes the seal for these recipients, or for the passphrase where there are none. Throws `UsageError`. */
export function sealFor(recipients: readonly string[], passphrase: string | undefined, workingFolder: string): Seal {
  const keys = recipients.flatMap((word) => keysOf(word, workingFolder));
  if (keys.length === 0 && passphrase === undefined)
    throw new UsageError(
      "--encrypt needs a key: set a passphrase in HOLDFAST_ENCRYPTION_KEY, or name who may read it with --recipient age1…\n`holdfast keygen` makes a key.",
    );
  const encrypter = (): Encrypter => {
    const made = new Encrypter();
    if (keys.length === 0) made.setPassphrase(passphrase ?? "");
    for (const key of keys) made.addRecipient(key);
    return made;
  };
  try {
    encrypter();
  } catch (error) {
    throw new UsageError(`--recipient: a key is not as it was made: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  return async function* seal(pieces): AsyncIterable<Uint8Array> {
    for await (const part of await encrypter().encrypt(bytesOf(pieces))) yield part;
  };
}

const ARMOUR = "AGE ENCRYPTED FILE";
/** Bytes that make a line of 64 characters. */
const LINE_BYTES = 48;

/** Encrypted bytes as text, for a terminal or a mail: base64 between two lines, as the age format has it. */
export async function* armoured(parts: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  yield `-----BEGIN ${ARMOUR}-----\n`;
  let rest: Buffer = Buffer.alloc(0);
  for await (const part of parts) {
    const all = Buffer.concat([rest, part]);
    const whole = all.length - (all.length % LINE_BYTES);
    let text = "";
    for (let at = 0; at < whole; at += LINE_BYTES) text += `${all.toString("base64", at, at + LINE_BYTES)}\n`;
    rest = all.subarray(whole);
    if (text !== "") yield text;
  }
  yield rest.length === 0 ? `-----END ${ARMOUR}-----\n` : `${rest.toString("base64")}\n-----END ${ARMOUR}-----\n`;
}
