import { compile, formatDiagnostic, type Diagnostic, type ModuleSource, type PreparedRule, type Program } from "@holdfast/rego";
import { cosignBuiltins } from "../image-signatures/cosign-builtins.ts";
import type { ImageSignatures } from "../image-signatures/image-signatures.ts";
import type { CompiledLibrary, RuleProgram } from "./compiled-library.ts";
import type { LibrarySource, RuleSource } from "./read-library.ts";

const DENY = ["armo_builtins", "deny"];

/** What could not be compiled of a rule, or of the library: the message shows each place. */
export class LibraryCompileError extends Error {
  readonly rule: string;
  readonly diagnostics: readonly Diagnostic[];

  constructor(rule: string, diagnostics: readonly Diagnostic[], modules: readonly ModuleSource[]) {
    const sources = new Map(modules.map(({ file, source }) => [file, source]));
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const shown = new Set(errors.map((each) => formatDiagnostic(each, sources.get(each.file) ?? "")));
    super([`${rule} does not compile`, ...shown].join("\n\n"));
    this.name = "LibraryCompileError";
    this.rule = rule;
    this.diagnostics = diagnostics;
  }
}

type Builtins = ReturnType<typeof cosignBuiltins>;

/** Compiles the modules of a rule or filter. Throws `LibraryCompileError`. */
function compileRule(name: string, modules: RuleSource["modules"], builtins: Builtins): Program {
  const { program, diagnostics } = compile({ modules, entrypoints: [DENY], builtins });
  if (program === null) throw new LibraryCompileError(name, diagnostics, modules);
  return program;
}

function prepared(name: string, modules: RuleSource["modules"], builtins: Builtins): PreparedRule {
  const rule = compileRule(name, modules, builtins).rule(DENY);
  if (rule === null) throw new LibraryCompileError(`${name} has no rule deny, so it`, [], modules);
  return rule;
}

/**
 * Compiles rules in this process when they are first asked for: for tests and a user's own rules. Builds compile all beforehand. `signatures` answers rules about the signatures
 * of images; null where nobody may be asked.
 */
export function compileLibrary(
  source: Pick<LibrarySource, "library" | "rules">,
  signatures: ImageSignatures | null = null,
): CompiledLibrary {
  const builtins = cosignBuiltins(signatures);
  const sources = new Map(source.rules.map((rule) => [rule.description.name, rule]));
  const programs = new Map<string, RuleProgram>();
  return {
    library: source.library,
    signatures,
    program: (name) => {
      const known = programs.get(name);
      const rule = sources.get(name);
      if (known !== undefined || rule === undefined) return known ?? null;
      const program = {
        deny: prepared(name, rule.modules, builtins),
        filter: rule.filter === null ? null : prepared(`${name} (filter)`, rule.filter, builtins),
      };
      programs.set(name, program);
      return program;
    },
  };
}
