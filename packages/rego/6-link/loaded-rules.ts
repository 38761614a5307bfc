import type { Builtin } from "../builtins/define.ts";
import { BuiltinError } from "../builtins/define.ts";
import { builtinByName } from "../builtins/list.ts";
import { placeOf, wholeOf, type LinkedNode } from "../runtime/document-place.ts";
import { EvaluationError } from "../runtime/evaluation-error.ts";
import { linkEmitted, type EmittedFunction, type LinkedProgram } from "./link-code.ts";
import { prepareContext } from "./prepare-context.ts";
import type { EvaluateOptions, EvaluationProblem, PreparedRule, RuleResult, Rules } from "./program.ts";

/** What `Program.emitModule` emits, imported. */
export interface RulesModule {
  readonly default: EmittedFunction;
  readonly packages: readonly (readonly string[])[];
  readonly elementwise: readonly (readonly string[])[];
}

/**
 * The rules of a module that `Program.emitModule` emitted, without a compiler: for rules that were compiled when a project was built. The builtins must be those the program was compiled with.
 */
export function loadRules(module: RulesModule, builtins: readonly Builtin[] = []): Rules {
  const byName = builtins.length === 0 ? builtinByName : new Map([...builtinByName, ...builtins.map((one) => [one.name, one] as const)]);
  const linked = linkEmitted(module.default, byName, module.packages);
  const proven = new Set(module.elementwise.map((path) => JSON.stringify(path)));
  return {
    rule: (path) => prepareRule(linked.root, path, () => linked),
    rulePaths: () => rulePaths(linked),
    elementwise: (path) => proven.has(JSON.stringify(path)),
  };
}

/** A rule or package made ready; null when the tree has none at the path. */
export function prepareRule(root: LinkedNode, path: readonly string[], linkedFor: (options: EvaluateOptions) => LinkedProgram): PreparedRule | null {
  let node: LinkedNode | undefined = root;
  for (const name of path) node = node?.children.get(name);
  if (node === undefined || node.rule?.kind === "function") return null;
  return (options): RuleResult => {
    const linked = linkedFor(options);
    const context = prepareContext(options);
    try {
      return { value: wholeOf(context, placeOf(context, linked.root, path)), problem: null };
    } catch (error) {
      return { value: undefined, problem: problemOf(error) };
    }
  };
}

/** The paths of all rules that are no functions, sorted. */
export function rulePaths(linked: LinkedProgram): readonly (readonly string[])[] {
  const paths = linked.rules.filter((rule) => rule.kind !== "function").map((rule) => rule.path);
  return paths.toSorted((a, b) => (a.join("\0") < b.join("\0") ? -1 : 1));
}

/** What ended an evaluation, for people and programs. What is neither an error of rules nor of builtins is a fault of the engine, and thrown on. */
export function problemOf(error: unknown): EvaluationProblem {
  if (error instanceof EvaluationError || error instanceof BuiltinError) return { code: error.code, message: error.message, file: null, line: null };
  throw error;
}
