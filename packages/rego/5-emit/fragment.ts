// Typed pieces of JavaScript. Text that comes from Rego can only become code through `literal`, `property` or `NameTable`: the tag `js` takes
// nothing but fragments and numbers, so that data can't be put into code by mistake.
import { Decimal } from "../runtime/decimal.ts";
import { RegoObject } from "../runtime/rego-object.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import { ObjectValue, SetValue, type PlainObject, type PlainScalar, type RegoValue } from "../runtime/value.ts";

declare const fragmentBrand: unique symbol;

/** A piece of JavaScript. */
export type Fragment = string & { readonly [fragmentBrand]: true };

/** Puts fragments together. The literal parts of the template are the emitter's own text. */
export function js(strings: TemplateStringsArray, ...values: readonly (Fragment | number)[]): Fragment {
  let text = strings[0] ?? "";
  for (let i = 0; i < values.length; i++) text += `${values[i] ?? ""}${strings[i + 1] ?? ""}`;
  return text as Fragment;
}

/** Fragments between commas. */
export function list(fragments: readonly Fragment[]): Fragment {
  return fragments.join(", ") as Fragment;
}

/** A string literal. */
function quote(text: string): Fragment {
  const quoted = JSON.stringify(text);
  if (!/[\u2028\u2029\u007f]/.test(quoted)) return quoted as Fragment;
  return quoted.replace(/[\u2028\u2029\u007f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`) as Fragment;
}

/** A literal for any value. Keys are never written so that `__proto__` could mean a prototype. */
export function literal(value: RegoValue): Fragment {
  if (value === null) return js`null`;
  switch (typeof value) {
    case "boolean":
      return value ? js`true` : js`false`;
    case "number":
      return (value < 0 || Object.is(value, -0) ? `(${String(value)})` : String(value)) as Fragment;
    case "bigint":
      return (value < 0n ? `(${String(value)}n)` : `${String(value)}n`) as Fragment;
    case "string":
      return quote(value);
    default:
      return collection(value);
  }
}

function collection(value: Exclude<RegoValue, PlainScalar>): Fragment {
  if (value instanceof Decimal) return js`decimal(${quote(value.writtenText())})`;
  if (Array.isArray(value)) return js`[${list(value.map(literal))}]`;
  if (value instanceof SetValue) return js`RegoSet.of(${list(value.items.map(literal))})`;
  if (value instanceof ObjectValue) {
    const entries = value.keys.map((key) => js`[${literal(key)}, ${literal(value.get(key) ?? null)}]`);
    return js`objectOf([${list(entries)}])`;
  }
  const object = value as PlainObject;
  const entries = Object.keys(object).map((key) => {
    const name = quote(key);
    return key === "__proto__" ? js`[${name}]: ${literal(object[key] ?? null)}` : js`${name}: ${literal(object[key] ?? null)}`;
  });
  return entries.length === 0 ? js`{}` : js`{ ${list(entries)} }`;
}

/** Names that some value of JSON inherits or has for its own purposes; reading them as properties would find that instead of data. */
const inheritedByJson: ReadonlySet<string> = new Set(
  [Object, Array, String, Number, Boolean, BigInt, Decimal]
    .flatMap((one) => Object.getOwnPropertyNames(one.prototype))
    .concat("length", "stack", "message"),
);

/** The same for sets, and for objects with other keys than strings. */
const inheritedByOthers: ReadonlySet<string> = new Set(
  [RegoSet, RegoObject, SetValue, ObjectValue]
    .flatMap((one) => Object.getOwnPropertyNames(one.prototype))
    .concat(Object.getOwnPropertyNames(new RegoSet()), Object.getOwnPropertyNames(new RegoObject())),
);

/**
 * Whether `value.name` can be read as a property of any value, or of any that is `json`: what it finds is data or nothing. Digits would find the items of arrays and
 * strings.
 */
export function isPlainProperty(name: string, json: boolean): boolean {
  return !inheritedByJson.has(name) && (json || !inheritedByOthers.has(name)) && !/^[0-9]/.test(name);
}

/** `?.name`: an optional step, for names that `isPlainProperty` allows. */
export function property(name: string): Fragment {
  return (/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? `?.${name}` : `?.[${quote(name)}]`) as Fragment;
}

/** The code's opposite, for conditions that `comparison` and boolean builtins give. */
export function negate(code: Fragment): Fragment {
  const comparison = /^(\S+|"(?:[^"\\]|\\.)*") === (\S+|"(?:[^"\\]|\\.)*")$/.exec(code);
  if (comparison !== null) return `${comparison[1] ?? ""} !== ${comparison[2] ?? ""}` as Fragment;
  return /^[^\s"(]+\(/.test(code) ? ((code.startsWith("!") ? code.slice(1) : `!${code}`) as Fragment) : js`!(${code})`;
}

const words =
  "abstract arguments async await boolean break byte case catch char class const continue debugger default delete do double else enum eval export extends false final finally float for from function get goto if implements import in instanceof int interface let long native new null of package private protected public return set short static super switch synchronized this throw throws transient true try typeof undefined var void volatile while with yield Array Object Map Set JSON Math Number String Symbol Infinity NaN globalThis";

const reserved: ReadonlySet<string> = new Set(words.split(" "));

/** Identifiers by the hints that they were made from: most hints are met over and over. */
const baseNames: Map<string, string> = new Map();

/** How many of them are kept. */
const keptNames = 10_000;

function baseName(hint: string): string {
  let name = baseNames.get(hint);
  if (name === undefined) {
    name = identifierLike(hint);
    if (baseNames.size >= keptNames) baseNames.clear();
    baseNames.set(hint, name);
  }
  return name;
}

/** An identifier like a hint. */
function identifierLike(hint: string): string {
  if (/^[A-Za-z][A-Za-z0-9]{0,39}$/.test(hint)) return hint;
  const parts = hint.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = parts.map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
  return (/^[A-Za-z]/.test(joined) ? joined : `v${joined}`).slice(0, 40);
}

/** Hands out identifiers: derived from what a reader would call a thing, and all different. */
export class NameTable {
  private readonly used: Set<string> = new Set();
  private readonly taken: readonly ReadonlySet<string>[];
  /** By name: the first number behind it that may be free. */
  private readonly nextNumber: Map<string, number> = new Map();

  /** `taken` are names that have a meaning where these will stand. */
  constructor(taken: readonly ReadonlySet<string>[]) {
    this.taken = [reserved, ...taken];
  }

  /** What was handed out. */
  get names(): ReadonlySet<string> {
    return this.used;
  }

  /** A new identifier. Only letters, digits and underscores of the hint are used. */
  make(hint: string): Fragment {
    const base = baseName(hint);
    let name = base;
    let i = this.nextNumber.get(base) ?? 2;
    for (; this.isTaken(name); i++) name = `${base}${i}`;
    // What was taken stays taken.
    this.nextNumber.set(base, i);
    this.used.add(name);
    return name as Fragment;
  }

  private isTaken(name: string): boolean {
    if (this.used.has(name)) return true;
    for (const names of this.taken) if (names.has(name)) return true;
    return false;
  }
}
