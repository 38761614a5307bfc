import type { DeclareCommand } from "./define.ts";

const EXAMPLES = `
Examples:
  holdfast keygen key.txt                       prints the public key
  holdfast scan deploy/ --recipient age1…       what only the holder of key.txt reads`;

/** `holdfast keygen FILE` */
export const declareKeygen: DeclareCommand = (command, context) => {
  command
    .argument("<file>", "where the secret key goes; a file that is there is never overwritten")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string) => {
      const { runKeygen } = await import("../delivery/run-keygen.ts");
      context.end(await runKeygen(file, context));
    });
};
