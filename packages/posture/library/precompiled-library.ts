import type { Library } from "@holdfast/core";
import { compile, loadPrecompiled, precompiledText, type ModuleSource, type PrecompiledProgram } from "@holdfast/rego";
import { LibraryCompileError } from "./compile-library.ts";
import type { CompiledLibrary, RuleProgram } from "./compiled-library.ts";
import type { LibrarySource } from "./read-library.ts";

/** Where the build put a rule and its filter: the paths of their `deny` in the one program of the library. */
interface RulePlaces {
  readonly deny: readonly string[];
  readonly filter: readonly string[] | null;
}

/** What the module exports whose text `precompileLibrary` gives. */
export interface PrecompiledRules {
  readonly program: PrecompiledProgram;
  readonly rules: Readonly<Record<string, RulePlaces>>;
}

const PACKAGE = /^package armo_builtins$/mu;

/** A module of `armo_builtins` in a package of its own, so that all rules fit into one program. */
function inPackage(module: ModuleSource, path: readonly string[]): ModuleSource {
  return { ...module, source: module.source.replace(PACKAGE, `package ${path.join(".")}`) };
}

/**
 * The text of a module that holds all rules of the library, compiled. They are one program, in which what rules share is there once: it takes less to load, and what is
 * used by many rules is soon optimised. Throws `LibraryCompileError` when the library does not compile.
 */
export function precompileLibrary(source: LibrarySource): string {
  const modules = new Map<string, ModuleSource>();
  const rules: Record<string, RulePlaces> = {};
  const add = (sources: readonly ModuleSource[], path: readonly string[]): readonly string[] => {
    for (const [place, module] of sources.entries()) modules.set(module.file, place === 0 ? inPackage(module, path) : module);
    return [...path, "deny"];
  };
  for (const [place, { description, modules: own, filter }] of source.rules.entries()) {
    const deny = add(own, ["holdfast", "rules", `r${place}`]);
    rules[description.name] = { deny, filter: filter === null ? null : add(filter, ["holdfast", "filters", `r${place}`]) };
  }
  const { program, diagnostics } = compile({ modules: [...modules.values()] });
  if (program === null) throw new LibraryCompileError("library", diagnostics);
  return `// The rules of the library, compiled. Made by the build from library/; not to be edited.\nexport const program = ${precompiledText(program)};\nexport const rules = ${JSON.stringify(rules)};\n`;
}

/** The library from what the build made of it. Nothing is compiled. */
export function linkLibrary(library: Library, precompiled: PrecompiledRules): CompiledLibrary {
  const prepare = loadPrecompiled(precompiled.program);
  const programs = new Map<string, RuleProgram>();
  for (const [name, { deny, filter }] of Object.entries(precompiled.rules)) {
    programs.set(name, { deny: prepare(deny), filter: filter === null ? null : prepare(filter) });
  }
  return { library, program: (name) => programs.get(name) ?? null };
}
