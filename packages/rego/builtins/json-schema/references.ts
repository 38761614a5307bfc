// Where `$ref` leads: to other places of the same schema, by pointer (RFC 6901) or by the ids in it. Nothing is fetched.
import { own } from "../../runtime/own.ts";
import type { PlainObject, RegoValue } from "../../runtime/value.ts";
import { isArray, isPlainObject } from "../../runtime/value.ts";
import { SchemaError } from "./schema.ts";

/** Schemas may be nested this deep. */
const mostDepth = 500;

export class References {
  private readonly byId = new Map<string, RegoValue>();
  private readonly bases = new Map<RegoValue, string>();

  constructor(root: RegoValue) {
    this.byId.set("", root);
    this.register(root, "", 0);
  }

  private register(value: RegoValue, base: string, depth: number): void {
    if (depth > mostDepth) throw new SchemaError("the schema is too deeply nested");
    if (isArray(value)) for (const item of value) this.register(item, base, depth + 1);
    if (!isPlainObject(value)) return;
    const id = own(value, "$id") ?? own(value, "id");
    const here = typeof id === "string" && own(value, "$ref") === undefined ? absolute(base, id) : base;
    if (here !== base && !this.byId.has(here)) this.byId.set(here, value);
    this.bases.set(value, here.split("#")[0] as string);
    for (const key of Object.keys(value)) {
      // What stands there is data, not schemas.
      if (key !== "enum" && key !== "const") this.register(own(value, key) as RegoValue, this.bases.get(value) as string, depth + 1);
    }
  }

  /** The part of the schema that a reference in another part means. Throws a SchemaError if there is none. */
  find(from: PlainObject, reference: string): RegoValue {
    const target = absolute(this.bases.get(from) ?? "", reference);
    const known = this.byId.get(target) ?? this.byId.get(target.replace(/#$/, ""));
    if (known !== undefined) return known;
    const [document = "", pointer = ""] = target.split("#");
    const start = this.byId.get(document);
    if (start === undefined) throw new SchemaError(`remote reference ${reference} is not followed`);
    return follow(start, pointer);
  }
}

function absolute(base: string, reference: string): string {
  if (reference.startsWith("#")) return base + reference;
  try {
    return new URL(reference, base === "" ? undefined : base).href;
  } catch {
    return reference;
  }
}

function follow(start: RegoValue, pointer: string): RegoValue {
  let value = start;
  for (const token of decode(pointer).split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    const next: RegoValue | undefined = isPlainObject(value)
      ? own(value, key)
      : isArray(value) && /^\d+$/.test(key)
        ? value[Number(key)]
        : undefined;
    if (next === undefined) throw new SchemaError(`Object has no key '${key}'`);
    value = next;
  }
  return value;
}

function decode(pointer: string): string {
  try {
    return decodeURIComponent(pointer);
  } catch {
    return pointer;
  }
}
