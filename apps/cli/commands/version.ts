import type { DeclareCommand } from "./define.ts";

/** `holdfast version` */
export const declareVersion: DeclareCommand = (command, { stdout, version, end }) => {
  command.addHelpText("after", "\nExample:\n  holdfast version").action(() => {
    stdout.write(`holdfast ${version} (Node ${process.version})\n`);
    end(0);
  });
};
