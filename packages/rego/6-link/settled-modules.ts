import type { Module } from "../1-parse/ast.ts";
import { areRelated, namedDocuments } from "../2-resolve/named-documents.ts";
import type { ResolvedProgram, RuleGroup } from "../2-resolve/resolved.ts";
import { packagePath } from "../2-resolve/rule-tree.ts";
import type { Builtin } from "../builtins/define.ts";
import type { RuleType } from "../3-check/typing/known-types.ts";
import type { RuleTypes } from "../3-check/typing/rule-types.ts";

/** How much source text the modules that are kept may have, in UTF-16 units. */
const limit = 8_000_000;

/** What is kept of a module. */
interface Settled {
  readonly groups: readonly RuleGroup[];
  readonly types: ReadonlyMap<RuleGroup, RuleType>;
  /** What was kept of all modules that it depends on, itself among them. Its rules refer to the rules of these. */
  readonly needs: Map<Module, Settled>;
}

/** The modules of a program that could be shared. */
interface Sharable {
  readonly module: Module;
  readonly key: string;
  /** All modules that it depends on, itself among them. */
  readonly needs: readonly Module[];
}

/** What is known of a program's modules before it is resolved. */
export interface KnownModules {
  /** The rules of modules that were found without a mistake before. */
  readonly groups: ReadonlyMap<Module, readonly RuleGroup[]>;
  /** The type of one of these rules; undefined of any other. */
  readonly typeOf: (group: RuleGroup) => RuleType | undefined;
  /** Keeps what there is to keep of a program that gave no diagnostics. */
  readonly keep: (program: ResolvedProgram, types: RuleTypes) => void;
}

/** Nothing is known, and nothing is kept. */
export const nothingKnown: KnownModules = { groups: new Map(), typeOf: () => undefined, keep: () => {} };

/**
 * What the modules of a library come to, for the next program with the same modules: a module that depends on the same modules as before means the same as before.
 * Nothing is kept of a module that is met for the first time, which most are only once.
 */
export class SettledModules {
  private readonly kept: Map<string, Settled> = new Map();
  private size = 0;
  private readonly met: WeakSet<Module> = new WeakSet();
  private readonly named: WeakMap<Module, readonly (readonly string[])[] | null> = new WeakMap();
  private readonly numbers: WeakMap<Module, number> = new WeakMap();
  private next = 0;

  /** What is known of the modules. `variantOf` tells what beside its source a module's meaning depends on. */
  find(modules: readonly Module[], variantOf: (module: Module) => string): KnownModules {
    const again = modules.filter((module) => this.met.has(module));
    for (const module of modules) this.met.add(module);
    const sharable = this.sharable(modules, again, variantOf);
    if (sharable.length === 0) return nothingKnown;
    const found = new Map<Module, Settled>();
    for (const { module, key } of sharable) {
      const settled = this.kept.get(key);
      if (settled !== undefined) found.set(module, settled);
    }
    // What refers to rules that were replaced since, or that nothing is known of, is of no use.
    const fits = (settled: Settled): boolean => [...settled.needs].every(([module, needed]) => found.get(module) === needed);
    for (let before = -1; before !== found.size;) {
      before = found.size;
      for (const [module, settled] of found) if (!fits(settled)) found.delete(module);
    }
    return {
      groups: new Map([...found].map(([module, { groups }]) => [module, groups])),
      typeOf: (group) => found.get(group.module)?.types.get(group),
      keep: (program, types) => this.keep(program, types, sharable, found),
    };
  }

  private keep(program: ResolvedProgram, types: RuleTypes, sharable: readonly Sharable[], found: Map<Module, Settled>): void {
    const added = sharable.filter(({ module }) => !found.has(module));
    if (added.length === 0) return;
    if (this.size > limit) {
      this.kept.clear();
      this.size = 0;
    }
    for (const { module, key } of added) {
      const groups = program.groups.filter((group) => group.module === module);
      const settled: Settled = { groups, types: new Map(groups.map((group) => [group, types.of(group)])), needs: new Map() };
      found.set(module, settled);
      this.kept.set(key, settled);
      this.size += module.source.length;
    }
    for (const { module, needs } of added) {
      for (const needed of needs) {
        const settled = found.get(needed);
        if (settled !== undefined) found.get(module)?.needs.set(needed, settled);
      }
    }
  }

  /** The modules among those that were met before that depend on no others. */
  private sharable(modules: readonly Module[], again: readonly Module[], variantOf: (module: Module) => string): readonly Sharable[] {
    const uses = new Map<Module, readonly Module[]>();
    const packages = new Map(modules.map((module) => [module, packagePath(module)]));
    for (const module of again) {
      const named = this.documentsOf(module);
      if (named === null) continue;
      const paths = [packagePath(module), ...named];
      uses.set(
        module,
        modules.filter((other) => paths.some((path) => areRelated(path, packages.get(other) ?? []))),
      );
    }
    for (let before = -1; before !== uses.size;) {
      before = uses.size;
      for (const [module, used] of uses) if (!used.every((other) => uses.has(other))) uses.delete(module);
    }
    return [...uses.keys()].map((module) => {
      const needs = new Set([module]);
      for (const one of needs) for (const other of uses.get(one) ?? []) needs.add(other);
      const order = modules.filter((other) => needs.has(other));
      return { module, needs: order, key: [module, ...inPackageOrder(order)].map((one) => this.nameOf(one, variantOf)).join(" ") };
    });
  }

  private documentsOf(module: Module): readonly (readonly string[])[] | null {
    let named = this.named.get(module);
    if (named === undefined) {
      named = namedDocuments(module);
      this.named.set(module, named);
    }
    return named;
  }

  private nameOf(module: Module, variantOf: (module: Module) => string): string {
    let number = this.numbers.get(module);
    if (number === undefined) {
      number = this.next++;
      this.numbers.set(module, number);
    }
    return `${number}${variantOf(module)}`;
  }
}

/** Modules by their packages; only within a package their order means something. */
function inPackageOrder(modules: readonly Module[]): readonly Module[] {
  const names = new Map(modules.map((module) => [module, packagePath(module).join("\0")]));
  return modules.toSorted((a, b) => {
    const [left = "", right = ""] = [names.get(a), names.get(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

const withUsualBuiltins = new SettledModules();

const withOwnBuiltins = new WeakMap<readonly Builtin[], { readonly settled: SettledModules; readonly builtins: readonly Builtin[] }>();

/** What is kept for programs with a list of builtins of their own: programs that are given the same list share their modules. */
export function settledModulesWith(builtins: readonly Builtin[]): SettledModules {
  if (builtins.length === 0) return withUsualBuiltins;
  let known = withOwnBuiltins.get(builtins);
  // A list may have been changed since.
  if (known === undefined || known.builtins.length !== builtins.length || known.builtins.some((one, i) => one !== builtins[i])) {
    known = { settled: new SettledModules(), builtins: [...builtins] };
    withOwnBuiltins.set(builtins, known);
  }
  return known.settled;
}
