import { compile, type Diagnostic, type PreparedRule, type Program } from "@holdfast/rego";
import type { CompiledLibrary, RuleProgram } from "./compiled-library.ts";
import type { LibrarySource, RuleSource } from "./read-library.ts";

const DENY = ["armo_builtins", "deny"];

/** What could not be compiled of a rule. */
export class LibraryCompileError extends Error {
  readonly rule: string;
  readonly diagnostics: readonly Diagnostic[];

  constructor(rule: string, diagnostics: readonly Diagnostic[]) {
    super(
      `the rule ${rule} does not compile: ${diagnostics.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`).join("; ")}`,
    );
    this.name = "LibraryCompileError";
    this.rule = rule;
    this.diagnostics = diagnostics;
  }
}

/** Compiles the modules of a rule or filter. Throws `LibraryCompileError`. */
export function compileRule(name: string, modules: RuleSource["modules"]): Program {
  const { program, diagnostics } = compile({ modules });
  if (program === null) throw new LibraryCompileError(name, diagnostics);
  return program;
}

function prepared(name: string, modules: RuleSource["modules"]): PreparedRule {
  const rule = compileRule(name, modules).rule(DENY);
  if (rule === null) throw new LibraryCompileError(name, []);
  return rule;
}

/** Compiles rules in this process when they are first asked for: for tests and a user's own rules. Builds compile all beforehand. */
export function compileLibrary(source: LibrarySource): CompiledLibrary {
  const sources = new Map(source.rules.map((rule) => [rule.description.name, rule]));
  const programs = new Map<string, RuleProgram>();
  return {
    library: source.library,
    program: (name) => {
      const known = programs.get(name);
      const rule = sources.get(name);
      if (known !== undefined || rule === undefined) return known ?? null;
      const program = {
        deny: prepared(name, rule.modules),
        filter: rule.filter === null ? null : prepared(`${name} (filter)`, rule.filter),
      };
      programs.set(name, program);
      return program;
    },
  };
}
