import { formats } from "@holdfast/report";
import type { ExitCode } from "@holdfast/judge";
import type { CommandContext } from "./commands/define.ts";
import type { Environment } from "./environment.ts";
import { knownLibrary, type OwnPolicies } from "./known-library.ts";
import { UsageError } from "./usage-error.ts";

/** What `holdfast list` can list. */
export type Listed = "controls" | "frameworks" | "formats" | "parameters";

type Row = Readonly<Record<string, unknown>>;

/** What the options for a user's own policies can change. */
const OWN: ReadonlySet<Listed> = new Set(["controls", "frameworks"]);

async function rows(what: Listed, own: OwnPolicies, environment: Environment): Promise<readonly Row[]> {
  if (!OWN.has(what) && (own.customRules ?? own.frameworkFile) !== undefined)
    throw new UsageError(`--${own.customRules ? "custom-rules" : "framework-file"} has no effect on the list of ${what}. Leave it out.`);
  if (what === "formats") return formats.map(({ id, title, extension }) => ({ id, title, extension }));
  const library = await knownLibrary(own, environment);
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

/** Whether files can answer a control; one of the user's own says nothing of where it applies. */
function answeredByFiles(scope: readonly string[]): boolean {
  return scope.length === 0 || scope.includes("file");
}

/** The columns that people see. */
const COLUMNS: Readonly<Record<Listed, (row: Row) => readonly string[]>> = {
  controls: ({ id, severity, name, scope }) => [
    String(id),
    String(severity),
    `${String(name)}${answeredByFiles(scope as readonly string[]) ? "" : " (not from files)"}`,
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

/** Writes a list of what the library or the program has, and of the user's own rules and frameworks that are named. */
export async function runList(
  what: Listed,
  { format, ...own }: OwnPolicies & { readonly format: "pretty" | "json" },
  { stdout, environment }: CommandContext,
): Promise<ExitCode> {
  const list = await rows(what, own, environment);
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
