import type { Library } from "@holdfast/core";
import { precompiledText, preparePrecompiled, type PrecompiledProgram } from "@holdfast/rego";
import { compileRule } from "./compile-library.ts";
import type { CompiledLibrary, RuleProgram } from "./compiled-library.ts";
import type { LibrarySource, RuleSource } from "./read-library.ts";

/** A rule that was compiled when the project was built. */
export interface PrecompiledRule {
  readonly deny: PrecompiledProgram;
  readonly filter: PrecompiledProgram | null;
}

/** What the module exports whose text `precompileLibrary` gives. */
export interface PrecompiledRules {
  readonly rules: Readonly<Record<string, PrecompiledRule>>;
}

const DENY = ["armo_builtins", "deny"];

/** The text of a module that holds all rules of the library, compiled. Throws `LibraryCompileError` for the first that does not compile. */
export function precompileLibrary(source: LibrarySource): string {
  const programText = (name: string, modules: RuleSource["modules"]): string => precompiledText(compileRule(name, modules));
  const entries = source.rules.map(({ description: { name }, modules, filter }) => {
    const filterText = filter === null ? "null" : programText(`${name} (filter)`, filter);
    return `  ${JSON.stringify(name)}: {\n    deny: ${programText(name, modules)},\n    filter: ${filterText},\n  },\n`;
  });
  return `// The rules of the library, compiled. Made by the build from library/; not to be edited.\nexport const rules = {\n${entries.join("")}};\n`;
}

/** The library from what the build made of it. Nothing is compiled; a rule is linked when it is first evaluated. */
export function linkLibrary(library: Library, { rules }: PrecompiledRules): CompiledLibrary {
  const programs = new Map<string, RuleProgram>();
  return {
    library,
    program: (name) => {
      const known = programs.get(name);
      const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
      if (known !== undefined || rule === undefined) return known ?? null;
      const program = {
        deny: preparePrecompiled(rule.deny, DENY),
        filter: rule.filter === null ? null : preparePrecompiled(rule.filter, DENY),
      };
      programs.set(name, program);
      return program;
    },
  };
}
