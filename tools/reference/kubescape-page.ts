import { KUBESCAPE_COMMANDS } from "../../apps/cli/kubescape/commands.ts";
import type { FlagMeaning } from "../../apps/cli/kubescape/define.ts";
import { KUBESCAPE_FLAGS } from "../../apps/cli/kubescape/flags.ts";
import { KUBESCAPE_VARIABLES } from "../../apps/cli/settings/variables.ts";

const HEAD = `# Coming from Kubescape

<!-- Made by tools/generate-reference.ts: the tables from apps/cli/kubescape, which the program itself goes by. -->

Control ids, names of frameworks, rules of the package \`armo_builtins\`, exceptions, files of parameters and policies, and most commands and flags work here as they are:
\`holdfast\` in the place of \`kubescape\` is the way to begin. What Holdfast refuses it refuses with a word on what to use instead; nothing is accepted and then ignored without this page saying so.

## What comes out differently, and why

- **Formats.** \`--format json\` is Holdfast's own result. Programs that read Kubescape's JSON v2 read \`--format kubescape-json\`.
- **Exit codes.** Kubescape ends with 0 or 1. Here 1 means that a gate was breached, 2 wrong usage, 3 that nothing or too little was evaluated, 4 that Holdfast failed
  ([exit codes](reference/exit-codes.md)). A script that asks for "not 0" works as before.
- **Compliance.** Kubescape's score of a framework is the mean over all its controls; a control that was skipped counts as 0 %, one that no object is of the kind for counts as 100 %, and an object whose failures
  are all excepted counts as passed. Here only controls with at least one verdict count, what was not evaluated is "no data", and what an exception accepts counts on neither side; \`strictCompliance\` counts it
  as failed ([verdicts and scores](concepts/verdicts-and-scores.md)). Where a scan had no data, there is no score. Kubescape's own figure stands in \`kubescape-json\`.
- **Coverage and reach** stand beside every score: how much of what could be read was judged, and how many of a framework's controls this kind of input can answer at all.
- **Charts and overlays** are rendered by your own \`helm\` and \`kustomize\`; one that can't be rendered is a problem that takes from coverage.
- **Exceptions.** \`frameworkName\`, \`apiGroup\`, selectors and images all count; a pattern means the whole name; an exception that can't be understood ends the run with 2 instead of doing nothing.
- **The network.** Nothing is downloaded at the start and nothing is sent anywhere: policies are inside the program.
- Single verdicts that differ, each with its reason: [where others say something else](differences.md).
`;

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function flagMeaning(meaning: FlagMeaning): string {
  if ("same" in meaning) return meaning.note === undefined ? "the same" : `the same, ${meaning.note}`;
  if ("becomes" in meaning) return `\`${meaning.becomes}\`${meaning.value === undefined ? "" : "; `pretty-printer` is `pretty`"}`;
  if ("always" in meaning) return `accepted, without effect: ${meaning.always}`;
  return `refused: ${meaning.instead}`;
}

/** The page for people who know Kubescape, as Markdown. */
export function kubescapePage(): string {
  const commands = KUBESCAPE_COMMANDS.map(({ words, meaning }) => {
    const here =
      "same" in meaning ? "the same" : "becomes" in meaning ? `\`holdfast ${meaning.becomes.join(" ")}\`` : `refused: ${meaning.instead}`;
    return `| \`${words.join(" ")}\` | ${cell(here)} |`;
  });
  const flags = KUBESCAPE_FLAGS.map(
    ({ names, meaning, command }) =>
      `| ${names.map((name) => `\`${name}\``).join(", ")}${command === undefined ? "" : ` of \`${command}\``} | ${cell(flagMeaning(meaning))} |`,
  );
  const variables = KUBESCAPE_VARIABLES.map(({ name, key, meaning }) => `| \`${name}\` | \`--${key}\`: ${cell(meaning)} |`);
  return [
    HEAD,
    "## Commands",
    "",
    "| Kubescape | Holdfast |",
    "|---|---|",
    ...commands,
    "",
    "## Flags",
    "",
    "| Kubescape | Holdfast |",
    "|---|---|",
    ...flags,
    "",
    "## Variables",
    "",
    "They count less than the command line and more than [`holdfast.yaml`](how-to/settings.md).",
    "",
    "| Kubescape | Holdfast |",
    "|---|---|",
    ...variables,
    "| `KUBESCAPE_MASTER_KEY` | the passphrase of `--encrypt` and `decrypt`, where `HOLDFAST_ENCRYPTION_KEY` is not set |",
    "",
    `${sentence("other variables of Kubescape's are not read")}: they are about its downloads and its accounts, and there are none here.`,
    "",
  ].join("\n");
}
