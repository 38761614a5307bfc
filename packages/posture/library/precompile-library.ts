import { builtinsOf, compile, everydayBuiltinByName, precompiledText, type ModuleSource } from "@holdfast/rego";
import { cosignBuiltins } from "../image-signatures/cosign-builtins.ts";
import { LibraryCompileError } from "./compile-library.ts";
import type { RulePlaces } from "./link-library.ts";
import type { LibrarySource } from "./read-library.ts";

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
  const entrypoints = Object.values(rules).flatMap(({ deny, filter }) => (filter === null ? [deny] : [deny, filter]));
  const own = cosignBuiltins(null);
  const ownNames = new Set(own.map(({ name }) => name));
  const { program, diagnostics } = compile({ modules: [...modules.values()], entrypoints, builtins: own });
  if (program === null) throw new LibraryCompileError("the library", diagnostics, [...modules.values()]);
  const others = builtinsOf(program).filter((name) => !everydayBuiltinByName.has(name) && !ownNames.has(name));
  if (others.length > 0)
    throw new Error(
      `the library calls builtins that are not among the everyday ones: ${others.join(", ")}; see packages/rego/builtins/everyday.ts`,
    );
  return `// The rules of the library, compiled. Made by the build from library/; not to be edited.\nexport const program = ${precompiledText(program)};\nexport const rules = ${JSON.stringify(rules)};\n`;
}
