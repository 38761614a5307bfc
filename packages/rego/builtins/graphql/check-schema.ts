// Whether a schema is valid. https://spec.graphql.org/October2021/#sec-Type-System: the sections "Type Validation"
import type { Node } from "./node.ts";
import { GraphqlError, byName, child, flag, list, text, texts } from "./node.ts";
import type { Schema, TypeDefinition } from "./schema.ts";
import { buildSchema, isInput, possibleTypes, typeOf } from "./schema.ts";
import { namedType, nullable, typeText } from "./type-reference.ts";

/** The schema of a document. Throws a GraphqlError if it is not valid. */
export function checkedSchema(document: Node): Schema {
  const schema = buildSchema(document);
  const own = new Set([...list(document, "Definitions"), ...list(document, "Extensions")].map((node) => text(node, "Name")));
  for (const name of own) checkDefinition(schema, schema.types.get(name) as TypeDefinition);
  for (const directive of list(document, "Directives")) {
    const name = text(directive, "Name");
    checkName(name);
    checkArguments(schema, directive);
    const refersToItself = list(directive, "Arguments").some((one) =>
      list(one, "Directives").some((other) => text(other, "Name") === name),
    );
    if (refersToItself) throw new GraphqlError(`Directive ${name} cannot refer to itself.`);
  }
  for (const node of [...list(document, "Schema"), ...list(document, "SchemaExtension")]) checkDirectives(schema, node, "SCHEMA");
  for (const root of schema.roots.values()) {
    if (root.kind !== "OBJECT") throw new GraphqlError(`Schema root ${root.name} must be an OBJECT.`);
  }
  return schema;
}

function checkDefinition(schema: Schema, type: TypeDefinition): void {
  checkName(type.name);
  checkDirectives(schema, { Directives: type.directives }, type.kind);
  switch (type.kind) {
    case "OBJECT":
    case "INTERFACE":
      checkFields(schema, type);
      for (const name of type.interfaces) checkImplementation(schema, type, name);
      break;
    case "UNION":
      for (const name of type.types) {
        if (find(schema, name).kind !== "OBJECT") throw new GraphqlError(`UNION type ${name} must be OBJECT.`);
      }
      break;
    case "ENUM":
      if (type.enumValues.size === 0) throw new GraphqlError(`ENUM ${type.name}: must define one or more unique enum values.`);
      for (const value of type.enumValues.values()) {
        checkName(text(value, "Name"));
        checkDirectives(schema, value, "ENUM_VALUE");
      }
      break;
    case "INPUT_OBJECT":
      checkInputFields(schema, type);
      break;
    case "SCALAR":
      break;
    default:
      throw new GraphqlError(`${type.name} has no kind.`);
  }
}

function checkName(name: string): void {
  if (!/^[_A-Za-z][_0-9A-Za-z]*$/.test(name)) throw new GraphqlError(`${JSON.stringify(name)} is no name.`);
  if (name.startsWith("__")) throw new GraphqlError(`Name "${name}" must not begin with "__", which is reserved by GraphQL introspection.`);
}

function find(schema: Schema, name: string): TypeDefinition {
  const type = schema.types.get(name);
  if (type === undefined) throw new GraphqlError(`Undefined type ${name}.`);
  return type;
}

function checkFields(schema: Schema, type: TypeDefinition): void {
  if (type.fields.size === 0) throw new GraphqlError(`${type.kind} ${type.name}: must define one or more fields.`);
  for (const field of type.fields.values()) {
    checkName(text(field, "Name"));
    if (find(schema, namedType(typeOf(field))).kind === "INPUT_OBJECT") {
      throw new GraphqlError(`${type.kind} ${type.name}: field must be one of SCALAR, OBJECT, INTERFACE, UNION, ENUM.`);
    }
    checkArguments(schema, field);
    checkDirectives(schema, field, "FIELD_DEFINITION");
  }
}

function checkInputFields(schema: Schema, type: TypeDefinition): void {
  if (type.fields.size === 0) throw new GraphqlError(`INPUT_OBJECT ${type.name}: must define one or more input fields.`);
  for (const field of type.fields.values()) checkInput(schema, field, "INPUT_FIELD_DEFINITION");
  if (mustContain(schema, type, type.name, new Set())) throw new GraphqlError(`Input Object "${type.name}" can have no value that ends.`);
}

