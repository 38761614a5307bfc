// The table of Kubescape's commands and flags keeps its word: what it says is there is there.
import { describe, expect, test } from "vitest";
import { buildProgram } from "../../apps/cli/build-program.ts";
import { readEnvironment } from "../../apps/cli/environment.ts";
import { KUBESCAPE_COMMANDS } from "../../apps/cli/kubescape/commands.ts";
import { KUBESCAPE_FLAGS } from "../../apps/cli/kubescape/flags.ts";

type Command = Awaited<ReturnType<typeof buildProgram>>;

async function describedProgram(): Promise<Command> {
  const { stdin, stdout, stderr } = process;
  return buildProgram({ environment: readEnvironment(process), stdin, stdout, stderr, version: "0", end: () => {} }, []);
}

function commandOf(from: Command, words: readonly string[]): Command | undefined {
  const [word, ...rest] = words;
  if (word === undefined || word.startsWith("-")) return from;
  const next = from.commands.find((one) => one.name() === word);
  if (next !== undefined) return commandOf(next, rest);
  // What is no command may be an argument's choice: `list controls`.
  return from.registeredArguments[0]?.argChoices?.includes(word) === true ? from : undefined;
}

describe("the table keeps its word", () => {
  test("each command that is the same, or has another name, is there", async () => {
    const all = await describedProgram();
    const missing = KUBESCAPE_COMMANDS.filter(({ words, meaning }) => {
      if ("instead" in meaning) return false;
      return commandOf(all, "same" in meaning ? words : meaning.becomes) === undefined;
    });
    expect(missing.map(({ words }) => words.join(" "))).toEqual([]);
  });

  test("each flag that is the same, or has another name, is one of some command", async () => {
    const all = await describedProgram();
    const known = new Set<string | undefined>();
    const collect = (command: Command): void => {
      for (const { long, short } of command.options) known.add(long).add(short);
      command.commands.forEach(collect);
    };
    collect(all);
    const missing = KUBESCAPE_FLAGS.flatMap(({ names, meaning }) => {
      if ("same" in meaning) return names.filter((name) => !known.has(name));
      return "becomes" in meaning && !known.has(meaning.becomes.replace(/=.*/u, "")) ? names : [];
    });
    expect(missing).toEqual([]);
  });
});
