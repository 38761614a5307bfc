import type { ControlResult, Severity } from "@holdfast/core";

/** SARIF's levels (3.27.10) by severity. What nobody has rated is a warning: no rating is not harmlessness. */
export const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  unknown: "warning",
};

// Code hosts refuse rules with longer texts or more tags than these.
const MAX_DESCRIPTION = 1000;
const MAX_TAGS = 20;

/** Markdown as plain text: code blocks stay as they are; emphasis, links and code marks go. */
function plain(markdown: string): string {
  return markdown
    .replaceAll(/^```.*\n?/gmu, "")
    .replaceAll(/!?\[([^\]\n]*)\]\([^)\s]*\)/gu, "$1")
    .replaceAll(/(\*\*|__|`)(?=\S)(.+?)\1/gu, "$2");
}

function cut(text: string, length: number): string {
  const whole = text.toWellFormed();
  return whole.length <= length
    ? whole
    : `${whole
        .slice(0, length - 1)
        .toWellFormed()
        .replace(/\uFFFD$/u, "")}…`;
}

/** An identifier that people can read, `PrivilegedContainer`, which is what SARIF's name of a rule is (3.49.7). */
function identifier(name: string): string {
  return name
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}

/** The sections of a control's help, with their headings. Those that are empty are left out. */
function helpSections({ help }: ControlResult): readonly (readonly [heading: string, text: string])[] {
  const sections = [
    ["Why it matters", help.why],
    ["How to fix", help.fix],
    ["Limits", help.limits],
  ] as const;
  return sections.filter(([, text]) => text.trim() !== "");
}

function help(control: ControlResult): { readonly text: string; readonly markdown: string } {
  const sections = helpSections(control);
  const title = `${control.id} ${control.name}`;
  const description = control.help.description.trim();
  const parts = (heading: (text: string) => string, body: (text: string) => string): string =>
    [
      title,
      ...(description === "" ? [] : [body(description)]),
      ...sections.flatMap(([name, text]) => [heading(name), body(text.trim())]),
    ].join("\n\n");
  return {
    text: parts((name) => `${name}:`, plain),
    markdown: parts(
      (name) => `## ${name}`,
      (text) => text,
    ).replace(title, `# ${title}`),
  };
}

/** A control as SARIF's reportingDescriptor (3.49). `security-severity`, `tags` and `precision` are what code hosts sort and filter by. */
export function ruleOf(control: ControlResult): object {
  const { id, name, score, severity, category, subCategory, compliance, strictCompliance, counts, status } = control;
  const tags = [...new Set(["security", "kubernetes", ...control.frameworks, ...control.tags])].slice(0, MAX_TAGS);
  const description = plain(control.help.description).trim();
  return {
    id,
    name: cut(identifier(name), 255) || id,
    shortDescription: { text: cut(name, MAX_DESCRIPTION) || id },
    fullDescription: { text: cut(description, MAX_DESCRIPTION) || cut(name, MAX_DESCRIPTION) || id },
    help: help(control),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      ...(score === null ? {} : { "security-severity": String(score) }),
      tags,
      precision: "high",
      severity,
      category: subCategory === undefined ? category : `${category}/${subCategory}`,
      status,
      counts,
      compliance,
      strictCompliance,
    },
  };
}
