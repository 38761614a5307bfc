// What an engine offers, in the form that OPA writes and reads: https://www.openpolicyagent.org/docs/deployments#capabilities
import { compiledCalls, declaredType, type FunctionType } from "./declared-types.ts";
import { define, type Builtin } from "./define.ts";
import { builtins } from "./list.ts";
import { anyStatic, type FieldKey, type StaticType } from "./static-type.ts";
import { any } from "./type-description.ts";

/** A type in OPA's JSON. `any` without `of` admits everything; descriptions and names of operands may be there, and say nothing here. */
export interface CapabilityType {
  readonly type: "any" | "null" | "boolean" | "number" | "string" | "array" | "set" | "object";
  /** The members of an `any`, or the one type of a set's items. */
  readonly of?: CapabilityType | readonly CapabilityType[];
  /** The first items of an array, or the fields of an object. */
  readonly static?: readonly (CapabilityType | { readonly key: FieldKey; readonly value: CapabilityType })[];
  /** All other items of an array, or all other fields of an object. */
  readonly dynamic?: CapabilityType | { readonly key: CapabilityType; readonly value: CapabilityType };
}

/** A builtin that may be called. */
export interface CapabilityBuiltin {
  readonly name: string;
  readonly decl: {
    readonly type: "function";
    readonly args?: readonly CapabilityType[];
    readonly result?: CapabilityType;
    readonly variadic?: CapabilityType;
  };
  readonly infix?: string;
  readonly relation?: boolean;
  readonly nondeterministic?: boolean;
  readonly deprecated?: boolean;
}

/** What a module may use. What is left out is not there: no builtins, no keywords, no features. Other fields than these say nothing to this engine. */
export interface Capabilities {
  readonly builtins?: readonly CapabilityBuiltin[];
  /** Keywords that `future.keywords` offers beyond `contains`, `every`, `if` and `in`. */
  readonly future_keywords?: readonly string[];
  readonly features?: readonly string[];
  /** The hosts that may be asked; all when it is left out. */
  readonly allow_net?: readonly string[];
}

/** The parts of the language that this engine knows, by OPA's names. */
const features = ["keywords_in_refs", "rego_v1", "rego_v2", "rego_v2_import", "template_strings"];

/** What this engine offers: every builtin with its declared type, sorted by name, the further keywords, and the features of the language. */
export function currentCapabilities(): Capabilities {
  const called = builtins.map((builtin): CapabilityBuiltin => {
    const { name, infix, relation, nondeterministic, deprecated } = builtin;
    return {
      name,
      decl: declaration(declaredType(builtin)),
      ...(infix === undefined ? {} : { infix }),
      ...(relation === undefined ? {} : { relation }),
      ...(nondeterministic === undefined ? {} : { nondeterministic }),
      ...(deprecated === undefined ? {} : { deprecated }),
    };
  });
  const compiled = [...compiledCalls].map(([name, type]): CapabilityBuiltin => ({
    name,
    decl: declaration(type),
    ...(type.infix === undefined ? {} : { infix: type.infix }),
  }));
  return {
    builtins: [...called, ...compiled].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    future_keywords: ["and", "not", "or"],
    features,
  };
}

/** The type of a builtin as capabilities declare it. */
export function functionType({ decl }: CapabilityBuiltin): FunctionType {
  return {
    args: (decl.args ?? []).map(typeOf),
    result: decl.result === undefined ? null : typeOf(decl.result),
    ...(decl.variadic === undefined ? {} : { further: typeOf(decl.variadic) }),
  };
}

/**
 * The builtins that capabilities leave: those they list, and of these the known ones as they are. One that they list and nobody implements can be
 * compiled; a call of it fails, and says so. `own` are the embedder's, which are there whatever is listed.
 */
export function permittedBuiltins(
  capabilities: Capabilities,
  known: ReadonlyMap<string, Builtin>,
  own: readonly Builtin[],
): ReadonlyMap<string, Builtin> {
  const permitted = new Map<string, Builtin>();
  for (const listed of capabilities.builtins ?? []) {
    if (compiledCalls.has(listed.name)) continue;
    permitted.set(listed.name, known.get(listed.name) ?? unimplemented(listed));
  }
  for (const builtin of own) permitted.set(builtin.name, builtin);
  return permitted;
}

function unimplemented({ name, decl }: CapabilityBuiltin): Builtin {
  return define({
    name,
    args: (decl.args ?? []).map(() => any),
    result: any,
    nondeterministic: true,
    evaluate: (context) =>
      context.fail("eval_builtin_error", `${name}: the capabilities list this builtin, but no implementation was registered`),
  });
}

function declaration({ args, result, further }: FunctionType): CapabilityBuiltin["decl"] {
  return {
    type: "function",
    ...(args.length === 0 ? {} : { args: args.map(jsonType) }),
    ...(result === null ? {} : { result: jsonType(result) }),
    ...(further === undefined ? {} : { variadic: jsonType(further) }),
  };
}

function jsonType(type: StaticType): CapabilityType {
  switch (type.kind) {
    case "array":
      return {
        type: "array",
        ...(type.items.length === 0 ? {} : { static: type.items.map(jsonType) }),
        ...(type.rest === null ? {} : { dynamic: jsonType(type.rest) }),
      };
    case "set":
      return { type: "set", of: jsonType(type.of) };
    case "object":
      return {
        type: "object",
        ...(type.fields.size === 0 ? {} : { static: [...type.fields].map(([key, value]) => ({ key, value: jsonType(value) })) }),
        ...(type.rest === null ? {} : { dynamic: { key: jsonType(type.rest.key), value: jsonType(type.rest.value) } }),
      };
    case "union":
      return { type: "any", of: type.of.map(jsonType) };
    default:
      return { type: type.kind };
  }
}

function typeOf(json: CapabilityType): StaticType {
  switch (json.type) {
    case "any":
      return Array.isArray(json.of) && json.of.length > 0
        ? { kind: "union", of: (json.of as readonly CapabilityType[]).map(typeOf) }
        : anyStatic;
    case "array":
      return {
        kind: "array",
        items: (json.static ?? []).map((item) => ("type" in item ? typeOf(item) : anyStatic)),
        rest: json.dynamic !== undefined && "type" in json.dynamic ? typeOf(json.dynamic) : null,
      };
    case "set":
      return { kind: "set", of: json.of !== undefined && "type" in json.of ? typeOf(json.of) : anyStatic };
    case "object": {
      const fields = new Map<FieldKey, StaticType>();
      for (const field of json.static ?? []) if ("key" in field) fields.set(field.key, typeOf(field.value));
      const rest = json.dynamic;
      return {
        kind: "object",
        fields,
        rest: rest !== undefined && "key" in rest ? { key: typeOf(rest.key), value: typeOf(rest.value) } : null,
      };
    }
    case "null":
    case "boolean":
    case "number":
    case "string":
      return { kind: json.type };
    default:
      // A type that a later version of the format knows.
      return anyStatic;
  }
}
