import { severalPaths } from "../option-values.ts";
import type { DeclareCommand } from "./define.ts";

const EXAMPLES = `
Examples:
  holdfast decrypt result.json.age --identity key.txt --output result.json
  holdfast decrypt result.json.age --identity key.txt | holdfast report -

Without --identity it is the passphrase in HOLDFAST_ENCRYPTION_KEY that decrypts. The
form is age's, version 1: the program age reads the same files.`;

/** `holdfast decrypt FILE` */
export const declareDecrypt: DeclareCommand = (command, context) => {
  command
    .argument("<file>", "what was encrypted; - for standard input")
    .option("-i, --identity <file>", "a file with secret keys, as `holdfast keygen` writes it; may be repeated", severalPaths)
    .option("-o, --output <file>", "write to this file; to standard output where none is named")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string, { identity = [], output }: { readonly identity?: readonly string[]; readonly output?: string }) => {
      const { runDecrypt } = await import("../delivery/run-decrypt.ts");
      context.end(await runDecrypt({ file, identities: identity, output }, context));
    });
};
