// https://www.openpolicyagent.org/docs/policy-reference#graphql
import { toJson } from "../runtime/json.ts";
import type { PlainObject, RegoValue } from "../runtime/value.ts";
import { isObject, typeName } from "../runtime/value.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define } from "./define.ts";
import { checkQuery } from "./graphql/check-query.ts";
import { checkedSchema } from "./graphql/check-schema.ts";
import { knownQuery, knownSchema } from "./graphql/known-members.ts";
import { GraphqlError } from "./graphql/node.ts";
import type { Node } from "./graphql/node.ts";
import { parseQuery } from "./graphql/parse-query.ts";
import { parseSchema } from "./graphql/parse-schema.ts";
import type { TypeDescription } from "./type-description.ts";
import { any, arrayOf, boolean, objectOf, string } from "./type-description.ts";

const tree = objectOf(any, any);

/** What is neither a text nor a syntax tree. */
class NoDocument extends GraphqlError {}

/** A document that is given as text or as its syntax tree. */
function read(given: RegoValue, parse: (source: string) => Node, known: (tree: Node) => Node): Node {
  if (typeof given === "string") return parse(given);
  if (isObject(given)) return known(toJson(given) as Node);
  throw new NoDocument(`operand 1 must be one of {string, object} but got ${typeName(given)}`);
}

/** The syntax trees of a query and of its schema, if both are valid. Throws a GraphqlError. */
function readBoth(query: RegoValue, schema: RegoValue): [PlainObject, PlainObject] {
  const [queryTree, schemaTree] = [read(query, parseQuery, knownQuery), read(schema, parseSchema, knownSchema)];
  checkQuery(checkedSchema(schemaTree), queryTree);
  return [queryTree, schemaTree];
}

/** What the work results in; where a document is not valid, what `otherwise` does. */
function attempt<T>(work: () => T, otherwise: (error: GraphqlError) => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof GraphqlError) return otherwise(error);
    throw error;
  }
}

/** A builtin that fails where a document is not valid. */
function strict(
  name: string,
  args: readonly TypeDescription[],
  result: TypeDescription,
  work: (...operands: RegoValue[]) => RegoValue,
): Builtin {
  return define({
    name: `graphql.${name}`,
    args,
    result,
    evaluate: (context: BuiltinContext, ...operands: readonly RegoValue[]) =>
      attempt<RegoValue | undefined>(
        () => work(...operands),
        (error) => context.fail(error instanceof NoDocument ? "eval_type_error" : "eval_builtin_error", error.message),
      ),
  });
}

export const graphql: readonly Builtin[] = [
  strict("parse", [any, any], arrayOf(tree), readBoth),
  strict("parse_query", [string], tree, (source) => parseQuery(source as string)),
  strict("parse_schema", [string], tree, (source) => parseSchema(source as string)),
  define({
    name: "graphql.parse_and_verify",
    args: [any, any],
    result: arrayOf(any),
    evaluate: (_, query, schema) =>
      attempt<RegoValue>(
        () => [true, ...readBoth(query, schema)],
        () => [false, {}, {}],
      ),
  }),
  define({
    name: "graphql.is_valid",
    args: [any, any],
    result: boolean,
    evaluate: (_, query, schema) =>
      attempt(
        () => readBoth(query, schema).length > 0,
        () => false,
      ),
  }),
  define({
    name: "graphql.schema_is_valid",
    args: [any],
    result: boolean,
    evaluate: (_, schema) =>
      attempt(
        () => checkedSchema(read(schema, parseSchema, knownSchema)).types.size > 0,
        () => false,
      ),
  }),
];
