import type { ObjectPath } from "@holdfast/core";
import type { HclEntry, HclMap, HclNode } from "./hcl-node.ts";
import type { ModuleScope } from "./module-scope.ts";
import { LIST_BLOCKS, META_ARGUMENTS, NUMBERS, OWN_KEYS, SINGLE_WITHIN, SPECIAL_NAMES } from "./resource-types.ts";

/** Where something of an object stands: its key, and its value. */
export interface ObjectPlace {
  readonly key: readonly [start: number, end: number];
  readonly value: readonly [start: number, end: number];
}

/** An object as a resource makes it. */
export interface MadeObject {
  readonly object: Readonly<Record<string, unknown>>;
  /** By the path, as JSON. */
  readonly places: ReadonlyMap<string, ObjectPlace>;
  /** What is only known when it is applied: paths, and the expressions there. */
  readonly unknown: readonly { readonly path: ObjectPath; readonly source: string }[];
}

type Fields = Record<string, unknown>;

/** Makes the object of a resource's body: names in camel case, blocks that may be repeated as lists. */
export function objectOfResource(
  body: HclMap,
  type: { readonly apiVersion: string; readonly kind: string },
  scope: ModuleScope,
): MadeObject {
  const maker = new Maker(scope);
  const fields: Fields = { apiVersion: type.apiVersion, kind: type.kind };
  maker.block({ ...body, entries: body.entries.filter(({ key }) => !META_ARGUMENTS.has(key)) }, "", [], fields);
  if (type.kind === "Secret") maker.secret(fields);
  return { object: fields, places: maker.places, unknown: maker.unknown };
}

/** Makes the object of a `manifest`, which is written as Kubernetes has it; undefined where it is no object. */
export function objectOfManifest(manifest: HclNode, scope: ModuleScope): MadeObject | undefined {
  const maker = new Maker(scope);
  const object = maker.value(manifest, []);
  return typeof object === "object" && object !== null && !Array.isArray(object)
    ? { object: object as Fields, places: maker.places, unknown: maker.unknown }
    : undefined;
}

class Maker {
  readonly places = new Map<string, ObjectPlace>();
  readonly unknown: { path: ObjectPath; source: string }[] = [];
  readonly #scope: ModuleScope;

  constructor(scope: ModuleScope) {
    this.#scope = scope;
  }

  /** Puts what a block says into fields; `name` is the block's own. */
  block({ entries }: HclMap, name: string, path: ObjectPath, fields: Fields): void {
    for (const entry of entries) {
      if (entry.labels !== undefined && entry.key === "dynamic") this.#dynamic(entry, name, path, fields);
      else if (isBlock(entry)) this.#inner(entry, name, path, fields);
      else this.#attribute(entry, path, fields);
    }
  }

  #attribute(entry: HclEntry, path: ObjectPath, fields: Fields): void {
    const name = fieldName(entry.key);
    const at = [...path, name];
    this.#note(at, entry);
    const value = this.value(entry.value, at);
    if (value === null || value === undefined) return;
    fields[name] = NUMBERS.has(name) ? numeric(value) : value;
  }

  #inner(entry: HclEntry, within: string, path: ObjectPath, fields: Fields): void {
    const list = listName(entry.key, within);
    const values = entry.value.kind === "list" ? entry.value.items : [entry.value];
    for (const value of values) {
      if (value.kind !== "map") continue;
      if (list === undefined) {
        const name = fieldName(entry.key);
        const own = (fields[name] ?? {}) as Fields;
        fields[name] = own;
        this.#note([...path, name], entry);
        this.block(value, entry.key, [...path, name], own);
        continue;
      }
      const items = (fields[list] ?? []) as Fields[];
      fields[list] = items;
      const item: Fields = {};
      if (items.length === 0) this.#note([...path, list], entry);
      this.#note([...path, list, items.length], entry);
      items.push(item);
      this.block(value, entry.key, [...path, list, items.length - 1], item);
    }
  }

  /** Blocks that are made when it is applied. */
  #dynamic(entry: HclEntry, within: string, path: ObjectPath, fields: Fields): void {
    const [label = ""] = entry.labels ?? [];
    const name = listName(label, within) ?? fieldName(label);
    this.unknown.push({ path: [...path, name], source: `dynamic "${label}"` });
    if (listName(label, within) !== undefined) fields[name] ??= [];
    this.#note([...path, name], entry);
  }

  /** A value that is written as it is. */
  value(node: HclNode, path: ObjectPath): unknown {
    const known = this.#scope.resolve(node);
    switch (known.kind) {
      case "scalar":
        return known.value;
      case "list":
        return known.items.map((item, index) => {
          this.places.set(JSON.stringify([...path, index]), { key: [item.start, item.end], value: [item.start, item.end] });
          return this.value(item, [...path, index]);
        });
      case "map": {
        const fields: Fields = {};
        for (const entry of known.entries) {
          this.#note([...path, entry.key], entry);
          const value = this.value(entry.value, [...path, entry.key]);
          if (value !== null) Object.defineProperty(fields, entry.key, { value, enumerable: true, configurable: true, writable: true });
        }
        return fields;
      }
      case "expression": {
        const source = known.parts.map((part) => (typeof part === "string" ? part : `\${${part.source}}`)).join("");
        this.unknown.push({ path, source });
        return source;
      }
    }
  }

  #note(path: ObjectPath, { start, end, value }: HclEntry): void {
    this.places.set(JSON.stringify(path), { key: [start, end], value: [value.start, value.end] });
  }

  /** The provider encodes the data of secrets itself. */
  secret(fields: Fields): void {
    const { data, binaryData } = fields;
    delete fields["data"];
    delete fields["binaryData"];
    if (data !== undefined) fields["stringData"] = data;
    if (binaryData !== undefined) fields["data"] = binaryData;
    for (const [from, to] of [
      ["data", "stringData"],
      ["binaryData", "data"],
    ] as const)
      for (const [key, place] of new Map(this.places)) {
        const [first, ...rest] = JSON.parse(key) as (string | number)[];
        if (first === from) this.places.set(JSON.stringify([to, ...rest]), place);
      }
  }
}

/** Whether an entry is a block: with labels or without; in JSON an object or a list of objects whose keys are not the user's own. */
function isBlock({ key, labels, value }: HclEntry): boolean {
  if (labels !== undefined) return true;
  if (OWN_KEYS.has(key)) return false;
  return value.kind === "map"
    ? isJson(value)
    : value.kind === "list" && value.items.length > 0 && value.items.every((item) => item.kind === "map" && isJson(item));
}

/** Objects of Terraform's JSON say so by their kind of keys. */
function isJson(node: HclMap): boolean {
  return node.entries.every(({ json }) => json === true);
}

function listName(key: string, within: string): string | undefined {
  if (!Object.hasOwn(LIST_BLOCKS, key)) return undefined;
  if (Object.hasOwn(SINGLE_WITHIN, key) && SINGLE_WITHIN[key]?.has(within) === true) return undefined;
  return LIST_BLOCKS[key];
}

function fieldName(key: string): string {
  if (Object.hasOwn(SPECIAL_NAMES, key)) return SPECIAL_NAMES[key] ?? key;
  return key.replaceAll(/_(?<next>[a-z0-9])/gu, (_whole, next: string) => next.toUpperCase());
}

/** Numbers that are written as texts. */
function numeric(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(numeric);
  return typeof value === "string" && /^\d{1,15}$/u.test(value) ? Number(value) : value;
}
