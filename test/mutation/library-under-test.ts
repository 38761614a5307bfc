import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { compileLibrary, defaultParameters, readLibrary, type LibrarySource, type RuleSource } from "@holdfast/posture";
import { libraryFiles } from "../../apps/cli/checkout-library.ts";
import { evaluateCase, judgedTexts, SignaturesOfCase } from "../../library/evaluate-case.ts";
import { expectedTexts, foundTexts, type RuleCase } from "../../library/rule-case.ts";

/** How the cases of a rule came out: all as expected, one not, or the rule does not compile. */
export type CasesOutcome = { readonly kind: "passed" | "not-compiled" } | { readonly kind: "failed"; readonly name: string };

/** A library of a folder, whose rules can be tried with one module changed. */
export class LibraryUnderTest {
  readonly source: LibrarySource;
  readonly #signatures: SignaturesOfCase = new SignaturesOfCase();
  readonly #cases: ReadonlyMap<string, readonly RuleCase[]>;

  /** Reads the library. Throws an Error when it has faults. */
  constructor(folder: string) {
    this.source = readLibrary(libraryFiles(folder));
    const [fault] = this.source.faults;
    if (fault !== undefined) throw new Error(`the library has faults: ${fault.file}: ${fault.message}`);
    this.#cases = new Map(
      this.source.rules.map(({ description: { name } }) => {
        const file = path.join(folder, "rules", name, "cases.yaml");
        return [name, existsSync(file) ? (load(readFileSync(file, "utf8")) as readonly RuleCase[]) : []];
      }),
    );
  }

  /** Evaluates the cases of a rule until one fails, with the text of one file replaced where `changed` is given. */
  try(rule: RuleSource, changed?: { readonly file: string; readonly source: string }): CasesOutcome {
    const replaced = (modules: RuleSource["modules"]): RuleSource["modules"] =>
      modules.map((module) => (module.file === changed?.file ? { ...module, source: changed.source } : module));
    const mutated = { ...rule, modules: replaced(rule.modules), filter: rule.filter === null ? null : replaced(rule.filter) };
    const { name } = rule.description;
    const compiled = compileLibrary({ library: { ...this.source.library, rules: [rule.description] }, rules: [mutated] }, this.#signatures);
    try {
      compiled.program(name);
    } catch (error) {
      if (error instanceof Error && error.name === "LibraryCompileError") return { kind: "not-compiled" };
      throw error;
    }
    const defaults = defaultParameters(this.source.library.parameters);
    for (const one of this.#cases.get(name) ?? []) {
      const outcome = evaluateCase(compiled, this.#signatures, name, one, defaults);
      if (outcome === null || outcome.problem !== null) return { kind: "failed", name: one.name };
      const asExpected =
        isSame(foundTexts(outcome.findings), expectedTexts(one.expect)) &&
        (one.judged === undefined || isSame(judgedTexts(outcome), one.judged.toSorted()));
      if (!asExpected) return { kind: "failed", name: one.name };
    }
    return { kind: "passed" };
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, place) => text === other[place]);
}
