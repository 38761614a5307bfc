// The messages of the type checker, in OPA's form: what was found, and what would have fitted.
import type { Span } from "../../1-parse/ast.ts";
import type { ResolvedTerm } from "../../2-resolve/resolved.ts";
import type { StaticType } from "../../builtins/static-type.ts";
import type { DiagnosticKind } from "../../diagnostics/catalogue.ts";
import { displayText } from "../../runtime/display.ts";
import { isScalar, type RegoScalar } from "../../runtime/value.ts";
import { isNothing, keysOf, membersOf, valuesOf } from "./combine-types.ts";
import { showTerm } from "./show-term.ts";
import { showType } from "./show-type.ts";

/** A mistake of types, without its place. */
export interface TypeMistake {
  readonly kind: DiagnosticKind;
  readonly message: string;
  readonly hint: string;
}

/** Thrown where a term has a mistake, caught by the literal that it stands in: one literal is reported once. */
export class Mistaken extends Error {
  readonly mistake: TypeMistake;
  readonly span: Span;

  constructor(mistake: TypeMistake, span: Span) {
    super(mistake.message);
    this.mistake = mistake;
    this.span = span;
  }
}

/** Two things are compared or unified that can never be equal. */
export function mismatch(left: StaticType, right: StaticType): TypeMistake {
  return {
    kind: "type-mismatch",
    message: `match error\n\tleft  : ${showType(left)}\n\tright : ${showType(right)}`,
    hint: "the two sides can never be equal: convert one of them, or compare with something of its type",
  };
}

/** A function is called with operands that it does not take. */
export function wrongOperands(name: string, have: readonly StaticType[], want: readonly StaticType[]): TypeMistake {
  return {
    kind: "wrong-operands",
    message: `${name}: invalid argument(s)\n\thave: ${list(have, "???")}\n\twant: ${list(want, "any")}`,
    hint: `the last type is that of the result; what \`${name}\` takes stands before it`,
  };
}

function list(types: readonly StaticType[], notKnown: "???" | "any"): string {
  return `(${types.map((type) => showType(type, notKnown)).join(", ")})`;
}

/** A function stands for another one that takes other operands. */
export function wrongReplacement(name: string, have: readonly StaticType[], want: readonly StaticType[]): TypeMistake {
  return {
    kind: "wrong-operands",
    message: `${name}: arity mismatch\n\thave: ${list(have, "???")}\n\twant: ${list(want, "any")}`,
    hint: `what stands for \`${name}\` must take what that takes`,
  };
}

/** Something is looked for in a collection that is known to be empty: an array, an object or a set. */
export function emptyCollection(reference: string, step: string): TypeMistake {
  return {
    kind: "undefined-field",
    message: `undefined ref: ${reference}\n\thave: ${step}\n\twant (one of): []`,
    hint: "this collection is empty whatever the input is: leave the condition out, or name the collection that was meant",
  };
}

/** A reference leads nowhere, whatever the input is. */
export function noSuchField(reference: string, type: StaticType, stepType: StaticType, step: ResolvedTerm): TypeMistake {
  const keys = keysOf(type);
  const values = valuesOf(type);
  const isEmpty = values !== null && isNothing(values);
  if (isEmpty && type.kind !== "union") return emptyCollection(reference, showTerm(step));
  const names = membersOf(type).flatMap((member) => (member.kind === "object" ? [...member.fields.keys()] : []));
  const have = step.kind === "constant" && isScalar(step.value) ? `have: ${quoted(step.value)}` : `have (type): ${showType(stepType)}`;
  if (keys === null || isEmpty) {
    return {
      kind: "undefined-field",
      message: `undefined ref: ${reference}\n\thave: ${showType(type)}`,
      hint: `nothing stands below ${showType(type)}`,
    };
  }
  if (names.length === 0) {
    return {
      kind: "undefined-field",
      message: `undefined ref: ${reference}\n\t${have}\n\twant (type): ${showType(keys)}`,
      hint: `the keys here are of the type ${showType(keys)}`,
    };
  }
  const offered = [...new Set(names)].map(quoted).toSorted();
  return {
    kind: "undefined-field",
    message: `undefined ref: ${reference}\n\t${have}\n\twant (one of): [${offered.slice(0, 40).join(" ")}]`,
    hint: `what stands here is one of ${offered.slice(0, 40).join(", ")}`,
  };
}

function quoted(value: RegoScalar): string {
  return typeof value === "string" ? JSON.stringify(value) : displayText(value);
}
