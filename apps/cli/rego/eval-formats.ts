import {
  Decimal,
  fromJson,
  stringify,
  toJson,
  type CoverageRange,
  type CoverageReport,
  type Explanation,
  type ProfileEntry,
  type QuerySolution,
  type RegoValue,
} from "@holdfast/rego";
import { printable } from "@holdfast/report";

/** How the solutions of a query can be written. */
export type EvalFormat = "json" | "pretty" | "values" | "bindings" | "raw" | "discard";

/** How long something took, in nanoseconds, by name. */
export type Metrics = Readonly<Record<string, number>>;

/** The solutions of a query, and what else was asked for; the rest is null. */
export interface EvalReport {
  readonly solutions: readonly QuerySolution[];
  readonly metrics: Metrics | null;
  readonly explanation: Explanation | null;
  readonly profile: readonly ProfileEntry[] | null;
  readonly coverage: CoverageReport | null;
}

/** What goes to standard output, and beside it to standard error. */
export interface EvalText {
  readonly text: string;
  readonly notes: string;
}

/** A value as indented JSON text with keys in order and every digit of large integers, ending with a newline. */
export function jsonText(value: unknown): string {
  return `${indented(value as RegoValue, "")}\n`;
}

function indented(value: RegoValue, margin: string): string {
  const json = toJson(value);
  if (typeof json !== "object" || json === null || json instanceof Decimal) return stringify(json);
  const inner = `${margin}  `;
  const items = Array.isArray(json)
    ? json.map((item) => indented(item as RegoValue, inner))
    : Object.entries(json).map(([key, item]) => `${JSON.stringify(key)}: ${indented(item as RegoValue, inner)}`);
  const [open, close] = Array.isArray(json) ? ["[", "]"] : ["{", "}"];
  return items.length === 0 ? `${open}${close}` : `${open}\n${inner}${items.join(`,\n${inner}`)}\n${margin}${close}`;
}

/** Sets and large values in Rego's order: the text that `stringify` writes, read again. */
function ordered(value: RegoValue): RegoValue {
  return fromJson(stringify(value));
}

function hasBindings({ bindings }: QuerySolution): boolean {
  return Object.keys(bindings).length > 0;
}

/** What was asked for beside the solutions, as members of a JSON object. */
function asideJson({ metrics, explanation, profile, coverage }: EvalReport): Readonly<Record<string, unknown>> {
  return {
    ...(metrics === null ? {} : { metrics }),
    ...(explanation === null ? {} : { explanation: explanation.steps ?? explanation.text.split("\n").slice(0, -1) }),
    ...(profile === null ? {} : { profile }),
    ...(coverage === null ? {} : { coverage }),
  };
}

function asJson(report: EvalReport): string {
  const result = report.solutions.map((solution) => ({
    expressions: solution.expressions.map(({ value, text, line, column }) => ({
      value: ordered(value),
      text,
      location: { row: line, col: column },
    })),
    ...(hasBindings(solution) ? { bindings: ordered(solution.bindings) } : {}),
  }));
  return jsonText({ ...(result.length === 0 ? {} : { result }), ...asideJson(report) });
}

/** A table with frames, as wide as what stands in it. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => (row[i] ?? "").length)));
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => "─".repeat(width + 2)).join(middle) + right;
  const centred = heads.map((head, i) => {
    const room = (widths[i] ?? 0) - head.length;
    return ` ${" ".repeat(Math.floor(room / 2))}${head}${" ".repeat(Math.ceil(room / 2))} `;
  });
  const lines = rows.map((row) => `│${row.map((cell, i) => ` ${cell.padEnd(widths[i] ?? 0)} `).join("│")}│`);
  return [rule("┌", "┬", "┐"), `│${centred.join("│")}│`, rule("├", "┼", "┤"), ...lines, rule("└", "┴", "┘"), ""].join("\n");
}

function metricsTable(metrics: Metrics | null): string {
  if (metrics === null) return "";
  return table(
    ["metric", "value"],
    Object.entries(metrics).map(([name, value]) => [name, String(value)]),
  );
}

function profileTable(profile: readonly ProfileEntry[] | null): string {
  if (profile === null) return "";
  const rows = profile.map(({ total_time_ns: time, num_eval: evals, num_redo: redos, text, location }) => [
    `${(time / 1e6).toFixed(3)} ms`,
    String(evals),
    String(redos),
    printable(`${location.file}:${location.row}`),
    printable(text.replaceAll(/\s+/gu, " ").slice(0, 60)),
  ]);
  return table(["time", "evals", "redos", "place", "expression"], rows);
}

/** Coverage for people: each file with the lines that were not reached. */
export function coverageTable({ files, coverage }: CoverageReport): string {
  const rows = Object.entries(files).map(([file, one]) => [printable(file), `${one.coverage.toFixed(1)} %`, missedLines(one)]);
  return table(["file", "covered", "lines that were not evaluated"], [...rows, ["all", `${coverage.toFixed(1)} %`, ""]]);
}

