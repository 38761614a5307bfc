// Reads GraphQL documents that can be executed. https://spec.graphql.org/October2021/#sec-Document
import { Cursor } from "./cursor.ts";
import type { Node } from "./node.ts";
import { makeNode } from "./node.ts";

/** The syntax tree of operations and fragments. Throws a GraphqlError. */
export function parseQuery(source: string): Node {
  const cursor = new Cursor(source);
  const operations: Node[] = [];
  const fragments: Node[] = [];
  while (!cursor.isAtEnd) {
    const comment = cursor.comment();
    if (cursor.takeWord("fragment")) fragments.push(fragment(cursor, comment));
    else operations.push(operation(cursor, comment));
  }
  return makeNode({ Operations: operations, Fragments: fragments });
}

function operation(cursor: Cursor, comment: Node | undefined): Node {
  if (cursor.at("{")) return makeNode({ Operation: "query", Name: "", SelectionSet: selections(cursor) });
  if (!["query", "mutation", "subscription"].some((word) => cursor.atWord(word))) throw cursor.unexpected();
  return makeNode({
    Operation: cursor.name(),
    Name: cursor.token.kind === "name" ? cursor.name() : "",
    VariableDefinitions: cursor.several("(", ")", () => variable(cursor)),
    Directives: cursor.directives(false),
    SelectionSet: requiredSelections(cursor),
    Comment: comment,
  });
}

function variable(cursor: Cursor): Node {
  const comment = cursor.comment();
  cursor.expect("$");
  const name = cursor.name();
  cursor.expect(":");
  const type = cursor.type();
  return makeNode({
    Variable: name,
    Type: type,
    DefaultValue: cursor.take("=") ? cursor.value(true) : undefined,
    Directives: cursor.directives(true),
    Used: false,
    Comment: comment,
  });
}

function fragment(cursor: Cursor, comment: Node | undefined): Node {
  if (cursor.atWord("on")) throw cursor.unexpected();
  const name = cursor.name();
  const variables = cursor.several("(", ")", () => variable(cursor));
  if (!cursor.takeWord("on")) throw cursor.unexpected();
  return makeNode({
    Name: name,
    VariableDefinition: variables,
    TypeCondition: cursor.name(),
    Directives: cursor.directives(false),
    SelectionSet: requiredSelections(cursor),
    Comment: comment,
  });
}

function requiredSelections(cursor: Cursor): Node[] {
  if (!cursor.at("{")) throw cursor.unexpected();
  return selections(cursor);
}

function selections(cursor: Cursor): Node[] {
  return cursor.several("{", "}", () => {
    const comment = cursor.comment();
    return cursor.take("...") ? spread(cursor, comment) : field(cursor, comment);
  });
}

function spread(cursor: Cursor, comment: Node | undefined): Node {
  if (cursor.token.kind === "name" && !cursor.atWord("on"))
    return makeNode({ Name: cursor.name(), Directives: cursor.directives(false), Comment: comment });
  const condition = cursor.takeWord("on") ? cursor.name() : "";
  return makeNode({
    TypeCondition: condition,
    Directives: cursor.directives(false),
    SelectionSet: requiredSelections(cursor),
    Comment: comment,
  });
}

function field(cursor: Cursor, comment: Node | undefined): Node {
  const first = cursor.name();
  const name = cursor.take(":") ? cursor.name() : first;
  return makeNode({
    Alias: first,
    Name: name,
    Arguments: cursor.arguments(false),
    Directives: cursor.directives(false),
    SelectionSet: selections(cursor),
    Comment: comment,
  });
}
