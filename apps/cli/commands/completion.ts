import { Argument, type Command } from "commander";
import { FILES, SHELLS, shellScript, type Shell } from "../completion/shell-scripts.ts";
import type { DeclareCommand } from "./define.ts";

const EXAMPLES = `
Examples:
  source <(holdfast completion bash)                          this bash
  holdfast completion bash > ~/.local/share/bash-completion/completions/holdfast
  holdfast completion zsh > "\${fpath[1]}/_holdfast"
  holdfast completion fish > ~/.config/fish/completions/holdfast.fish
  holdfast completion powershell >> $PROFILE`;

/** `holdfast completion bash|zsh|fish|powershell`, and what the scripts call: `holdfast completion words -- …` */
export const declareCompletion: DeclareCommand = (command, context) => {
  command
    .addArgument(new Argument("<shell>", "the shell").choices([...SHELLS, "words"]))
    .argument("[word...]", "for words, which the scripts call: the command line so far, the last word being the one to complete")
    .addHelpText("after", EXAMPLES)
    .action(async (shell: Shell | "words", words: readonly string[], _options: unknown, self: Command) => {
      if (shell === "words") {
        const { completions } = await import("../completion/completions.ts");
        const { candidates, files } = await completions(words, self.parent ?? self, context);
        for (const each of files ? [...candidates, FILES] : candidates) context.stdout.write(`${each}\n`);
      } else context.stdout.write(shellScript(shell));
      context.end(0);
    });
};
