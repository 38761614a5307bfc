// From sources to a program: all stages in a row.
import type { Module } from "../1-parse/ast.ts";
import { resolveProgram } from "../2-resolve/resolve.ts";
import { checkProgram } from "../3-check/check.ts";
import type { Builtin } from "../builtins/define.ts";
import { builtinByName } from "../builtins/list.ts";
import { makeDiagnostic, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { CompiledProgram } from "./compiled-program.ts";
import { parsedModules } from "./parsed-modules.ts";
import type { ModuleSource, Program } from "./program.ts";

export interface CompileOptions {
  readonly modules: readonly ModuleSource[];
  /** Builtins beside the usual ones; one of the same name takes the place of the usual one. */
  readonly builtins?: readonly Builtin[];
  /** Paths below `data`, such as `["armo_builtins", "deny"]`: `Program.rule` and `Program.code` then hold only what these need. Without any, everything. */
  readonly entrypoints?: readonly (readonly string[])[];
}

/** A compiled program, or null when there is an error among the diagnostics. */
export interface Compilation {
  readonly program: Program | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles modules to a program. Never throws for what a source says. */
export function compile(options: CompileOptions): Compilation {
  const diagnostics: Diagnostic[] = [];
  const modules = options.modules.map((source) => parse(source, diagnostics)).filter((module) => module !== null);
  if (hasErrors(diagnostics)) return { program: null, diagnostics };
  const builtins =
    options.builtins === undefined
      ? builtinByName
      : new Map([...builtinByName, ...options.builtins.map((one) => [one.name, one] as const)]);
  const resolved = resolveProgram(modules, builtins, diagnostics);
  if (hasErrors(diagnostics)) return { program: null, diagnostics };
  checkProgram(resolved, diagnostics);
  if (hasErrors(diagnostics)) return { program: null, diagnostics };
  return { program: new CompiledProgram(resolved, builtins, options.entrypoints ?? []), diagnostics };
}

function parse(source: ModuleSource, diagnostics: Diagnostic[]): Module | null {
  const version = source.version ?? "auto";
  const first = parsedModules.parse(source.source, { file: source.file, version: version === "v0" ? "v0" : "v1" });
  if (first.module !== null || version !== "auto") {
    diagnostics.push(...first.diagnostics);
    return first.module;
  }
  const second = parsedModules.parse(source.source, { file: source.file, version: "v0" });
  diagnostics.push(...(second.module === null ? first.diagnostics : second.diagnostics));
  if (second.module !== null) {
    const message = "read as Rego v0: it is no Rego v1";
    diagnostics.push(makeDiagnostic("old-version", message, second.module, { start: 0, end: 0 }, { severity: "warning" }));
  }
  return second.module;
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((one) => one.severity === "error");
}
