import { formats } from "@holdfast/report";
import type { ExitCode } from "@holdfast/judge";
import type { CommandContext } from "./commands/define.ts";
import { chosenFacts } from "./library/chosen-library.ts";

/** What `holdfast list` can list. */
export type Listed = "controls" | "frameworks" | "formats" | "parameters";

type Row = Readonly<Record<string, unknown>>;

async function rows(what: Listed, dataFolder: string): Promise<readonly Row[]> {
  if (what === "formats") return formats.map(({ id, title, extension }) => ({ id, title, extension }));
  const library = await chosenFacts(dataFolder);
  if (what === "parameters") {
    return library.parameters.map(({ name, meaning, form, default: values }) => {
      const readers = library.controls.filter(({ parameters }) => parameters.includes(name)).map(({ id }) => id);
      return { name, form, default: values, controls: readers, meaning };
    });
  }
  if (what === "frameworks") {
    return library.frameworks.map(({ id, name, description, sections }) => ({
      id,
      name,
      description,
      // A control may support several sections.
      controls: [...new Set(sections.flatMap(({ controls }) => controls))],
    }));
  }
  return library.controls.map(({ id, name, score, severity, category, scope }) => {
    const frameworks = library.frameworks.filter(({ sections }) => sections.some(({ controls }) => controls.includes(id)));
    return { id, name, score, severity, category, scope, frameworks: frameworks.map((framework) => framework.id) };
  });
}

/** The columns that people see. */
const COLUMNS: Readonly<Record<Listed, (row: Row) => readonly string[]>> = {
  controls: ({ id, severity, name, scope }) => [
    String(id),
    String(severity),
    `${String(name)}${(scope as readonly string[]).includes("file") ? "" : " (not from files)"}`,
  ],
  frameworks: ({ id, name, controls, description }) => [
    String(id),
    String(name),
    `${(controls as readonly string[]).length} controls`,
    String(description),
  ],
  parameters: ({ name, form, controls, meaning }) => [
    String(name),
    String(form),
    (controls as readonly string[]).join(","),
    String(meaning),
  ],
  formats: ({ id, extension, title }) => [String(id), typeof extension === "string" ? extension : "", String(title)],
};

/** A line that is no wider; JSON has the whole text. */
function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, width - 1).trimEnd()}…`;
}

/** Writes a list of what the library or the program has. */
export async function runList(what: Listed, format: "pretty" | "json", { stdout, environment }: CommandContext): Promise<ExitCode> {
  const list = await rows(what, environment.dataFolder);
  if (format === "json") {
    stdout.write(`${JSON.stringify(list, null, 2)}\n`);
    return 0;
  }
  const table = list.map(COLUMNS[what]);
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table) {
    const line = row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join("  ");
    stdout.write(`${what === "frameworks" || what === "parameters" ? cut(line, environment.width) : line}\n`);
  }
  return 0;
}