/** The lines of ranges. */
function linesOf(ranges: readonly CoverageRange[]): Set<number> {
  return new Set(ranges.flatMap(({ start, end }) => Array.from({ length: end.row - start.row + 1 }, (_, i) => start.row + i)));
}

/** The lines on which nothing was evaluated, as `3, 7-9`. */
function missedLines({ covered, not_covered: missed }: CoverageReport["files"][string]): string {
  const merged: [number, number][] = [];
  for (const line of [...linesOf(missed).difference(linesOf(covered))].toSorted((a, b) => a - b)) {
    const last = merged.at(-1);
    if (last !== undefined && line === last[1] + 1) last[1] = line;
    else merged.push([line, line]);
  }
  return merged.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(", ");
}

/** What was asked for beside the solutions, for people. */
function aside({ metrics, explanation, profile, coverage }: EvalReport): string {
  const explained = explanation === null ? "" : explanation.text.split("\n").map(printable).join("\n");
  return explained + metricsTable(metrics) + profileTable(profile) + (coverage === null ? "" : coverageTable(coverage));
}

function prettySolutions(solutions: readonly QuerySolution[]): string {
  const [first] = solutions;
  if (first === undefined) return "undefined\n";
  const [expression] = first.expressions;
  if (solutions.length === 1 && !hasBindings(first) && first.expressions.length === 1 && expression !== undefined)
    return `${indented(ordered(expression.value), "")}\n`.split("\n").map(printable).join("\n");
  const cell = (value: RegoValue | undefined): string => printable(value === undefined ? "" : stringify(value));
  const cellsOf = (solution: QuerySolution): readonly (readonly [head: string, value: RegoValue])[] => {
    const expressions = solution.expressions.map(({ text, value }) => [printable(text.replaceAll(/\s+/gu, " ")), value] as const);
    if (!hasBindings(solution)) return expressions;
    // Beside variables, what merely holds says nothing.
    const telling = expressions.filter(([, value]) => typeof value !== "boolean");
    const variables = Object.entries(solution.bindings).map(([name, value]) => [printable(name), value] as const);
    return [...telling, ...variables].toSorted(([a], [b]) => (a < b ? -1 : 1));
  };
  const rows = solutions.map(cellsOf);
  const heads = rows[0]?.map(([head]) => head) ?? [];
  return table(
    heads,
    rows.map((row) => heads.map((head, i) => cell((row[i]?.[0] === head ? row[i] : row.find(([other]) => other === head))?.[1]))),
  );
}

function values(solutions: readonly QuerySolution[]): string {
  return solutions.map(({ expressions }) => jsonText(expressions.map(({ value }) => ordered(value)))).join("");
}

function bindings(solutions: readonly QuerySolution[]): string {
  return solutions.map((solution) => jsonText(ordered(solution.bindings))).join("");
}

function raw(solutions: readonly QuerySolution[]): string {
  const text = (value: RegoValue): string => (typeof value === "string" ? value : stringify(value));
  return solutions.map(({ expressions }) => `${expressions.map(({ value }) => text(value)).join(" ")}\n`).join("");
}

/** Formats of values alone: what else was asked for goes to standard error. */
function valuesOnly(write: (solutions: readonly QuerySolution[]) => string): (report: EvalReport) => EvalText {
  return (report) => ({ text: write(report.solutions), notes: aside(report) });
}

/** Each format, from what came of a query to the text. All but `pretty` have the shape of `opa eval`'s. */
export const evalFormats: Readonly<Record<EvalFormat, (report: EvalReport) => EvalText>> = {
  json: (report) => ({ text: asJson(report), notes: "" }),
  pretty: (report) => ({ text: prettySolutions(report.solutions) + aside(report), notes: "" }),
  values: valuesOnly(values),
  bindings: valuesOnly(bindings),
  raw: valuesOnly(raw),
  discard: (report) => {
    const members = asideJson(report);
    return { text: Object.keys(members).length === 0 ? "" : jsonText(members), notes: "" };
  },
};
