// Which definitions of a function can never hold for the same arguments: those that begin with comparing the same part of an argument with different constants.
import { plainIfSame } from "../runtime/decimal.ts";
import { isArray, isPlainScalar, isSet, type PlainScalar, type RegoValue } from "../runtime/value.ts";
import type { Operand, Operation, PlannedRule, Slot } from "./plan.ts";

/** What a definition asks of parts of the arguments before it does anything else: by the part, the constants that it may be. */
type Demands = ReadonlyMap<string, ReadonlySet<PlainScalar>>;

type Let = Extract<Operation, { kind: "let" }>;

/** Tells of two definitions of a rule, by their positions, whether they can never both give a value. */
export type Exclusive = (left: number, right: number) => boolean;

const never: Exclusive = () => false;

/** What is known of a rule's definitions. `mocked` are the builtins that may mean something else. */
export function exclusiveDefinitions({ params, definitions }: PlannedRule, mocked: ReadonlySet<string>): Exclusive {
  if (params.length === 0 || definitions.length < 2) return never;
  const demands = definitions.map(({ branches }) => {
    const [only, ...others] = branches;
    return only === undefined || others.length > 0 ? null : demandsOf(only, params, mocked);
  });
  return (left, right) => {
    const [a, b] = [demands[left], demands[right]];
    if (a === null || a === undefined || b === null || b === undefined) return false;
    return [...a].some(([part, options]) => b.get(part)?.isDisjointFrom(options) === true);
  };
}

/** Fields of the arguments that several definitions of a function begin with reading: the readings of each field, in groups. */
export function sharedFields({ params, definitions }: PlannedRule): readonly (readonly Let[])[] {
  const groups = new Map<string, Let[]>();
  for (const { branches } of definitions) {
    for (const operation of branches[0] ?? []) {
      if (operation.kind === "check" || operation.kind === "equal") continue;
      if (operation.kind !== "let" || operation.value.kind !== "field") break;
      const { base, path } = operation.value;
      const position = params.findIndex((param) => param === base);
      if (position < 0) break;
      const key = JSON.stringify([position, ...path]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [operation]);
      else group.push(operation);
    }
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Reads the comparisons at the beginning of a body. What stands before and between them reads parts of the arguments, and nothing else. */
function demandsOf(body: readonly Operation[], params: readonly Slot[], mocked: ReadonlySet<string>): Demands {
  const parts = new Map<Operand, string>(params.map((param, i) => [param, String(i)]));
  const demands = new Map<string, ReadonlySet<PlainScalar>>();
  const demand = (operand: Operand, options: readonly PlainScalar[] | null): void => {
    const part = parts.get(operand);
    if (part === undefined || options === null) return;
    const known = demands.get(part);
    demands.set(part, new Set(known === undefined ? options : options.filter((option) => known.has(option))));
  };
  for (const operation of body) {
    if (operation.kind === "check") continue;
    if (operation.kind === "let" && operation.value.kind === "field") {
      const part = parts.get(operation.value.base);
      if (part === undefined) break;
      parts.set(operation.slot, JSON.stringify([part, ...operation.value.path]));
    } else if (operation.kind === "equal") {
      demand(operation.left, scalarOf(operation.right));
      demand(operation.right, scalarOf(operation.left));
    } else if (operation.kind === "test" && operation.value.kind === "builtin" && operation.value.builtin.name === "internal.member_2") {
      const [left, right] = operation.value.args;
      if (mocked.has("internal.member_2") || left === undefined || right?.kind !== "constant") break;
      demand(left, scalarsIn(right.value));
    } else break;
  }
  return demands;
}

function scalarOf(operand: Operand): readonly PlainScalar[] | null {
  return operand.kind === "constant" ? scalarsIn([operand.value]) : null;
}

function scalarsIn(value: RegoValue): readonly PlainScalar[] | null {
  const items = isArray(value) ? value : isSet(value) ? value.items : null;
  const plain = items?.map(plainIfSame) ?? null;
  return plain !== null && plain.every(isPlainScalar) ? plain : null;
}
