import type { Library } from "@holdfast/core";
import { everydayBuiltinByName, loadPrecompiled, type Builtin, type PrecompiledProgram, type PreparedRule } from "@holdfast/rego";
import { cosignBuiltins } from "../image-signatures/cosign-builtins.ts";
import type { ImageSignatures } from "../image-signatures/image-signatures.ts";
import type { CompiledLibrary, RuleProgram } from "./compiled-library.ts";

/** Where the build put a rule and its filter: the paths of their `deny` in the program of its part. */
export interface RulePlaces {
  readonly deny: readonly string[];
  readonly filter: readonly string[] | null;
}

/** What the module exports whose text `precompileLibrary` gives for a part. */
export interface PrecompiledPart {
  readonly program: PrecompiledProgram;
  readonly rules: Readonly<Record<string, RulePlaces>>;
}

/** The programs of a part's rules. Nothing is linked before the first of them is evaluated. */
function programsOf({ program, rules }: PrecompiledPart, builtins: ReadonlyMap<string, Builtin>): ReadonlyMap<string, RuleProgram> {
  const prepareAnew = loadPrecompiled(program, builtins);
  // Rules with the same filter have one program of it.
  const prepared = new Map<string, PreparedRule>();
  const prepare = (path: readonly string[]): PreparedRule => {
    const name = path.join("/");
    const made = prepared.get(name) ?? prepareAnew(path);
    prepared.set(name, made);
    return made;
  };
  return new Map(
    Object.entries(rules).map(([name, { deny, filter }]) => [
      name,
      { deny: prepare(deny), filter: filter === null ? null : prepare(filter) },
    ]),
  );
}

/**
 * The library from what the build made of it; nothing is compiled. A part is loaded, by its name, when the first of its rules is asked for. `signatures` answers rules about the
 * signatures of images; null where nobody may be asked.
 */
export function linkLibrary(
  library: Library,
  partOf: Readonly<Record<string, string>>,
  loadPart: (name: string) => PrecompiledPart,
  signatures: ImageSignatures | null = null,
): CompiledLibrary {
  const builtins = new Map([...everydayBuiltinByName, ...cosignBuiltins(signatures).map((one) => [one.name, one] as const)]);
  const parts = new Map<string, ReadonlyMap<string, RuleProgram>>();
  return {
    library,
    signatures,
    program: (name) => {
      const part = Object.hasOwn(partOf, name) ? partOf[name] : undefined;
      if (part === undefined) return null;
      let programs = parts.get(part);
      if (programs === undefined) {
        programs = programsOf(loadPart(part), builtins);
        parts.set(part, programs);
      }
      return programs.get(name) ?? null;
    },
  };
}
