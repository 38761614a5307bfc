import type { RuleSource } from "@holdfast/posture";
import { parseModule } from "../../packages/rego/1-parse/parse-module.ts";
import type { LibraryUnderTest } from "./library-under-test.ts";
import { mutantsOf, type Mutant } from "./mutants-of.ts";

/** What became of a mutant: a case failed, none did, or the changed module does not compile. */
export type Fate = "killed" | "survived" | "not-compiled";

/** A mutant with what became of it. */
export interface TriedMutant {
  readonly mutant: Mutant;
  readonly fate: Fate;
}

/** Which mutants are tried. */
export interface Selection {
  /** Names of rules; empty for all. Shared modules are tried as far as these rules use them. */
  readonly rules: readonly string[];
  /** Every how many mutants one is tried: 1 for all. */
  readonly every: number;
}

interface ChangedFile {
  readonly file: string;
  readonly source: string;
  /** The rules whose programs hold the file. */
  readonly users: readonly RuleSource[];
}

/** The files of the selected rules, each once however many rules share it, with the rules that use it. */
function filesOf(rules: readonly RuleSource[], selected: readonly string[]): readonly ChangedFile[] {
  const files = new Map<string, { source: string; users: Set<RuleSource> }>();
  for (const rule of rules) {
    for (const { file, source } of [...rule.modules, ...(rule.filter ?? [])]) {
      const known = files.get(file) ?? { source, users: new Set() };
      known.users.add(rule);
      files.set(file, known);
    }
  }
  const wanted = (users: ReadonlySet<RuleSource>): boolean =>
    selected.length === 0 || [...users].some(({ description }) => selected.includes(description.name));
  return [...files]
    .flatMap(([file, { source, users }]) => (wanted(users) ? [{ file, source, users: [...users] }] : []))
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

/** The rules that use a file, those first that name the function: their cases are the likeliest to notice. */
function likeliestFirst(users: readonly RuleSource[], mutant: Mutant): readonly RuleSource[] {
  const names = (rule: RuleSource): boolean =>
    [...rule.modules, ...(rule.filter ?? [])].some(({ file, source }) => file !== mutant.file && source.includes(mutant.rule));
  const rank = new Map(users.map((rule) => [rule, names(rule) ? 0 : 1]));
  return users.toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
}

/** A mutant of a shared module is killed by a case of any rule that uses the module; it compiles where it does for one of them. */
function fateOf(library: LibraryUnderTest, mutant: Mutant, users: readonly RuleSource[]): Fate {
  let compiles = false;
  for (const rule of likeliestFirst(users, mutant)) {
    const { kind } = library.try(rule, mutant);
    if (kind === "failed") return "killed";
    // What a module says either compiles or not, whichever rule it serves.
    if (kind === "not-compiled") break;
    compiles = true;
  }
  return compiles ? "survived" : "not-compiled";
}

/**
 * Tries the mutants of the rules. Throws an Error for an unknown rule, and where the cases fail without any change. `onFile` is told of each file when it is done.
 */
export function tryMutants(
  library: LibraryUnderTest,
  selection: Selection,
  onFile: (file: string, tried: readonly TriedMutant[]) => void,
): readonly TriedMutant[] {
  const { rules } = library.source;
  const unknown = selection.rules.find((name) => !rules.some(({ description }) => description.name === name));
  if (unknown !== undefined) throw new Error(`the library has no rule ${unknown}`);
  const all: TriedMutant[] = [];
  const sound = new Set<RuleSource>();
  let counted = 0;
  for (const { file, source, users } of filesOf(rules, selection.rules)) {
    const { module } = parseModule(source, { file, version: "v1" });
    if (module === null) throw new Error(`${file} is no Rego`);
    for (const rule of users) {
      if (!sound.has(rule)) checkSound(library, rule);
      sound.add(rule);
    }
    const chosen = mutantsOf(module).filter(() => counted++ % selection.every === 0);
    const tried = chosen.map((mutant): TriedMutant => ({ mutant, fate: fateOf(library, mutant, users) }));
    all.push(...tried);
    onFile(file, tried);
  }
  return all;
}

/** A case that fails anyway would kill every mutant. */
function checkSound(library: LibraryUnderTest, rule: RuleSource): void {
  const outcome = library.try(rule);
  if (outcome.kind === "not-compiled") throw new Error(`${rule.description.name} does not compile`);
  if (outcome.kind === "failed") throw new Error(`${rule.description.name} fails its case "${outcome.name}" without any change`);
}
