import type { Library } from "@holdfast/core";
import { everydayBuiltinByName, loadPrecompiled, type PrecompiledProgram } from "@holdfast/rego";
import type { CompiledLibrary, RuleProgram } from "./compiled-library.ts";

/** Where the build put a rule and its filter: the paths of their `deny` in the one program of the library. */
export interface RulePlaces {
  readonly deny: readonly string[];
  readonly filter: readonly string[] | null;
}

/** What the module exports whose text `precompileLibrary` gives. */
export interface PrecompiledRules {
  readonly program: PrecompiledProgram;
  readonly rules: Readonly<Record<string, RulePlaces>>;
}

/** The library from what the build made of it. Nothing is compiled. */
export function linkLibrary(library: Library, precompiled: PrecompiledRules): CompiledLibrary {
  const prepare = loadPrecompiled(precompiled.program, everydayBuiltinByName);
  const programs = new Map<string, RuleProgram>();
  for (const [name, { deny, filter }] of Object.entries(precompiled.rules)) {
    programs.set(name, { deny: prepare(deny), filter: filter === null ? null : prepare(filter) });
  }
  return { library, program: (name) => programs.get(name) ?? null };
}
