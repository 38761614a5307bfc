// What OPA declares of builtins whose operands are checked more loosely, or described more coarsely, when they are called. The type checker and the
// capabilities speak of these types; what a call then does with an operand is the builtin's own matter.
import type { Builtin } from "./define.ts";
import {
  anyStatic as any,
  booleanStatic as boolean,
  nullStatic as nullType,
  numberStatic as number,
  staticType,
  stringStatic as string,
  type StaticType,
} from "./static-type.ts";

/** The type of a function. `result` is null where a call has none. */
export interface FunctionType {
  readonly args: readonly StaticType[];
  readonly result: StaticType | null;
  /** What any number of further operands are. */
  readonly further?: StaticType;
}

const object = objectOf(any, any);
const array = arrayOf(any);
const record = objectOf(string, any);
const collection = oneOf(array, setOf(any));
const path = oneOf(string, array);
const document = oneOf(string, object);
const paths = oneOf(arrayOf(path), setOf(path));
const addresses = oneOf(string, arrayOf(path), objectOf(string, path), setOf(path));
const moment = oneOf(number, tuple(number, string));
const validity: FunctionType = { args: [string], result: boolean };
const reachability: readonly StaticType[] = [objectOf(any, collection), collection];

const declared: ReadonlyMap<string, FunctionType> = new Map<string, FunctionType>([
  ["base64.is_valid", validity],
  ["crypto.parse_private_keys", { args: [string], result: arrayOf(record) }],
  ["crypto.x509.parse_and_verify_certificates", { args: [string], result: tuple(boolean, arrayOf(record)) }],
  ["crypto.x509.parse_and_verify_certificates_with_options", { args: [string, record], result: tuple(boolean, arrayOf(record)) }],
  ["graph.reachable", { args: reachability, result: setOf(any) }],
  ["graph.reachable_paths", { args: reachability, result: setOf(array) }],
  ["graphql.is_valid", { args: [document, document], result: boolean }],
  ["graphql.parse", { args: [document, document], result: tuple(object, object) }],
  ["graphql.parse_and_verify", { args: [document, document], result: tuple(boolean, object, object) }],
  ["graphql.schema_is_valid", { args: [document], result: boolean }],
  ["io.jwt.decode", { args: [string], result: tuple(object, object, string) }],
  ["io.jwt.decode_verify", { args: [string, record], result: tuple(boolean, object, object) }],
  ["json.filter", { args: [object, paths], result: object }],
  ["json.is_valid", validity],
  [
    "json.marshal_with_options",
    { args: [any, fields({ indent: string, prefix: string, pretty: boolean }, { key: string, value: any })], result: string },
  ],
  [
    "json.match_schema",
    {
      args: [document, document],
      result: tuple(boolean, arrayOf(fields({ desc: string, error: string, field: string, type: string }, null))),
    },
  ],
  ["json.patch", { args: [any, arrayOf(fields({ op: string, path: any }, { key: any, value: any }))], result: any }],
  ["json.remove", { args: [object, paths], result: object }],
  ["json.verify_schema", { args: [document], result: tuple(boolean, oneOf(nullType, string)) }],
  ["net.cidr_contains_matches", { args: [addresses, addresses], result: setOf(tuple(any, any)) }],
  ["net.cidr_is_valid", validity],
  ["net.cidr_merge", { args: [oneOf(arrayOf(oneOf(string)), setOf(string))], result: setOf(string) }],
  ["print", { args: [], result: null, further: any }],
  ["providers.aws.sign_req", { args: [record, record, number], result: object }],
  ["regex.is_valid", validity],
  ["time.clock", { args: [moment], result: tuple(number, number, number) }],
  ["time.date", { args: [moment], result: tuple(number, number, number) }],
  ["time.diff", { args: [moment, moment], result: tuple(number, number, number, number, number, number) }],
  ["time.format", { args: [oneOf(number, tuple(number, string), tuple(number, string, string))], result: string }],
  ["time.weekday", { args: [moment], result: string }],
  ["uri.parse", { args: [string], result: objectOf(string, string) }],
  ["walk", { args: [any], result: tuple(array, any) }],
  ["yaml.is_valid", validity],
]);

/**
 * What the compiler itself makes of some calls, so that there is no builtin of this name: unification and assignment, what calls of `print`, template
 * strings and test cases become in OPA, and the metadata of a rule, which are known when it is compiled.
 */
export const compiledCalls: ReadonlyMap<string, FunctionType & { readonly infix?: string }> = new Map([
  ["assign", { args: [any, any], result: boolean, infix: ":=" }],
  ["eq", { args: [any, any], result: boolean, infix: "=" }],
  ["internal.print", { args: [arrayOf(setOf(any))], result: null }],
  ["internal.template_string", { args: [array], result: string }],
  ["internal.test_case", { args: [array], result: null }],
  ["rego.metadata.chain", { args: [], result: array }],
  ["rego.metadata.rule", { args: [], result: any }],
]);

const derived = new WeakMap<Builtin, FunctionType>();

/** The type that a builtin is declared with. */
export function declaredType(builtin: Builtin): FunctionType {
  let type = derived.get(builtin);
  if (type === undefined) {
    type = declared.get(builtin.name) ?? { args: builtin.args.map(staticType), result: staticType(builtin.result) };
    derived.set(builtin, type);
  }
  return type;
}

function arrayOf(rest: StaticType): StaticType {
  return { kind: "array", items: [], rest };
}

function tuple(...items: readonly StaticType[]): StaticType {
  return { kind: "array", items, rest: null };
}

function setOf(of: StaticType): StaticType {
  return { kind: "set", of };
}

function objectOf(key: StaticType, value: StaticType): StaticType {
  return { kind: "object", fields: new Map(), rest: { key, value } };
}

function fields(
  known: Readonly<Record<string, StaticType>>,
  rest: { readonly key: StaticType; readonly value: StaticType } | null,
): StaticType {
  return { kind: "object", fields: new Map(Object.entries(known)), rest };
}

function oneOf(...of: readonly StaticType[]): StaticType {
  return { kind: "union", of };
}
