// How a program that embeds the engine defines builtins of its own.
import { display } from "../runtime/display.ts";
import type { RegoValue } from "../runtime/value.ts";
import { compiledCalls } from "./declared-types.ts";
import { define, type Builtin, type BuiltinContext } from "./define.ts";
import {
  any,
  arrayOf,
  boolean,
  integer,
  nullType,
  number,
  objectOf,
  oneOf,
  setOf,
  string,
  type OperandsOf,
  type TypeDescription,
  type ValueOf,
} from "./type-description.ts";

/** The types that operands and results of builtins can have. `integer` is a number without a fraction, `oneOf` any of several types. */
export const types: {
  readonly any: typeof any;
  readonly null: typeof nullType;
  readonly boolean: typeof boolean;
  readonly number: typeof number;
  readonly integer: typeof integer;
  readonly string: typeof string;
  readonly array: typeof arrayOf;
  readonly set: typeof setOf;
  readonly object: typeof objectOf;
  readonly oneOf: typeof oneOf;
} = { any, null: nullType, boolean, number, integer, string, array: arrayOf, set: setOf, object: objectOf, oneOf };

/** A builtin of one's own. */
export interface BuiltinDefinition<Args extends readonly TypeDescription[], Result extends TypeDescription> {
  /** As modules call it: identifiers with dots between them, such as `geo.distance`. */
  readonly name: string;
  readonly args: Args;
  readonly result: Result;
  /** May give different results for the same operands in different evaluations. */
  readonly nondeterministic?: true;
  /** Is called once in an evaluation for the same operands: for what takes long. */
  readonly memoise?: true;
  /**
   * The result, or undefined where there is none. It is called only with operands of the declared types, and must not change them. `context.fail` reports why there is no
   * result. What it throws is thrown by the evaluation.
   */
  readonly evaluate: (context: BuiltinContext, ...operands: OperandsOf<Args>) => ValueOf<Result> | undefined;
}

/** The words that can't be a part of a name, and the documents that names would begin with. */
const reserved: ReadonlySet<string> = new Set(
  "and as contains data default else every false if import in input not null or package some true with".split(" "),
);

/** Defines a builtin, to be given to `compile` in `builtins`. Throws a TypeError for a name that modules could not call. */
export function defineBuiltin<const Args extends readonly TypeDescription[], const Result extends TypeDescription>(
  definition: BuiltinDefinition<Args, Result>,
): Builtin {
  const { memoise, ...rest } = definition;
  checkName(definition.name);
  const builtin = define(rest);
  return memoise === true ? { ...builtin, evaluate: memoised(builtin) } : builtin;
}

function checkName(name: string): void {
  const parts = name.split(".");
  const wrong = parts.find((part) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(part));
  if (wrong !== undefined)
    throw new TypeError(`a builtin can't be called ${JSON.stringify(name)}: ${JSON.stringify(wrong)} is no identifier`);
  const word = parts.find((part) => reserved.has(part));
  if (word !== undefined) throw new TypeError(`a builtin can't be called ${JSON.stringify(name)}: "${word}" is a word of the language`);
  if (compiledCalls.has(name))
    throw new TypeError(`a builtin can't be called ${JSON.stringify(name)}: the compiler knows a function of that name`);
}

function memoised({ name, evaluate }: Builtin): Builtin["evaluate"] {
  return (context, ...operands) => {
    // As Rego writes them, in which different values look different: a set is not the array of its items.
    const key = `${name} ${display([...operands])}`;
    const known = context.memory.get(key) as readonly RegoValue[] | undefined;
    if (known !== undefined) return known[0];
    const result = evaluate(context, ...operands);
    context.memory.set(key, result === undefined ? [] : [result]);
    return result;
  };
}
