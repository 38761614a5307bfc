import { Argument } from "commander";
import type { Downloaded } from "../run-download.ts";
import type { DeclareCommand } from "./define.ts";

const EXAMPLES = `
Examples:
  holdfast download artifacts --output policies/    a folder of all of it
  holdfast download framework nsa                   nsa.json in this folder
  holdfast download control C-0057 --output -       on standard output

Nothing is fetched: the files are made of the library that Holdfast has.`;

/** `holdfast download artifacts|framework|control|controls-inputs|attack-tracks|exceptions [name]` */
export const declareDownload: DeclareCommand = (command, context) => {
  command
    .addArgument(
      new Argument("<what>", "what to write").choices([
        "artifacts",
        "framework",
        "control",
        "controls-inputs",
        "attack-tracks",
        "exceptions",
      ]),
    )
    .argument("[name]", "a framework or control; all of them where none is named")
    .option("-o, --output <path>", "the file to write, or a folder; - for standard output")
    .addHelpText("after", EXAMPLES)
    .action(async (what: Downloaded, name: string | undefined, { output }: { readonly output?: string }) => {
      const { runDownload } = await import("../run-download.ts");
      context.end(await runDownload({ what, name, output }, context));
    });
};
