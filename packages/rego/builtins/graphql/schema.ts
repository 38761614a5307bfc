// A GraphQL schema, put together from its definitions and extensions.
import type { RegoValue } from "../../runtime/value.ts";
import type { Node } from "./node.ts";
import { GraphqlError, byName, child, list, text, texts } from "./node.ts";
import { prelude, rootFields, typenameField } from "./prelude.ts";

export interface TypeDefinition {
  readonly name: string;
  readonly kind: string;
  readonly fields: ReadonlyMap<string, Node>;
  readonly interfaces: readonly string[];
  /** Of a union. */
  readonly types: readonly string[];
  readonly enumValues: ReadonlyMap<string, Node>;
  readonly directives: readonly Node[];
}

export interface Schema {
  readonly types: ReadonlyMap<string, TypeDefinition>;
  readonly directives: ReadonlyMap<string, Node>;
  /** The types that operations begin with: by `query`, `mutation` and `subscription`. */
  readonly roots: ReadonlyMap<string, TypeDefinition>;
}

const operations = ["query", "mutation", "subscription"] as const;

/** Throws a GraphqlError if a name is defined twice, or if parts do not fit together. */
export function buildSchema(document: Node): Schema {
  const types = new Map<string, TypeDefinition>();
  for (const definition of [...list(prelude(), "Definitions"), ...list(document, "Definitions")]) {
    const name = text(definition, "Name");
    if (types.has(name)) throw new GraphqlError(`Cannot redeclare type ${name}.`);
    types.set(name, combine(definition, undefined));
  }
  for (const extension of list(document, "Extensions")) {
    const name = text(extension, "Name");
    // An extension of a type that does not exist makes it: schemas may be parts of federated ones.
    types.set(name, combine(extension, types.get(name)));
  }
  const directives = byName([...list(prelude(), "Directives"), ...list(document, "Directives")], "directive");
  return { types, directives, roots: findRoots(document, types) };
}

function combine(node: Node, base: TypeDefinition | undefined): TypeDefinition {
  const kind = text(node, "Kind");
  const name = text(node, "Name");
  if (base !== undefined && base.kind !== kind)
    throw new GraphqlError(`Cannot extend type ${name} because the base type is a ${base.kind}, not ${kind}.`);
  return {
    name,
    kind,
    fields: byName([...(base?.fields.values() ?? []), ...list(node, "Fields")], "field"),
    interfaces: [...(base?.interfaces ?? []), ...texts(node, "Interfaces")],
    types: [...(base?.types ?? []), ...texts(node, "Types")],
    enumValues: byName([...(base?.enumValues.values() ?? []), ...list(node, "EnumValues")], "enum value"),
    directives: [...(base?.directives ?? []), ...list(node, "Directives")],
  };
}

function findRoots(document: Node, types: ReadonlyMap<string, TypeDefinition>): Map<string, TypeDefinition> {
  const schemas = list(document, "Schema");
  if (schemas.length > 1) throw new GraphqlError("Cannot have multiple schema entry points, consider schema extensions instead.");
  const roots = new Map<string, TypeDefinition>();
  for (const schema of [...schemas, ...list(document, "SchemaExtension")]) {
    for (const entry of list(schema, "OperationTypes")) {
      const [operation, name] = [text(entry, "Operation"), text(entry, "Type")];
      const type = types.get(name);
      if (type === undefined) throw new GraphqlError(`Schema root ${operation} refers to a type ${name} that does not exist.`);
      roots.set(operation, type);
    }
  }
  for (const operation of schemas.length > 0 ? [] : operations) {
    const type = types.get(operation.charAt(0).toUpperCase() + operation.slice(1));
    if (type !== undefined && !roots.has(operation)) roots.set(operation, type);
  }
  return roots;
}

export function isComposite(type: TypeDefinition): boolean {
  return type.kind === "OBJECT" || type.kind === "INTERFACE" || type.kind === "UNION";
}

export function isInput(type: TypeDefinition): boolean {
  return type.kind === "SCALAR" || type.kind === "ENUM" || type.kind === "INPUT_OBJECT";
}

/** The names of the objects that a value of a type can be. */
export function possibleTypes(schema: Schema, type: TypeDefinition): readonly string[] {
  if (type.kind === "UNION") return type.types;
  if (type.kind !== "INTERFACE") return [type.name];
  return Array.from(schema.types.values()).flatMap((one) =>
    one.kind === "OBJECT" && one.interfaces.includes(type.name) ? [one.name] : [],
  );
}

/** The definition of a field that is selected of a type; undefined if it has none. */
export function fieldOf(schema: Schema, type: TypeDefinition, name: string): Node | undefined {
  if (name === "__typename" && isComposite(type)) return typenameField;
  const root = schema.roots.get("query") === type ? rootFields.find((field) => field["Name"] === name) : undefined;
  return root ?? (type.kind === "UNION" ? undefined : type.fields.get(name));
}

export function typeOf(node: Node): Node {
  return child(node, "Type") ?? ({ NamedType: "", NonNull: false } satisfies Record<string, RegoValue>);
}
