import { UsageError } from "../usage-error.ts";
import { KUBESCAPE_COMMANDS } from "./commands.ts";
import type { FlagAlias } from "./define.ts";
import { KUBESCAPE_FLAGS } from "./flags.ts";

/** Commands of Holdfast's own, whose flags may have the names of Kubescape's and mean something else. */
const OURS: ReadonlySet<string> = new Set(["rego", "library", "report", "explain", "completion", "trend", "next", "exceptions", "help"]);

const FLAGS: ReadonlyMap<string, FlagAlias> = new Map(KUBESCAPE_FLAGS.flatMap((flag) => flag.names.map((name) => [name, flag] as const)));

/** The place of the first word that is no flag of Kubescape's root command nor the value of one. */
function commandPlace(args: readonly string[]): number {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? "";
    if (!word.startsWith("-")) return at;
    if (FLAGS.get(word)?.takesValue === true) at += 1;
  }
  return args.length;
}

/** The command line with the words of a command of Kubescape's replaced by ours. Throws `UsageError` for one that Holdfast lacks. */
function withOurCommand(args: readonly string[], place: number): readonly string[] {
  const found = KUBESCAPE_COMMANDS.find(({ words }) => words.every((word, at) => args[place + at] === word));
  if (found === undefined || "same" in found.meaning) return args;
  const { words, meaning } = found;
  if ("instead" in meaning) throw new UsageError(`\`${words.join(" ")}\` is a command of Kubescape. ${meaning.instead}.`);
  return [...args.slice(0, place), ...meaning.becomes, ...args.slice(place + words.length)];
}

/** The words that say a flag of Kubescape's here, where it has this value. */
function ourWords(name: string, { takesValue, meaning }: FlagAlias, value: string | undefined): readonly string[] {
  if ("instead" in meaning) throw new UsageError(`${name} is a flag of Kubescape. Instead: ${meaning.instead}.`);
  if ("always" in meaning && meaning.values !== undefined && !meaning.values.includes(value ?? ""))
    throw new UsageError(`${name} is a flag of Kubescape, whose value is one of ${meaning.values.join(", ")}: ${meaning.always}.`);
  if (!("becomes" in meaning)) return [];
  // `--flag=false` asks for what is so without it.
  if (!takesValue) return value === "false" ? [] : [meaning.becomes];
  const said = value === undefined ? value : (meaning.value?.(value) ?? value);
  if (said === undefined) return [meaning.becomes];
  return meaning.becomes === "--cluster" ? [`--cluster=${said}`] : [meaning.becomes, said];
}

/**
 * The command line with Kubescape's commands and flags said as they are said here; what is the same stays, and so does what stands behind `--`. Throws `UsageError`, which
 * says what to use instead, for those that Holdfast refuses.
 */
export function fromKubescape(args: readonly string[]): readonly string[] {
  const place = commandPlace(args);
  if (OURS.has(args[place] ?? "")) return args;
  const renamed = withOurCommand(args, place);
  const command = renamed[place];
  const said: string[] = [];
  for (let at = 0; at < renamed.length; at++) {
    const word = renamed[at] ?? "";
    if (word === "--") return [...said, ...renamed.slice(at)];
    const assigned = /^(?<name>--?[\w-]+)=(?<value>.*)$/su.exec(word)?.groups;
    const name = assigned?.["name"] ?? word;
    const flag = FLAGS.get(name);
    if (flag === undefined || "same" in flag.meaning || (flag.command ?? command) !== command) {
      said.push(word);
      // The value of a flag is never a flag.
      const next = renamed[at + 1];
      if (flag?.takesValue === true && assigned === undefined && next !== undefined && next !== "--") said.push(renamed[++at] ?? "");
      continue;
    }
    const value = assigned?.["value"] ?? (flag.takesValue ? renamed[++at] : undefined);
    said.push(...ourWords(name, flag, value));
  }
  return said;
}
