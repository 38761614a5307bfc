import type { AddCommand } from "./define.ts";

/** `holdfast version` */
export const addVersion: AddCommand = (program, { stdout, version, end }) => {
  program
    .command("version")
    .description("print the version of Holdfast and of the Node it runs on")
    .addHelpText("after", "\nExample:\n  holdfast version")
    .action(() => {
      stdout.write(`holdfast ${version} (Node ${process.version})\n`);
      end(0);
    });
};
