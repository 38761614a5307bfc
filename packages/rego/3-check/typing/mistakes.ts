// The messages of the type checker, in OPA's form: what was found, and what would have fitted.
import type { ReferenceTerm, ResolvedTerm } from "../../2-resolve/resolved.ts";
import type { StaticType } from "../../builtins/static-type.ts";
import type { DiagnosticKind } from "../../diagnostics/catalogue.ts";
import { displayText } from "../../runtime/display.ts";
import { isScalar, type RegoScalar } from "../../runtime/value.ts";
import { isNothing, keysOf, membersOf, valuesOf } from "./combine-types.ts";
import { showType } from "./show-type.ts";

/** A mistake of types, without its place. */
export interface TypeMistake {
  readonly kind: DiagnosticKind;
  readonly message: string;
  readonly hint: string;
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
  const list = (types: readonly StaticType[]): string => `(${types.map((type) => showType(type)).join(", ")})`;
  return {
    kind: "wrong-operands",
    message: `${name}: invalid argument(s)\n\thave: ${list(have)}\n\twant: ${list(want)}`,
    hint: `the last type is that of the result; what \`${name}\` takes stands before it`,
  };
}

/** Something is looked for in a collection that is known to be empty: an array, an object or a set. */
export function emptyCollection(reference: string, type: StaticType): TypeMistake {
  const shown = showType(type);
  return {
    kind: "undefined-field",
    message: reference === "" ? `undefined ref: nothing is in an empty ${shown}` : `undefined ref: ${reference}\n\thave: an empty ${shown}`,
    hint: "this collection is empty whatever the input is: leave the condition out, or name the collection that was meant",
  };
}

/** A reference leads nowhere, whatever the input is. */
export function noSuchField(reference: string, type: StaticType, stepType: StaticType, step: ResolvedTerm): TypeMistake {
  const keys = keysOf(type);
  const values = valuesOf(type);
  if (values !== null && isNothing(values) && type.kind !== "union") return emptyCollection(reference, type);
  const names = membersOf(type).flatMap((member) => (member.kind === "object" ? [...member.fields.keys()] : []));
  const found = step.kind === "constant" && isScalar(step.value) ? quoted(step.value) : showType(stepType);
  if (keys === null) {
    return {
      kind: "undefined-field",
      message: `undefined ref: ${reference}\n\thave: ${showType(type)}`,
      hint: `nothing stands below ${showType(type)}`,
    };
  }
  if (names.length === 0) {
    return {
      kind: "undefined-field",
      message: `undefined ref: ${reference}\n\thave: ${found}\n\twant (type): ${showType(keys)}`,
      hint: `the keys here are of the type ${showType(keys)}`,
    };
  }
  const offered = [...new Set(names)].map(quoted).toSorted();
  return {
    kind: "undefined-field",
    message: `undefined ref: ${reference}\n\thave: ${found}\n\twant (one of): [${offered.slice(0, 40).join(" ")}]`,
    hint: `what stands here is one of ${offered.slice(0, 40).join(", ")}`,
  };
}

function quoted(value: RegoScalar): string {
  return typeof value === "string" ? JSON.stringify(value) : displayText(value);
}

/** A reference as it is written, with `data` and the path of a rule in full. */
export function describeReference({ root, steps }: ReferenceTerm): string {
  const head = typeof root === "string" ? root : root.kind === "local" ? root.local.name : "[…]";
  return head + steps.map(describeStep).join("");
}

function describeStep(step: ResolvedTerm): string {
  if (step.kind === "local") return step.local.wildcard ? "[_]" : `[${step.local.name}]`;
  if (step.kind !== "constant" || !isScalar(step.value)) return "[…]";
  if (typeof step.value === "string") return /^[A-Za-z_]\w*$/u.test(step.value) ? `.${step.value}` : `[${JSON.stringify(step.value)}]`;
  return `[${displayText(step.value)}]`;
}
