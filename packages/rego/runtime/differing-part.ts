// Scalars that lie within composite values, by their paths.
import { BeyondJson } from "./beyond-json.ts";
import { Decimal } from "./decimal.ts";
import { canonicalNumber } from "./numbers.ts";
import { own } from "./own.ts";
import type { PlainObject, PlainScalar, RegoValue } from "./value.ts";

/** Steps into arrays and into objects whose keys are strings. */
export type PartPath = readonly (string | number)[];

/** What stands at a path; undefined where there is nothing. */
export function valueAt(value: RegoValue, path: PartPath): RegoValue | undefined {
  let part: RegoValue | undefined = value;
  for (let i = 0; i < path.length; i++) {
    if (typeof part !== "object" || part === null) return undefined;
    const step = path[i] as string | number;
    if (typeof step === "number") part = Array.isArray(part) ? (part[step] as RegoValue | undefined) : undefined;
    else part = isPlain(part) ? own(part, step) : undefined;
  }
  return part;
}

/** The scalar at a path; undefined where there is none. Equal values have equal ones. */
export function partAt(value: RegoValue, path: PartPath): PlainScalar | undefined {
  const part = valueAt(value, path);
  if (typeof part === "number") return canonicalNumber(part);
  if (part instanceof Decimal) return part.plainForm() ?? part.identity();
  return typeof part !== "object" || part === null ? part : undefined;
}

/** The path of a scalar by which two values differ: a text, if there is one. Null if they are equal, or differ in other ways only. */
export function differingPart(a: RegoValue, b: RegoValue): PartPath | null {
  const search = new Search();
  search.visit(a, b);
  return search.found;
}

class Search {
  found: PartPath | null = null;
  private readonly path: (string | number)[] = [];

  /** Whether a text was found. */
  visit(a: RegoValue, b: RegoValue | undefined): boolean {
    if (a === b) return false;
    if (typeof a !== "object" || a === null || a instanceof Decimal) {
      if (partAt(a, []) === (b === undefined ? undefined : partAt(b, []))) return false;
      if (this.found === null || typeof a === "string") this.found = [...this.path];
      return typeof a === "string";
    }
    if (Array.isArray(a)) return this.items(a as readonly RegoValue[], Array.isArray(b) ? (b as readonly RegoValue[]) : []);
    if (!isPlain(a)) return false;
    const other = typeof b === "object" && b !== null && isPlain(b) ? b : {};
    for (const key in a) if (this.step(key, own(a, key) as RegoValue, own(other, key))) return true;
    return false;
  }

  private items(a: readonly RegoValue[], b: readonly RegoValue[]): boolean {
    for (let i = 0; i < a.length; i++) if (this.step(i, a[i] as RegoValue, b[i])) return true;
    return false;
  }

  private step(step: string | number, a: RegoValue, b: RegoValue | undefined): boolean {
    this.path.push(step);
    const isText = this.visit(a, b);
    this.path.pop();
    return isText;
  }
}

function isPlain(value: object): value is PlainObject {
  return !Array.isArray(value) && !(value instanceof BeyondJson);
}
