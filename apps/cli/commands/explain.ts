import type { DeclareCommand } from "./define.ts";

/** `holdfast explain C-0057` */
export const declareExplain: DeclareCommand = (command, context) => {
  command
    .argument("<control>", "the id or name of a control")
    .addHelpText("after", "\nExample:\n  holdfast explain C-0057")
    .action(async (name: string) => {
      const { runExplain } = await import("../run-explain.ts");
      context.end(await runExplain(name, context));
    });
};
