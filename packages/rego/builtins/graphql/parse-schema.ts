// Reads GraphQL schemas. https://spec.graphql.org/October2021/#sec-Type-System
import type { RegoValue } from "../../runtime/value.ts";
import { Cursor } from "./cursor.ts";
import type { Node } from "./node.ts";
import { makeNode } from "./node.ts";

/** The syntax tree of definitions and extensions. Throws a GraphqlError. */
export function parseSchema(source: string): Node {
  const cursor = new Cursor(source);
  const lists: Record<"Schema" | "SchemaExtension" | "Directives" | "Definitions" | "Extensions", Node[]> = {
    Schema: [],
    SchemaExtension: [],
    Directives: [],
    Definitions: [],
    Extensions: [],
  };
  while (!cursor.isAtEnd) {
    const description = describe(cursor);
    const isExtension = description === "" && cursor.takeWord("extend");
    if (cursor.takeWord("schema")) lists[isExtension ? "SchemaExtension" : "Schema"].push(entryPoints(cursor, description));
    else if (!isExtension && cursor.takeWord("directive")) lists.Directives.push(directive(cursor, description));
    else lists[isExtension ? "Extensions" : "Definitions"].push(definition(cursor, description));
  }
  return makeNode(lists);
}

function describe(cursor: Cursor): string {
  const { kind } = cursor.token;
  return kind === "string" || kind === "block" ? cursor.advance().value : "";
}

function entryPoints(cursor: Cursor, description: string): Node {
  const directives = cursor.directives(true);
  const operations = cursor.several("{", "}", () => {
    const operation = cursor.name();
    cursor.expect(":");
    return makeNode({ Operation: operation, Type: cursor.name() });
  });
  return makeNode({ Description: description, Directives: directives, OperationTypes: operations });
}

const kinds: ReadonlyMap<string, string> = new Map([
  ["scalar", "SCALAR"],
  ["type", "OBJECT"],
  ["interface", "INTERFACE"],
  ["union", "UNION"],
  ["enum", "ENUM"],
  ["input", "INPUT_OBJECT"],
]);

function definition(cursor: Cursor, description: string): Node {
  const kind = cursor.token.kind === "name" ? kinds.get(cursor.token.value) : undefined;
  if (kind === undefined) throw cursor.unexpected();
  cursor.advance();
  const name = cursor.name();
  const interfaces = kind === "OBJECT" || kind === "INTERFACE" ? implemented(cursor) : [];
  const directives = cursor.directives(true);
  return makeNode({
    Kind: kind,
    Description: description,
    Name: name,
    Directives: directives,
    Interfaces: interfaces,
    ...members(cursor, kind),
    BuiltIn: false,
  });
}

/** What follows the head of a definition. */
function members(cursor: Cursor, kind: string): Record<string, RegoValue> {
  switch (kind) {
    case "OBJECT":
    case "INTERFACE":
      return { Fields: cursor.several("{", "}", () => field(cursor)) };
    case "INPUT_OBJECT":
      return { Fields: cursor.several("{", "}", () => inputValue(cursor)) };
    case "ENUM":
      return { EnumValues: cursor.several("{", "}", () => enumValue(cursor)) };
    case "UNION":
      return { Types: unionTypes(cursor) };
    default:
      return {};
  }
}

function implemented(cursor: Cursor): string[] {
  if (!cursor.takeWord("implements")) return [];
  cursor.take("&");
  const names = [cursor.name()];
  // Older schemas separate the names by nothing.
  while (cursor.take("&") || cursor.token.kind === "name") names.push(cursor.name());
  return names;
}

function unionTypes(cursor: Cursor): string[] {
  if (!cursor.take("=")) return [];
  cursor.take("|");
  const names = [cursor.name()];
  while (cursor.take("|")) names.push(cursor.name());
  return names;
}

function field(cursor: Cursor): Node {
  const description = describe(cursor);
  const name = cursor.name();
  const parameters = cursor.several("(", ")", () => inputValue(cursor));
  cursor.expect(":");
  return makeNode({
    Description: description,
    Name: name,
    Arguments: parameters,
    Type: cursor.type(),
    Directives: cursor.directives(true),
  });
}

/** An argument of a field or of a directive, or a field of an input. */
function inputValue(cursor: Cursor): Node {
  const description = describe(cursor);
  const name = cursor.name();
  cursor.expect(":");
  return makeNode({
    Description: description,
    Name: name,
    Type: cursor.type(),
    DefaultValue: cursor.take("=") ? cursor.value(true) : undefined,
    Directives: cursor.directives(true),
  });
}

function enumValue(cursor: Cursor): Node {
  const description = describe(cursor);
  if (["true", "false", "null"].some((word) => cursor.atWord(word))) throw cursor.unexpected();
  return makeNode({ Description: description, Name: cursor.name(), Directives: cursor.directives(true) });
}

function directive(cursor: Cursor, description: string): Node {
  cursor.expect("@");
  const name = cursor.name();
  const parameters = cursor.several("(", ")", () => inputValue(cursor));
  const isRepeatable = cursor.takeWord("repeatable");
  if (!cursor.takeWord("on")) throw cursor.unexpected();
  cursor.take("|");
  const locations = [location(cursor)];
  while (cursor.take("|")) locations.push(location(cursor));
  return makeNode({ Description: description, Name: name, Arguments: parameters, Locations: locations, IsRepeatable: isRepeatable });
}

const locationNames: ReadonlySet<string> = new Set(
  [
    "QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT VARIABLE_DEFINITION SCHEMA SCALAR OBJECT",
    "FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT INPUT_FIELD_DEFINITION",
  ]
    .join(" ")
    .split(" "),
);

function location(cursor: Cursor): string {
  if (!locationNames.has(cursor.token.value)) throw cursor.unexpected();
  return cursor.name();
}
