import type { AddCommand } from "./define.ts";

/** `holdfast explain C-0057` */
export const addExplain: AddCommand = (program, context) => {
  program
    .command("explain")
    .description("say what a control means, why it matters, how to fix it and what it can't see")
    .argument("<control>", "the id or name of a control")
    .addHelpText("after", "\nExample:\n  holdfast explain C-0057")
    .action(async (name: string) => {
      const { runExplain } = await import("../run-explain.ts");
      context.end(await runExplain(name, context));
    });
};
