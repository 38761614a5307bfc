// Loaded only where a command asks for it.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import type { ExitCode } from "@holdfast/judge";
import { whyUnwritten } from "../file-reason.ts";
import type { CommandContext } from "../commands/define.ts";
import { UsageError } from "../usage-error.ts";

/** Writes a new secret key into a file that only its owner reads, and prints the public one. Throws `UsageError` where the file is there already. */
export async function runKeygen(file: string, { environment, stdout }: CommandContext): Promise<ExitCode> {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  try {
    writeFileSync(path.resolve(environment.workingFolder, file), `# public key: ${recipient}\n${identity}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UsageError(
      code === "EEXIST" ? `${file} is there already: a key is never overwritten` : `${file} can't be written: ${whyUnwritten(error)}`,
      { cause: error },
    );
  }
  stdout.write(`${recipient}\n`);
  return 0;
}
