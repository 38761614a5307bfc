import { catalogue } from "./catalogue.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { lineStarts } from "./line-table.ts";

/** Lines longer than this are cut on both sides of the marked place. */
const widest = 120;

/**
 * A diagnostic as text for people: message, place, the line with what is wrong underlined and the line before it, and what to do about it (the
 * hint, or else the catalogue's remedy). Without colours, without a newline at the end.
 */
export function formatDiagnostic(diagnostic: Diagnostic, source: string): string {
  const { code, severity, message, file, line, column } = diagnostic;
  const title = severity === "warning" ? `warning (${code})` : code;
  const lines = [`${title}: ${message}`, `  at ${file}:${String(line)}:${String(column)}`, ...codeFrame(diagnostic, source)];
  lines.push(`  help: ${diagnostic.hint ?? catalogue[diagnostic.kind].remedy}`);
  return lines.join("\n");
}

function codeFrame(diagnostic: Diagnostic, source: string): readonly string[] {
  const { line, column, endLine, endColumn } = diagnostic;
  const width = String(line).length;
  const row = (number: number | null, text: string): string =>
    `  ${(number === null ? "" : String(number)).padStart(width)} | ${text}`.trimEnd();
  const characters = Array.from(sourceLine(source, line));
  const end = Math.max(column + 1, endLine > line ? characters.length + 1 : Math.min(endColumn, characters.length + 1));
  const from = characters.length > widest ? Math.max(0, column - 1 - widest / 2) : 0;
  const shown = characters.slice(from, from + widest);
  const lead = shown.slice(0, column - 1 - from).map((each) => (each === "\t" ? "\t" : " "));
  const marks = "^".repeat(Math.max(1, Math.min(end - column, widest - lead.length)));
  const before = line > 1 ? sourceLine(source, line - 1) : "";
  const above = before.trim() === "" || from > 0 ? [] : [row(line - 1, Array.from(before).slice(0, widest).join(""))];
  return [...above, row(line, shown.join("")), row(null, lead.join("") + marks)];
}

function sourceLine(source: string, line: number): string {
  const starts = lineStarts(source);
  return source.slice(starts[line - 1] ?? source.length, starts[line] ?? source.length).replace(/[\r\n]+$/, "");
}
