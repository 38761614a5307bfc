// Reads GraphQL schemas. https://spec.graphql.org/October2021/#sec-Type-System
import { own } from "../../runtime/own.ts";
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
    const head = heading(cursor);
    const isExtension = head.Description === "" && cursor.takeWord("extend");
    if (cursor.takeWord("schema")) lists[isExtension ? "SchemaExtension" : "Schema"].push(entryPoints(cursor, head));
    else if (!isExtension && cursor.takeWord("directive")) lists.Directives.push(directive(cursor, head));
    else if (isExtension) lists.Extensions.push(extension(cursor, head));
    else lists.Definitions.push(definition(cursor, head));
  }
  return makeNode({ ...lists, Comment: cursor.comment() });
}

/** The description of what follows, and the comments around it. */
interface Heading {
  readonly Description: string;
  readonly BeforeDescriptionComment?: Node | undefined;
  readonly AfterDescriptionComment: Node | undefined;
}

function heading(cursor: Cursor): Heading {
  const { kind } = cursor.token;
  if (kind !== "string" && kind !== "block") return { Description: "", AfterDescriptionComment: cursor.comment() };
  const before = cursor.comment();
  const { value } = cursor.advance();
  return { Description: value, BeforeDescriptionComment: before, AfterDescriptionComment: cursor.comment() };
}

function entryPoints(cursor: Cursor, head: Heading): Node {
  const directives = cursor.directives(true);
  const operations = cursor.severalWithEnd("{", "}", () => {
    const comment = cursor.comment();
    const operation = cursor.name();
    cursor.expect(":");
    return makeNode({ Operation: operation, Type: cursor.name(), Comment: comment });
  });
  return makeNode({ ...head, Directives: directives, OperationTypes: operations.items, EndOfDefinitionComment: operations.comment });
}

const kinds: ReadonlyMap<string, string> = new Map([
  ["scalar", "SCALAR"],
  ["type", "OBJECT"],
  ["interface", "INTERFACE"],
  ["union", "UNION"],
  ["enum", "ENUM"],
  ["input", "INPUT_OBJECT"],
]);

function definition(cursor: Cursor, head: Heading): Node {
  const kind = cursor.token.kind === "name" ? kinds.get(cursor.token.value) : undefined;
  if (kind === undefined) throw cursor.unexpected();
  cursor.advance();
  const name = cursor.name();
  const interfaces = kind === "OBJECT" || kind === "INTERFACE" ? implemented(cursor) : [];
  const directives = cursor.directives(true);
  return makeNode({
    ...head,
    Kind: kind,
    Name: name,
    Directives: directives,
    Interfaces: interfaces,
    ...members(cursor, kind),
    BuiltIn: false,
  });
}

/** An extension has something that is new. */
function extension(cursor: Cursor, head: Heading): Node {
  const node = definition(cursor, head);
  if (!["Directives", "Interfaces", "Fields", "EnumValues", "Types"].some((name) => own(node, name) !== undefined))
    throw cursor.unexpected();
  return node;
}

/** What follows the head of a definition. */
function members(cursor: Cursor, kind: string): Record<string, RegoValue | undefined> {
  const braced = (name: string, read: () => Node): Record<string, RegoValue | undefined> => {
    const { items, comment } = cursor.severalWithEnd("{", "}", read);
    return { [name]: items, EndOfDefinitionComment: comment };
  };
  switch (kind) {
    case "OBJECT":
    case "INTERFACE":
      return braced("Fields", () => field(cursor));
    case "INPUT_OBJECT":
      return braced("Fields", () => inputValue(cursor));
    case "ENUM":
      return braced("EnumValues", () => enumValue(cursor));
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
  const head = heading(cursor);
  const name = cursor.name();
  const parameters = cursor.several("(", ")", () => inputValue(cursor));
  cursor.expect(":");
  return makeNode({
    ...head,
    Name: name,
    Arguments: parameters,
    Type: cursor.type(),
    Directives: cursor.directives(true),
  });
}

/** An argument of a field or of a directive, or a field of an input. */
function inputValue(cursor: Cursor): Node {
  const head = heading(cursor);
  const name = cursor.name();
  cursor.expect(":");
  return makeNode({
    ...head,
    Name: name,
    Type: cursor.type(),
    DefaultValue: cursor.take("=") ? cursor.value(true) : undefined,
    Directives: cursor.directives(true),
  });
}

function enumValue(cursor: Cursor): Node {
  const head = heading(cursor);
  if (["true", "false", "null"].some((word) => cursor.atWord(word))) throw cursor.unexpected();
  return makeNode({ ...head, Name: cursor.name(), Directives: cursor.directives(true) });
}

function directive(cursor: Cursor, head: Heading): Node {
  cursor.expect("@");
  const name = cursor.name();
  const parameters = cursor.several("(", ")", () => inputValue(cursor));
  const isRepeatable = cursor.takeWord("repeatable");
  if (!cursor.takeWord("on")) throw cursor.unexpected();
  cursor.take("|");
  const locations = [location(cursor)];
  while (cursor.take("|")) locations.push(location(cursor));
  return makeNode({ ...head, Name: name, Arguments: parameters, Locations: locations, IsRepeatable: isRepeatable });
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
