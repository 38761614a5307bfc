// Whether values have their types. https://spec.graphql.org/October2021/#sec-Values-of-Correct-Type
import type { Node } from "./node.ts";
import { GraphqlError, byName, child, flag, kindOf, list, text, valueKind } from "./node.ts";
import type { Schema, TypeDefinition } from "./schema.ts";
import { typeOf } from "./schema.ts";
import { nullable, typeText } from "./type-reference.ts";

/** Told of each variable, with the type of its place and whether the place has a value of its own otherwise. */
export type VariableUse = (name: string, type: Node, hasDefault: boolean) => void;

/** Throws a GraphqlError if a value without variables does not have the type. */
export function checkConstant(schema: Schema, type: Node, value: Node): void {
  checkValue(schema, type, value, false, (name) => {
    throw new GraphqlError(`a constant cannot contain the variable ${name}`);
  });
}

/** Throws a GraphqlError if a value does not have the type. */
export function checkValue(schema: Schema, type: Node, value: Node, hasDefault: boolean, useVariable: VariableUse): void {
  const kind = kindOf(value);
  if (kind === valueKind.variable) {
    useVariable(text(value, "Raw"), type, hasDefault);
    return;
  }
  const wrong = new GraphqlError(`Expected value of type "${typeText(type)}", found ${text(value, "Raw")}.`);
  if (kind === valueKind.null) {
    if (flag(type, "NonNull")) throw wrong;
    return;
  }
  const element = child(type, "Elem");
  if (element !== undefined) {
    // One value stands for a list of it.
    if (kind !== valueKind.list) checkValue(schema, element, value, false, useVariable);
    else for (const item of list(value, "Children")) checkValue(schema, element, child(item, "Value") ?? {}, false, useVariable);
    return;
  }
  const definition = schema.types.get(text(type, "NamedType"));
  if (definition === undefined) return;
  if (definition.kind === "INPUT_OBJECT") {
    if (kind !== valueKind.object) throw wrong;
    checkFields(schema, definition, value, useVariable);
  } else if (definition.kind === "ENUM") {
    if (kind !== valueKind.enum || !definition.enumValues.has(text(value, "Raw"))) throw wrong;
  } else if (!isScalar(definition.name, kind)) throw wrong;
}

function checkFields(schema: Schema, definition: TypeDefinition, value: Node, useVariable: VariableUse): void {
  const given = byName(list(value, "Children"), "input field");
  for (const [name, item] of given) {
    const field = definition.fields.get(name);
    if (field === undefined) throw new GraphqlError(`Field "${name}" is not defined by type "${definition.name}".`);
    checkValue(schema, typeOf(field), child(item, "Value") ?? {}, child(field, "DefaultValue") !== undefined, useVariable);
  }
  for (const [name, field] of definition.fields) {
    if (flag(typeOf(field), "NonNull") && child(field, "DefaultValue") === undefined && !given.has(name)) {
      throw new GraphqlError(`Field "${definition.name}.${name}" of required type "${typeText(typeOf(field))}" was not provided.`);
    }
  }
  if (!definition.directives.some((directive) => text(directive, "Name") === "oneOf")) return;
  const [only] = given.values();
  if (given.size !== 1 || kindOf(child(only as Node, "Value") ?? {}) === valueKind.null) {
    throw new GraphqlError(`OneOf Input Object "${definition.name}" must specify exactly one key.`);
  }
}

const textKinds: ReadonlySet<number> = new Set([valueKind.string, valueKind.block]);
const accepted: ReadonlyMap<string, ReadonlySet<number>> = new Map([
  ["Int", new Set([valueKind.int])],
  ["Float", new Set([valueKind.int, valueKind.float])],
  ["String", textKinds],
  ["Boolean", new Set([valueKind.boolean])],
  ["ID", new Set([...textKinds, valueKind.int])],
]);

/** Whether a scalar can be written so; one that the schema defines itself can be written in any way. Sizes are the server's affair. */
function isScalar(name: string, kind: number): boolean {
  return accepted.get(name)?.has(kind) ?? true;
}

/** The type that a variable must have where it is used: none that may be missing, unless one of both sides has a value then. */
export function neededType(type: Node, hasDefault: boolean, variableHasDefault: boolean): Node {
  return flag(type, "NonNull") && (hasDefault || variableHasDefault) ? nullable(type) : type;
}
