// What a builtin is. A family of builtins is a file that exports a readonly array of them; list.ts names the families.
import { Decimal, plainNumber } from "../runtime/decimal.ts";
import type { RegoValue } from "../runtime/value.ts";
import type { Network } from "./http/network.ts";
import { operandCheck, operandMessage } from "./operand.ts";
import type { OperandsOf, TypeDescription } from "./type-description.ts";

/** OPA's codes of errors that a builtin can cause. */
export type BuiltinErrorCode = "eval_type_error" | "eval_builtin_error";

/** Thrown by `BuiltinContext.fail` in evaluations that are strict about builtin errors. */
export class BuiltinError extends Error {
  readonly code: BuiltinErrorCode;
  /** Where the call stands, if that is known. */
  readonly place: { readonly file: string; readonly line: number } | null;

  constructor(code: BuiltinErrorCode, message: string, place: BuiltinError["place"] = null) {
    super(message);
    this.place = place;
    this.name = "BuiltinError";
    this.code = code;
  }
}

/** What an evaluation gives to its builtins: everything that is not in the operands. */
export interface BuiltinContext {
  /** Reports that a call has no result: throws a BuiltinError if the evaluation is strict about errors of builtins, and returns undefined otherwise. */
  fail(code: BuiltinErrorCode, message: string): undefined;
  /** The time in nanoseconds since 1970, UTC. The same throughout an evaluation. */
  readonly now: bigint;
  /** A number from 0 (inclusive) to 1 (exclusive). */
  random(): number;
  /** Results that a builtin must give again for the same key during one evaluation, as `rand.intn` does. */
  readonly memory: Map<string, RegoValue>;
  /** What `opa.runtime()` returns. */
  readonly runtime: RegoValue;
  /** Counts work that can't be told from the operands and the result, in steps of about one turn of a small loop. Ends the evaluation where that is too much. */
  spend(steps: number): void;
  /** The network that the evaluation may use; undefined where it has none. */
  readonly network?: Network | undefined;
  /** The only hosts that it may be asked for; null, or nothing, for all that it allows. */
  readonly onlyHosts?: readonly string[] | null;
  /** Takes a line from `print` or `trace`. */
  print(line: string): void;
}

export interface Builtin {
  readonly name: string;
  readonly args: readonly TypeDescription[];
  readonly result: TypeDescription;
  /** Takes any number of operands; `args` is then empty. Only `print` does. */
  readonly variadic?: true;
  /** The operator that calls it, `+` for `plus`. */
  readonly infix?: string;
  /**
   * Has many results for one call: `evaluate` returns them as an array. The compiler iterates over them. Results are pairs; a call with one more operand, `false`, is one
   * that never looks at the first of each pair, which may then be any value.
   */
  readonly relation?: true;
  /** May give different results for the same operands in different evaluations. */
  readonly nondeterministic?: true;
  /** Not available in Rego v1. */
  readonly deprecated?: true;
  /** The code of a call with operands of wrong types, where it is not that of all others, `eval_type_error`. */
  readonly mistyped?: BuiltinErrorCode;
  /** The result of a call, or undefined. Checks the types of its operands; never changes an operand. There are as many operands as `args`. */
  readonly evaluate: (context: BuiltinContext, ...operands: RegoValue[]) => RegoValue | undefined;
  /**
   * The same without a context, for builtins that are called often. It never throws: where `evaluate` would fail, it returns undefined.
   * Evaluations that are strict about errors must call `evaluate`.
   */
  readonly direct?: (...operands: RegoValue[]) => RegoValue | undefined;
}

interface Definition<Args extends readonly TypeDescription[]> {
  readonly name: string;
  readonly args: Args;
  readonly result: TypeDescription;
  readonly infix?: string;
  readonly relation?: true;
  readonly nondeterministic?: true;
  readonly deprecated?: true;
  readonly mistyped?: BuiltinErrorCode;
}

/**
 * Defines a builtin. `evaluate` is called only with operands that have the types in `args`; others fail with `eval_type_error` before. An operand declared as a number
 * is a double or a bigint: the nearest, where it has digits that neither carries.
 */
export function define<const Args extends readonly TypeDescription[]>(
  definition: Definition<Args> & { readonly evaluate: (context: BuiltinContext, ...operands: OperandsOf<Args>) => RegoValue | undefined },
): Builtin {
  const evaluate = definition.evaluate as Builtin["evaluate"];
  return { ...definition, evaluate: checked(definition, withPlainNumbers(definition.args, evaluate)) };
}

/** Defines a builtin that needs no context and cannot fail but for the types of its operands, all of which `direct` checks itself. */
export function defineDirect<const Args extends readonly TypeDescription[]>(
  definition: Definition<Args> & { readonly direct: (...operands: RegoValue[]) => RegoValue | undefined },
): Builtin {
  const { direct } = definition;
  return { ...definition, evaluate: checked(definition, (_, ...operands) => direct(...operands)) };
}

/**
 * Defines a builtin that has both forms. `direct` checks the types of its operands itself, and `evaluate` explains, for operands of the right
 * types, why there is no result: it is called only where `direct` returned undefined.
 */
export function defineHot<const Args extends readonly TypeDescription[]>(
  definition: Definition<Args> & {
    readonly direct: (...operands: RegoValue[]) => RegoValue | undefined;
    readonly explain: (context: BuiltinContext, ...operands: OperandsOf<Args>) => undefined;
  },
): Builtin {
  const { explain, ...builtin } = definition;
  const explainAny = explain as (context: BuiltinContext, ...operands: RegoValue[]) => undefined;
  return {
    ...builtin,
    evaluate: checked(definition, (context, ...operands) => {
      const result = builtin.direct(...operands);
      return result === undefined ? explainAny(context, ...operands) : result;
    }),
  };
}

/** For builtins that need not know how a number was written. */
function withPlainNumbers(args: readonly TypeDescription[], evaluate: Builtin["evaluate"]): Builtin["evaluate"] {
  if (!args.some((one) => one.kind === "number")) return evaluate;
  return (context, ...operands) => {
    for (let i = 0; i < operands.length; i++) {
      if (operands[i] instanceof Decimal && args[i]?.kind === "number") operands[i] = plainNumber(operands[i]) ?? null;
    }
    return evaluate(context, ...operands);
  };
}

const anything = (): boolean => true;

function checked(
  { args, mistyped = "eval_type_error" }: Pick<Builtin, "args" | "mistyped">,
  evaluate: Builtin["evaluate"],
): Builtin["evaluate"] {
  const checks = args.map(operandCheck);
  const [first = anything, second = anything] = checks;
  const refuse = (context: BuiltinContext, operands: readonly RegoValue[]): undefined => {
    const wrong = checks.findIndex((check, i) => !check(operands[i] as RegoValue));
    return context.fail(mistyped, operandMessage(wrong + 1, args[wrong] as TypeDescription, operands[wrong] as RegoValue));
  };
  // Most have one or two operands, and need no list of them.
  if (args.length === 1) return (context, a = null) => (first(a) ? evaluate(context, a) : refuse(context, [a]));
  if (args.length === 2) {
    return (context, a = null, b = null) => (first(a) && second(b) ? evaluate(context, a, b) : refuse(context, [a, b]));
  }
  return (context, ...operands) => {
    for (let i = 0; i < checks.length; i++) {
      const operand = operands[i] as RegoValue;
      if (checks[i]?.(operand) !== true) return context.fail(mistyped, operandMessage(i + 1, args[i] as TypeDescription, operand));
    }
    return evaluate(context, ...operands);
  };
}
