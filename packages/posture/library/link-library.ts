import type { Library } from "@holdfast/core";
import { everydayBuiltinByName, loadPrecompiled, type PrecompiledProgram } from "@holdfast/rego";
import { cosignBuiltins } from "../image-signatures/cosign-builtins.ts";
import type { ImageSignatures } from "../image-signatures/image-signatures.ts";
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

/**
 * The library from what the build made of it. Nothing is compiled. `signatures` answers rules about the signatures of images; null where nobody may be asked.
 */
export function linkLibrary(library: Library, precompiled: PrecompiledRules, signatures: ImageSignatures | null = null): CompiledLibrary {
  const builtins = new Map([...everydayBuiltinByName, ...cosignBuiltins(signatures).map((one) => [one.name, one] as const)]);
  const prepare = loadPrecompiled(precompiled.program, builtins);
  const programs = new Map<string, RuleProgram>();
  for (const [name, { deny, filter }] of Object.entries(precompiled.rules)) {
    programs.set(name, { deny: prepare(deny), filter: filter === null ? null : prepare(filter) });
  }
  return { library, signatures, program: (name) => programs.get(name) ?? null };
}
