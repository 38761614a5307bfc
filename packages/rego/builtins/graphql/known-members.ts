// What a syntax tree that policies made themselves can say. OPA reads it into the types of https://github.com/vektah/gqlparser, which know nothing else.
import { own, setOwn } from "../../runtime/own.ts";
import { isArray, isPlainObject, type RegoValue } from "../../runtime/value.ts";
import { GraphqlError, type Node } from "./node.ts";

/** What a member holds: a text, a number, true or false, texts, a node, or a list of nodes. */
type Member = "text" | "number" | "flag" | "texts" | (() => Members) | readonly [() => Members];
type Members = Readonly<Record<string, Member>>;

const comment: Members = { List: [() => ({ Value: "text" })] };
const type: Members = { NamedType: "text", Elem: () => type, NonNull: "flag" };
const value: Members = {
  Raw: "text",
  Children: [() => ({ Name: "text", Value: () => value, Comment: () => comment })],
  Kind: "number",
  ExpectedTypeHasDefault: "flag",
  Comment: () => comment,
};
const argument: Members = { Name: "text", Value: () => value, Comment: () => comment };
const directive: Members = { Name: "text", Arguments: [() => argument], Location: "text" };
const variable: Members = {
  Variable: "text",
  Type: () => type,
  DefaultValue: () => value,
  Directives: [() => directive],
  Used: "flag",
  Comment: () => comment,
};
/** A field, the name of a fragment, or a fragment that has none. */
const selection: Members = {
  Alias: "text",
  Name: "text",
  Arguments: [() => argument],
  Directives: [() => directive],
  SelectionSet: [() => selection],
  TypeCondition: "text",
  Comment: () => comment,
};
const query: Members = {
  Operations: [
    () => ({
      Operation: "text",
      Name: "text",
      VariableDefinitions: [() => variable],
      Directives: [() => directive],
      SelectionSet: [() => selection],
      Comment: () => comment,
    }),
  ],
  Fragments: [
    () => ({
      Name: "text",
      VariableDefinition: [() => variable],
      TypeCondition: "text",
      Directives: [() => directive],
      SelectionSet: [() => selection],
      Comment: () => comment,
    }),
  ],
  Comment: () => comment,
};
const described: Members = {
  Description: "text",
  Name: "text",
  Directives: [() => directive],
  BeforeDescriptionComment: () => comment,
  AfterDescriptionComment: () => comment,
};
const parameter: Members = { ...described, DefaultValue: () => value, Type: () => type };
const field: Members = { ...parameter, Arguments: [() => parameter] };
const entryPoints: Members = {
  Description: "text",
  Directives: [() => directive],
  OperationTypes: [() => ({ Operation: "text", Type: "text", Comment: () => comment })],
  BeforeDescriptionComment: () => comment,
  AfterDescriptionComment: () => comment,
  EndOfDefinitionComment: () => comment,
};
const definition: Members = {
  ...described,
  Kind: "text",
  Interfaces: "texts",
  Fields: [() => field],
  Types: "texts",
  EnumValues: [() => described],
  BuiltIn: "flag",
  EndOfDefinitionComment: () => comment,
};
const schema: Members = {
  Schema: [() => entryPoints],
  SchemaExtension: [() => entryPoints],
  Directives: [() => ({ ...described, Arguments: [() => parameter], Locations: "texts", IsRepeatable: "flag" })],
  Definitions: [() => definition],
  Extensions: [() => definition],
  Comment: () => comment,
};

/** The tree of a query with no other members than such a tree has. Throws a GraphqlError if one of them is of another type. */
export function knownQuery(node: Node): Node {
  return knownNode(node, query);
}

/** The tree of a schema, in the same way. */
export function knownSchema(node: Node): Node {
  return knownNode(node, schema);
}

function knownNode(node: RegoValue, members: Members): Node {
  if (!isPlainObject(node)) throw new GraphqlError("a node of a syntax tree is an object");
  const known: Record<string, RegoValue> = {};
  for (const name of Object.keys(node)) {
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    const held = own(node, name) as RegoValue;
    if (member === undefined || held === null) continue;
    const item = knownMember(held, member, name);
    if (!isArray(item) || item.length > 0) setOwn(known, name, item);
  }
  return known;
}

function knownMember(held: RegoValue, member: Member, name: string): RegoValue {
  if (typeof member === "function") return knownNode(held, member());
  const wrong = (): never => {
    throw new GraphqlError(`${name} of a syntax tree is of the wrong type`);
  };
  if (typeof member === "string" && member !== "texts") {
    const is = { text: "string", number: "number", flag: "boolean" }[member];
    return typeof held === is ? held : wrong();
  }
  if (!isArray(held)) return wrong();
  return member === "texts"
    ? held.map((item) => (typeof item === "string" ? item : wrong()))
    : held.map((item) => knownNode(item, member[0]()));
}
