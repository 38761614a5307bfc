import type { Control, Library, RuleDescription } from "@holdfast/core";
import type { ExitCode } from "@holdfast/judge";
import { selectControls } from "@holdfast/posture";
import { printable } from "@holdfast/report";
import type { CommandContext } from "./commands/define.ts";
import { knownLibrary } from "./known-library.ts";
import { suggestion } from "./output-targets.ts";
import { UsageError } from "./usage-error.ts";

/** Breaks a paragraph's lines at the width; code blocks, lists and headings keep theirs. */
function wrap(markdown: string, width: number): string {
  let inCode = false;
  return markdown
    .split("\n")
    .flatMap((line) => {
      if (line.startsWith("```")) inCode = !inCode;
      if (inCode || line.length <= width || line.startsWith("```")) return [line];
      const mark = /^\s*(?:[-*] |\d+\. )?/u.exec(line)?.[0] ?? "";
      const lines: string[] = [];
      let start = mark;
      let current = "";
      for (const word of line.slice(mark.length).split(" ")) {
        if (current !== "" && start.length + current.length + 1 + word.length > width) {
          lines.push(start + current);
          start = " ".repeat(mark.length);
          current = word;
        } else current = current === "" ? word : `${current} ${word}`;
      }
      return [...lines, start + current];
    })
    .join("\n");
}

const LAYOUTS: Readonly<Record<NonNullable<RuleDescription["layout"]>, string>> = {
  kubeadm: "not applicable where all nodes are of a distribution without kubeadm's files, and none is reported",
  "kubelet-service": "not applicable where all nodes are of a distribution whose kubelet is no service of the system, and none is reported",
};

/** What a rule is given, and where it can't be judged. */
function scopeText({ kinds, needs, clouds, layout }: RuleDescription): string {
  const names = kinds.map(({ group, kind }) => (group === "" ? kind : `${group}/${kind}`));
  return [
    `judges ${names.join(", ")}`,
    ...(needs === null ? [] : [`needs ${needs}`]),
    ...(clouds.length === 0 ? [] : [`applicable on ${clouds.join(" and ")} alone`]),
    ...(layout === null ? [] : [LAYOUTS[layout]]),
  ].join("; ");
}

function ruleLines(control: Control, library: Library): readonly string[] {
  const byName = new Map(library.rules.map((rule): [string, RuleDescription] => [rule.name, rule]));
  return control.rules.flatMap((name) => {
    const rule = byName.get(name);
    if (rule === undefined) return [];
    return [`- ${name}: ${rule.description}`, `  ${scopeText(rule)}`];
  });
}

/** Wider lines of prose are hard to read. */
const WIDEST = 100;

/** Writes the page of a control, or of a user's own rule. */
export async function runExplain(name: string, customRules: readonly string[], { stdout, environment }: CommandContext): Promise<ExitCode> {
  const library = await knownLibrary({ customRules }, environment);
  const selection = selectControls(library, { frameworks: [], controls: [name], excludeControls: [] });
  if ("unknown" in selection) {
    const framework = library.frameworks.find(({ id }) => id === name.toLowerCase());
    if (framework !== undefined)
      throw new UsageError(
        `${framework.id} is a framework, not a control\n\`holdfast scan framework ${framework.id} PATH\` judges by its controls.`,
      );
    const nearest = selection.unknown[0]?.nearest ?? [];
    throw new UsageError(`unknown control "${name}"${suggestion(nearest)}\n\`holdfast list controls\` lists them all.`);
  }
  for (const control of selection.controls) {
    const { id, score, severity, category, subCategory, help, parameters } = control;
    const frameworks = library.frameworks.filter(({ sections }) => sections.some(({ controls }) => controls.includes(id)));
    const grave = `${severity}${score === null ? "" : ` (${score})`}`;
    const frameworkNames = frameworks.map((framework) => framework.id).join(", ");
    const text = [
      `${id}  ${control.name}`,
      [grave, category, subCategory ?? "", frameworkNames].filter((part) => part !== "").join(" · "),
      "",
      help.description,
      "",
      "Why it matters",
      help.why,
      "",
      "How to fix",
      help.fix,
      "",
      "Limits",
      help.limits,
      "",
      "Rules",
      ...ruleLines(control, library),
      ...(parameters.length === 0
        ? []
        : [
            "",
            "Parameters",
            ...library.parameters.flatMap((one) =>
              parameters.includes(one.name) ? [`- ${one.name}: ${one.meaning} Now: ${one.default.join(", ") || "empty"}.`] : [],
            ),
          ]),
    ].join("\n");
    // A rule of the user's own may say anything.
    const safe = text.split("\n").map(printable).join("\n");
    stdout.write(`${wrap(safe, Math.min(environment.width, WIDEST))}\n`);
  }
  return 0;
}
