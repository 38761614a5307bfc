import {
  compile,
  formatDiagnostic,
  type Compilation,
  type Diagnostic,
  type EvaluationProblem,
  type ModuleSource,
  type SourceFault,
} from "@holdfast/rego";
import { printable } from "@holdfast/report";
import { compileSettings, type CompileOptions } from "./engine-options.ts";

/** Text of several lines for the terminal: no character of what comes from outside is obeyed. */
export function safeText(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** Diagnostics and faults as people read them, each with its remedy, and how many there are. */
export function describeErrors(
  diagnostics: readonly Diagnostic[],
  faults: readonly SourceFault[],
  sources: readonly ModuleSource[],
): string {
  const bySource = new Map(sources.map(({ file, source }) => [file, source]));
  const texts = [
    ...faults.map(({ file, message, remedy }) => `${file}: ${message}\n  help: ${remedy}`),
    ...diagnostics.map((one) => formatDiagnostic(one, bySource.get(one.file) ?? "")),
  ];
  return safeText(texts.map((text) => `${text}\n`).join("\n"));
}

/** An error as OPA's JSON has it. */
export interface JsonError {
  readonly message: string;
  readonly code?: string;
  readonly location?: { readonly file: string; readonly row: number; readonly col: number };
}

/** Diagnostics and faults in the shape of `opa check --format json`. */
export function jsonErrors(diagnostics: readonly Diagnostic[], faults: readonly SourceFault[]): readonly JsonError[] {
  return [
    ...faults.map(({ file, message }) => ({ message: `${file}: ${message}` })),
    ...diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ message, code, file, line, column }) => ({
        message,
        code,
        location: { file: file === "query" ? "" : file, row: line, col: column },
      })),
  ];
}

/** Compiles modules: for all uses that a query may make of them, or only for entrypoints. Throws `UsageError` where schemas or capabilities can't be read. */
export function compileModules(
  modules: readonly ModuleSource[],
  options: CompileOptions,
  workingFolder: string,
  entrypoints: readonly (readonly string[])[] = [],
): Compilation {
  const { schemas, ...settings } = compileSettings(options, workingFolder);
  return compile({ modules, entrypoints, ...settings, ...(schemas === undefined ? {} : { schemas: new Map(Object.entries(schemas)) }) });
}

/** A problem of an evaluation, for people. */
export function describeProblem({ code, message, file, line }: EvaluationProblem): string {
  const place = line === null ? "" : `  at ${file ?? "query"}:${line}\n`;
  return safeText(`${code}: ${message}\n${place}`);
}

/** A problem of an evaluation in the shape of OPA's errors. */
export function jsonProblem({ code, message, file, line }: EvaluationProblem): JsonError {
  return { message, code, ...(line === null ? {} : { location: { file: file === "query" ? "" : (file ?? ""), row: line, col: 1 } }) };
}
