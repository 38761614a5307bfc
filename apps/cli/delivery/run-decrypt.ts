// Loaded only where a command asks for it.
import { once } from "node:events";
import { createReadStream, readFileSync } from "node:fs";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { armor, Decrypter } from "age-encryption";
import type { ExitCode } from "@holdfast/judge";
import { whyUnread } from "../file-reason.ts";
import type { CommandContext } from "../commands/define.ts";
import { replaceFile } from "../replace-file.ts";
import { UsageError } from "../usage-error.ts";
import { encryptionPassphrase } from "./encryption-passphrase.ts";

export interface DecryptConfiguration {
  /** What was encrypted; `-` is standard input. */
  readonly file: string;
  /** Files of secret keys; where there are none, a passphrase of the environment decrypts. */
  readonly identities: readonly string[];
  readonly output: string | undefined;
}

function decrypterFor(identities: readonly string[], { environment }: CommandContext): Decrypter {
  const decrypter = new Decrypter();
  for (const file of identities) {
    let text: string;
    try {
      text = readFileSync(path.resolve(environment.workingFolder, file), "utf8");
    } catch (error) {
      throw new UsageError(`--identity ${file}: it can't be read`, { cause: error });
    }
    const keys = text.split("\n").filter((line) => line.startsWith("AGE-SECRET-KEY-"));
    if (keys.length === 0) throw new UsageError(`--identity ${file}: there is no secret key (AGE-SECRET-KEY-…) in it`);
    try {
      for (const key of keys) decrypter.addIdentity(key.trim());
    } catch (error) {
      throw new UsageError(`--identity ${file}: a key is not as it was made`, { cause: error });
    }
  }
  if (identities.length > 0) return decrypter;
  const passphrase = encryptionPassphrase(environment);
  if (passphrase === undefined)
    throw new UsageError("name the file of your secret key with --identity, or set the passphrase in HOLDFAST_ENCRYPTION_KEY");
  decrypter.addPassphrase(passphrase);
  return decrypter;
}

/** The encrypted bytes, whether they were written as such or as text. */
async function encrypted(file: string, { environment, stdin }: CommandContext): Promise<Uint8Array> {
  let bytes: Buffer;
  try {
    bytes = await buffer(file === "-" ? stdin : createReadStream(path.resolve(environment.workingFolder, file)));
  } catch (error) {
    throw new UsageError(`${file}: ${whyUnread(error)}`, { cause: error });
  }
  const head = bytes.toString("latin1", 0, 100).trimStart();
  if (head.startsWith("age-encryption.org/")) return bytes;
  if (!head.startsWith("-----BEGIN AGE")) throw new UsageError(`${file}: it is not encrypted, or not in the form of age`);
  try {
    return armor.decode(bytes.toString("latin1"));
  } catch (error) {
    throw new UsageError(`${file}: it is not as it was written: it may have been cut`, { cause: error });
  }
}

/** Decrypts what `--encrypt` or `--recipient` wrote. A file is written whole or not at all: bytes that were changed on the way are noticed. Throws `UsageError`. */
export async function runDecrypt({ file, identities, output }: DecryptConfiguration, context: CommandContext): Promise<ExitCode> {
  const decrypter = decrypterFor(identities, context);
  const bytes = await encrypted(file, context);
  try {
    const plain = await decrypter.decrypt(ReadableStream.from([bytes]));
    if (output !== undefined)
      await replaceFile(
        path.resolve(context.environment.workingFolder, output),
        async (handle) => {
          for await (const part of plain) await handle.writeFile(part);
        },
        { newMode: 0o600, strict: true },
      );
    else for await (const part of plain) if (!context.stdout.write(part)) await once(context.stdout, "drain");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EPIPE") return 0;
    if (code !== undefined && output !== undefined) throw new UsageError(`${output} can't be written (${code})`, { cause: error });
    throw new UsageError(`${file}: it can't be decrypted: it was encrypted for another key or passphrase, or was changed since`, {
      cause: error,
    });
  }
  return 0;
}