/** Whether each value of an input has one of another in it, which no list and no null could end. */
function mustContain(schema: Schema, type: TypeDefinition, name: string, seen: Set<string>): boolean {
  if (seen.has(type.name)) return false;
  seen.add(type.name);
  return Array.from(type.fields.values()).some((field) => {
    const fieldType = typeOf(field);
    if (!flag(fieldType, "NonNull") || child(fieldType, "Elem") !== undefined) return false;
    const next = schema.types.get(text(fieldType, "NamedType"));
    return next !== undefined && next.kind === "INPUT_OBJECT" && (next.name === name || mustContain(schema, next, name, seen));
  });
}

function checkArguments(schema: Schema, node: Node): void {
  for (const argument of byName(list(node, "Arguments"), "argument").values()) checkInput(schema, argument, "ARGUMENT_DEFINITION");
}

function checkInput(schema: Schema, node: Node, location: string): void {
  checkName(text(node, "Name"));
  if (!isInput(find(schema, namedType(typeOf(node))))) {
    throw new GraphqlError(`cannot use ${namedType(typeOf(node))} as ${text(node, "Name")} because it is no input type`);
  }
  checkDirectives(schema, node, location);
}

function checkDirectives(schema: Schema, node: Node, location: string): void {
  const seen = new Set<string>();
  for (const directive of list(node, "Directives")) {
    const name = text(directive, "Name");
    const definition = schema.directives.get(name);
    if (definition === undefined) throw new GraphqlError(`Undefined directive ${name}.`);
    if (!texts(definition, "Locations").includes(location)) throw new GraphqlError(`Directive ${name} is not applicable on ${location}.`);
    if (seen.has(name) && !flag(definition, "IsRepeatable")) throw new GraphqlError(`Directive ${name} can be used only once here.`);
    seen.add(name);
    const parameters = byName(list(definition, "Arguments"), "argument");
    const given = byName(list(directive, "Arguments"), "argument");
    for (const one of given.keys()) if (!parameters.has(one)) throw new GraphqlError(`Undefined argument ${one} for directive ${name}.`);
    for (const [one, parameter] of parameters) {
      const isRequired = flag(typeOf(parameter), "NonNull") && child(parameter, "DefaultValue") === undefined;
      if (isRequired && !given.has(one)) throw new GraphqlError(`Argument ${one} for directive ${name} cannot be null.`);
    }
  }
}

/** A type has all fields of its interfaces, with the same arguments and with types that are theirs or narrower. */
function checkImplementation(schema: Schema, type: TypeDefinition, name: string): void {
  const contract = find(schema, name);
  const refuse = (why: string): GraphqlError => new GraphqlError(`${type.name} does not implement ${name}: ${why}.`);
  if (contract.kind !== "INTERFACE" || contract === type) throw refuse("it is no other interface");
  for (const inherited of contract.interfaces) if (!type.interfaces.includes(inherited)) throw refuse(`it must implement ${inherited} too`);
  for (const [fieldName, wanted] of contract.fields) {
    const field = type.fields.get(fieldName);
    if (field === undefined) throw refuse(`it must have a field ${fieldName}`);
    if (!isNarrower(schema, typeOf(field), typeOf(wanted))) throw refuse(`the type of ${fieldName} must be ${typeText(typeOf(wanted))}`);
    const given = byName(list(field, "Arguments"), "argument");
    const expected = byName(list(wanted, "Arguments"), "argument");
    for (const [argument, parameter] of expected) {
      const one = given.get(argument);
      if (one === undefined || typeText(typeOf(one)) !== typeText(typeOf(parameter)))
        throw refuse(`${fieldName} must have the argument ${argument}`);
    }
    for (const [argument, parameter] of given) {
      if (!expected.has(argument) && flag(typeOf(parameter), "NonNull"))
        throw refuse(`the argument ${argument} of ${fieldName} must be optional`);
    }
  }
}

function isNarrower(schema: Schema, type: Node, wanted: Node): boolean {
  if (flag(wanted, "NonNull")) return flag(type, "NonNull") && isNarrower(schema, nullable(type), nullable(wanted));
  const [element, wantedElement] = [child(type, "Elem"), child(wanted, "Elem")];
  if (element !== undefined || wantedElement !== undefined) {
    return element !== undefined && wantedElement !== undefined && isNarrower(schema, element, wantedElement);
  }
  const [name, wantedName] = [text(type, "NamedType"), text(wanted, "NamedType")];
  if (name === wantedName) return true;
  const [one, other] = [schema.types.get(name), schema.types.get(wantedName)];
  if (one === undefined || other === undefined) return false;
  return one.kind === "INTERFACE" ? one.interfaces.includes(wantedName) : possibleTypes(schema, other).includes(name);
}
