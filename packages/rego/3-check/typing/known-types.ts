// What the types of a body depend on outside of it.
import type { Definition, ResolvedTerm, RuleGroup } from "../../2-resolve/resolved.ts";
import { declaredType, type FunctionType } from "../../builtins/declared-types.ts";
import type { Builtin } from "../../builtins/define.ts";
import { anyStatic, type StaticType } from "../../builtins/static-type.ts";

/** What the documents of an evaluation are, as far as it is known. */
export interface DocumentTypes {
  /** What `input` is in a definition, or in a query. */
  input(definition: Definition | null): StaticType;
  /** The type of a base document at steps below `data`, and how many steps lead there; null where nothing is said of it. */
  data(definition: Definition | null, path: readonly string[]): { readonly type: StaticType; readonly taken: number } | null;
  /** The type of builtins that capabilities declare otherwise. */
  builtin(builtin: Builtin): FunctionType;
}

/** Nothing known but the builtins. */
export const anyDocuments: DocumentTypes = { input: () => anyStatic, data: () => null, builtin: declaredType };

/** The type of a rule. */
export interface RuleType {
  /** Of a function, the types of its arguments. */
  readonly args: readonly StaticType[];
  readonly result: StaticType;
}

/** The types of the rules that a body can refer to. */
export interface KnownTypes {
  readonly documents: DocumentTypes;
  /** The type of a rule. */
  of(group: RuleGroup): RuleType;
  /** The type of what stands at the steps below `data`. The types of further steps are not looked at. */
  below(steps: readonly ResolvedTerm[]): TypeBelow;
  /** Whether a path below `data` is one of a package or of rules with longer names, so that what stands there has names as keys. */
  hasNames(path: readonly string[]): boolean;
  /** The rules at a path below `data` and below it. */
  at(path: readonly string[]): readonly RuleGroup[];
  /** All rules that a rule depends on. */
  behind(group: RuleGroup): ReadonlySet<RuleGroup>;
}

/** What is known of the documents that rules make at some steps. */
export interface TypeBelow {
  readonly type: StaticType;
  /** How many of the steps lead there. */
  readonly taken: number;
  /** The rule that makes it; null where it is no rule, or several. */
  readonly group: RuleGroup | null;
}
