import { builtinsOf, compile, everydayBuiltinByName, precompiledText, type ModuleSource } from "@holdfast/rego";
import { cosignBuiltins } from "../image-signatures/cosign-builtins.ts";
import { LibraryCompileError } from "./compile-library.ts";
import type { RulePlaces } from "./link-library.ts";
import type { LibrarySource, RuleSource } from "./read-library.ts";

const PACKAGE = /^package armo_builtins$/mu;

/** A part of the library's rules, compiled into one program: its name, and the text of a CommonJS module that is a `PrecompiledPart`. */
export interface PartText {
  readonly name: string;
  readonly text: string;
}

/** The library's rules in parts, and the part that each rule is in. */
export interface PrecompiledParts {
  readonly parts: readonly PartText[];
  readonly partOf: Readonly<Record<string, string>>;
}

/** A module of `armo_builtins` in a package of its own, so that many rules fit into one program. */
function inPackage(module: ModuleSource, path: readonly string[]): ModuleSource {
  if (!PACKAGE.test(module.source)) throw new Error(`${module.file}: the package clause must stand on a line of its own`);
  return { ...module, source: module.source.replace(PACKAGE, `package ${path.join(".")}`) };
}

/** The rules of a part as one program, in which what they share is there once. */
function partText(rules: readonly RuleSource[]): string {
  const modules = new Map<string, ModuleSource>();
  const places: Record<string, RulePlaces> = {};
  const add = (sources: readonly ModuleSource[], path: readonly string[]): readonly string[] => {
    for (const [place, module] of sources.entries()) modules.set(module.file, place === 0 ? inPackage(module, path) : module);
    return [...path, "deny"];
  };
  // Many rules have a filter of the same text, which also says what else it is made of: it is there once, so that a scan evaluates it once.
  const filters = new Map<string, readonly string[]>();
  const addFilter = (sources: readonly ModuleSource[], path: readonly string[]): readonly string[] => {
    const text = sources[0]?.source ?? "";
    const added = filters.get(text) ?? add(sources, path);
    filters.set(text, added);
    return added;
  };
  for (const [place, { description, modules: own, filter }] of rules.entries()) {
    const deny = add(own, ["holdfast", "rules", `r${place}`]);
    places[description.name] = { deny, filter: filter === null ? null : addFilter(filter, ["holdfast", "filters", `r${place}`]) };
  }
  const entrypoints = [...Object.values(places).map(({ deny }) => deny), ...filters.values()];
  const own = cosignBuiltins(null);
  const ownNames = new Set(own.map(({ name }) => name));
  const { program, diagnostics } = compile({ modules: [...modules.values()], entrypoints, builtins: own });
  if (program === null) throw new LibraryCompileError("the library", diagnostics, [...modules.values()]);
  const others = builtinsOf(program).filter((name) => !everydayBuiltinByName.has(name) && !ownNames.has(name));
  if (others.length > 0)
    throw new Error(
      `the library calls builtins that are not among the everyday ones: ${others.join(", ")}; see packages/rego/builtins/everyday.ts`,
    );
  return `// Rules of the library, compiled. Made by the build from library/; not to be edited.\nexports.program = ${precompiledText(program)};\nexports.rules = ${JSON.stringify(places)};\n`;
}

/**
 * Compiles the library's rules in a few parts, so that a scan reads no more than it needs: the rules that manifests can answer, those of NSA first, because it is what people begin
 * with; then those that need an input which most scans have not (a node's files, the control plane, the cloud). Throws `LibraryCompileError` when the library does not compile.
 */
export function precompileLibrary(source: LibrarySource): PrecompiledParts {
  const { controls, frameworks } = source.library;
  const nsa = new Set(frameworks.find(({ id }) => id === "nsa")?.sections.flatMap((section) => section.controls));
  const first = new Set(controls.filter(({ id }) => nsa.has(id)).flatMap(({ rules }) => rules));
  const partOf = ({ description: { name, needs } }: RuleSource): string => {
    if (needs !== null && needs !== "parameters") return "inputs";
    return first.has(name) ? "first" : "manifests";
  };
  return {
    parts: Array.from(Map.groupBy(source.rules, partOf), ([name, rules]) => ({ name, text: partText(rules) })),
    partOf: Object.fromEntries(source.rules.map((rule) => [rule.description.name, partOf(rule)])),
  };
}
