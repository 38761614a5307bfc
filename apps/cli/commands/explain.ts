import { severalPaths } from "../option-values.ts";
import type { DeclareCommand } from "./define.ts";

/** `holdfast explain C-0057` */
export const declareExplain: DeclareCommand = (command, context) => {
  command
    .argument("<control>", "the id or name of a control")
    .option("--custom-rules <path>", "know the rules in this .rego file or folder too; may be repeated", severalPaths)
    .addHelpText("after", "\nExamples:\n  holdfast explain C-0057\n  holdfast explain ORG-1 --custom-rules rules/")
    .action(async (name: string, { customRules = [] }: { readonly customRules?: readonly string[] }) => {
      const { runExplain } = await import("../run-explain.ts");
      context.end(await runExplain(name, customRules, context));
    });
};
