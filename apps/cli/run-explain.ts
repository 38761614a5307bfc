import type { Control, Library, RuleDescription } from "@holdfast/core";
import type { ExitCode } from "@holdfast/judge";
import { selectControls } from "@holdfast/posture";
import type { CommandContext } from "./commands/define.ts";
import { loadLibraryFacts } from "./load-library.ts";
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

function ruleLines(control: Control, library: Library): readonly string[] {
  const byName = new Map(library.rules.map((rule): [string, RuleDescription] => [rule.name, rule]));
  return control.rules.flatMap((name) => {
    const rule = byName.get(name);
    if (rule === undefined) return [];
    const kinds = rule.kinds.map(({ group, kind }) => (group === "" ? kind : `${group}/${kind}`)).join(", ");
    return [`- ${name}: ${rule.description}`, `  judges ${kinds}${rule.needs === null ? "" : `; needs ${rule.needs}`}`];
  });
}

/** Wider lines of prose are hard to read. */
const WIDEST = 100;

/** Writes a control's page. */
export async function runExplain(name: string, { stdout, environment }: CommandContext): Promise<ExitCode> {
  const library = await loadLibraryFacts();
  const selection = selectControls(library, { frameworks: [], controls: [name], excludeControls: [] });
  if ("unknown" in selection) {
    const nearest = selection.unknown[0]?.nearest ?? [];
    throw new UsageError(`unknown control "${name}"${suggestion(nearest)}\n\`holdfast list controls\` lists them all.`);
  }
  for (const control of selection.controls) {
    const { id, score, severity, category, subCategory, help, parameters } = control;
    const frameworks = library.frameworks.filter(({ sections }) => sections.some(({ controls }) => controls.includes(id)));
    const text = [
      `${id}  ${control.name}`,
      `${severity}${score === null ? "" : ` (${score})`} · ${category}${subCategory === undefined ? "" : ` · ${subCategory}`} · ${frameworks.map((framework) => framework.id).join(", ")}`,
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
    stdout.write(`${wrap(text, Math.min(environment.width, WIDEST))}\n`);
  }
  return 0;
}
