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
  /** The type of what stands at the steps below `data`, and how many steps lead there. */
  below(steps: readonly ResolvedTerm[]): { readonly type: StaticType; readonly taken: number };
}
