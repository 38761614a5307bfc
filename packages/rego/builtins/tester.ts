// What every builtin is held to, whatever it does, and the reading of the cases in cases/*.yaml.
import { readdirSync, readFileSync } from "node:fs";
import { defineScalarTag, defineSequenceTag, load, NOT_RESOLVED, Schema, mapTag, seqTag, strTag } from "js-yaml";
import { Decimal } from "../runtime/decimal.ts";
import { canonicalInteger, parseNumber } from "../runtime/numbers.ts";
import { ObjectBuilder } from "../runtime/rego-object.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import { stringify } from "../runtime/json.ts";
import { typeName } from "../runtime/value.ts";
import type { RegoValue } from "../runtime/value.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { BuiltinError } from "./define.ts";
import type { TypeDescription } from "./type-description.ts";
import { typeNames } from "./type-description.ts";

/** One call and what it gives: a value, undefined, or in strict evaluations the error. */
export interface BuiltinCase {
  readonly call: string;
  readonly args: readonly RegoValue[];
  readonly want?: RegoValue;
  /** The result is undefined, but that is no error. */
  readonly undefined?: true;
  /** OPA's code of the error. */
  readonly error?: string;
}

/** The context of the cases: its clock stands still, and its random numbers are all one half. */
export function caseContext(strict: boolean): BuiltinContext {
  return {
    now: 1700000000123456789n,
    random: () => 0.5,
    memory: new Map(),
    spend: () => undefined,
    runtime: { env: {} },
    print: () => undefined,
    fail(code, message) {
      if (strict) throw new BuiltinError(code, message);
      return undefined;
    },
  };
}

/** A value of each type, by the type's name; collections come with contents, so that a change to them would show. */
const samples: readonly RegoValue[] = [
  null,
  true,
  1,
  1.5,
  -3,
  18446744073709551616n,
  new Decimal("1.0"),
  new Decimal("-1e-400"),
  "",
  "text",
  [],
  ["a", [1]],
  { a: { b: [1] } },
  RegoSet.of("a", 1),
  objectOfEntries([[[1], "x"]]),
];

/** What is wrong with a builtin, as sentences; none if nothing is. */
export function faultsOf(builtin: Builtin): string[] {
  const faults: string[] = [];
  if (!/^[a-z_0-9]+(?:\.[a-z_0-9]+)*$/.test(builtin.name)) faults.push("its name is not spelled as builtins' names are");
  for (const combination of operandLists(builtin.args.length)) {
    const before = combination.map(stringify);
    const shown = `${builtin.name}(${before.join(", ")})`;
    const result = attempt(() => builtin.evaluate(caseContext(false), ...combination));
    if (result.thrown !== undefined) faults.push(`${shown} throws ${message(result.thrown)}`);
    if (combination.some((operand, i) => stringify(operand) !== before[i])) faults.push(`${shown} changes an operand`);
    if (!accepts(builtin.args, combination) && result.value !== undefined) faults.push(`${shown} has a result though a type is wrong`);
    if (result.value !== undefined && !admits(builtin.result, result.value))
      faults.push(`${shown} has a result of type ${typeName(result.value)}`);
    faults.push(...strictFaults(builtin, combination, shown), ...directFaults(builtin, combination, result.value, shown));
  }
  return faults;
}

function strictFaults(builtin: Builtin, operands: readonly RegoValue[], shown: string): string[] {
  const { thrown } = attempt(() => builtin.evaluate(caseContext(true), ...operands));
  if (thrown !== undefined && !(thrown instanceof BuiltinError)) return [`${shown}, strictly, throws ${message(thrown)}`];
  if (!accepts(builtin.args, operands) && !(thrown instanceof BuiltinError && thrown.code === (builtin.mistyped ?? "eval_type_error"))) {
    return [`${shown}, strictly, is no type error`];
  }
  return [];
}

function directFaults(builtin: Builtin, operands: readonly RegoValue[], evaluated: RegoValue | undefined, shown: string): string[] {
  if (builtin.direct === undefined) return [];
  const { direct } = builtin;
  const { thrown, value } = attempt(() => direct(...operands));
  if (thrown !== undefined) return [`${shown}, called directly, throws ${message(thrown)}`];
  const [a, b] = [value, evaluated].map((result) => (result === undefined ? "undefined" : stringify(result)));
  return a === b ? [] : [`${shown} is ${b}, and ${a} when called directly`];
}

function attempt(call: () => RegoValue | undefined): { readonly value?: RegoValue | undefined; readonly thrown?: unknown } {
  try {
    return { value: call() };
  } catch (thrown) {
    return { thrown };
  }
}

function message(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : "something that is no error";
}

/** Every sample as the first operand with several as the others, in turn. */
function operandLists(count: number): RegoValue[][] {
  if (count === 0) return [[]];
  const lists: RegoValue[][] = [];
  for (let first = 0; first < samples.length; first++) {
    for (let shift = 0; shift < (count === 1 ? 1 : samples.length); shift++) {
      lists.push(Array.from({ length: count }, (_, i) => samples[(first + i * shift) % samples.length] as RegoValue));
    }
  }
  return lists;
}

/** Whether the operands have the types that the builtin names, as far as the outermost type goes. */
function accepts(types: readonly TypeDescription[], operands: readonly RegoValue[]): boolean {
  return operands.every((operand, i) => admits(types[i] as TypeDescription, operand));
}

function admits(type: TypeDescription, value: RegoValue): boolean {
  const names = typeNames(type);
  return names.length === 0 || names.includes(typeName(value));
}

function objectOfEntries(entries: readonly (readonly [RegoValue, RegoValue])[]): RegoValue {
  const builder = new ObjectBuilder();
  for (const [key, value] of entries) builder.set(key, value);
  return builder.build();
}

const caseSchema: Schema = new Schema([
  strTag,
  seqTag,
  mapTag,
  defineScalarTag<RegoValue>("tag:yaml.org,2002:scalar", {
    implicit: true,
    resolve(source) {
      if (source === "null") return null;
      if (source === "true" || source === "false") return source === "true";
      if (/^-?(?:0|[1-9][0-9]*)$/.test(source)) return canonicalInteger(BigInt(source));
      return parseNumber(source) ?? NOT_RESOLVED;
    },
    identify: () => false,
  }),
  defineSequenceTag<RegoSet>("!set", {
    create: () => new RegoSet(),
    addItem: (set, item) => {
      set.add(item as RegoValue);
    },
    identify: () => false,
  }),
  defineSequenceTag<(readonly [RegoValue, RegoValue])[], RegoValue>("!object", {
    create: () => [],
    addItem: (entries, item) => {
      entries.push(item as [RegoValue, RegoValue]);
    },
    finalize: objectOfEntries,
    identify: () => false,
  }),
]);

/** All cases of the folder, by the name of their file. Sets are written `!set [1, 2]`, objects with any keys `!object [[1, 2]]`. */
export function readCases(folder: URL): ReadonlyMap<string, readonly BuiltinCase[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  return new Map(
    files.sort().map((file) => [file, load(readFileSync(new URL(file, folder), "utf8"), { schema: caseSchema }) as BuiltinCase[]]),
  );
}
