// Finds values by value: what sets and objects with composite keys stand on.
import { equals } from "./compare.ts";
import { Decimal, plainIfSame } from "./decimal.ts";
import { differingPart, partAt, type PartPath } from "./differing-part.ts";
import { deepestLevel, hashValue, longestText } from "./hash.ts";
import { canonicalNumber } from "./numbers.ts";
import type { PlainScalar, RegoValue } from "./value.ts";

/** Up to this many items are found by looking at each: cheaper than any table. */
const smallSize = 8;
/** A bucket with more composites than this is split. */
const bucketSize = 6;

/** The position of the only composite of a kind, those of several, or a table that tells them apart. */
type Bucket = number | number[] | Table;

/** Buckets of values that agree in something. */
interface Table {
  /** How many tables it lies in. The outermost goes by the longest texts, those below it by parts in which their values differ, and the lowest by hashes. */
  readonly depth: number;
  /** Where the part lies that the table goes by; null for other tables. */
  readonly part: PartPath | null;
  /** How deep the hash looks that the table goes by; -1 for other tables. */
  readonly level: number;
  readonly buckets: Map<PlainScalar | undefined, Bucket>;
}

/** So many tables by parts may lie in each other: where values differ in a part that only one of them has, more would be of no use. */
const mostPartTables = 4;

/** What a table knows a value by. */
function bucketOf(value: RegoValue, { part, level }: Table): PlainScalar | undefined {
  if (part !== null) return partAt(value, part);
  return level < 0 ? (longestText(value) ?? hashValue(value, 0)) : hashValue(value, level);
}

/** A table that tells apart what lies together in a bucket of another; null where there is none. */
function tableBelow(table: Table, first: RegoValue, last: RegoValue): Table | null {
  const depth = table.depth + 1;
  const part = depth > mostPartTables || table.level >= 0 ? null : differingPart(first, last);
  if (part !== null) return { depth, part, level: -1, buckets: new Map() };
  return table.level < deepestLevel ? { depth, part: null, level: table.level + 1, buckets: new Map() } : null;
}

function newTable(): Table {
  return { depth: 0, part: null, level: -1, buckets: new Map() };
}

/** A growing list of different values that knows where each of them is. */
export class ValueIndex {
  /** Values of nobody, enough for a table: see `EvaluationContext.lasting`. */
  static readonly lasting: ValueIndex = new ValueIndex(Array.from({ length: smallSize + 1 }, (_, i) => [i]));
  static {
    this.lasting.find([0]);
  }
  readonly items: RegoValue[];
  private scalars: Map<PlainScalar, number> | null = null;
  private composites: Table | null = null;

  /** `items` are the values to begin with: canonical, and known to be different. They are indexed when the first value is looked for. */
  constructor(items: RegoValue[] = []) {
    this.items = items;
  }

  /** The position of a value, or -1. */
  find(value: RegoValue): number {
    const items = this.items;
    if (this.scalars === null && items.length > smallSize) this.buildTables();
    if (this.scalars === null) {
      for (let i = 0; i < items.length; i++) {
        if (equals(items[i] as RegoValue, value)) return i;
      }
      return -1;
    }
    if (typeof value !== "object" || value === null) {
      return this.scalars.get(typeof value === "number" ? canonicalNumber(value) : value) ?? -1;
    }
    if (value instanceof Decimal && value.plainForm() !== null) return this.scalars.get(value.plainForm()) ?? -1;
    return this.composites === null ? -1 : this.findComposite(this.composites, value);
  }

  /** Adds a value unless an equal one is there. Returns whether it was added. */
  add(value: RegoValue): boolean {
    const item = typeof value === "number" ? canonicalNumber(value) : value;
    if (this.scalars === null && this.items.length > smallSize) this.buildTables();
    if (this.scalars === null) {
      if (this.find(item) >= 0) return false;
      this.items.push(item);
      if (this.items.length > smallSize) this.buildTables();
      return true;
    }
    const known = plainIfSame(item);
    if (typeof known === "object" && known !== null) return this.addComposite(known);
    if (this.scalars.has(known)) return false;
    this.scalars.set(known, this.items.length);
    this.items.push(item);
    return true;
  }

  private buildTables(): void {
    const scalars = new Map<PlainScalar, number>();
    this.scalars = scalars;
    this.items.forEach((value, position) => {
      const item = plainIfSame(value);
      if (typeof item === "object" && item !== null) {
        this.composites ??= newTable();
        this.insert(this.composites, item, position);
      } else {
        scalars.set(item, position);
      }
    });
  }

  private addComposite(item: RegoValue): boolean {
    this.composites ??= newTable();
    let table = this.composites;
    for (;;) {
      const key = bucketOf(item, table);
      const bucket = table.buckets.get(key);
      if (bucket === undefined) {
        table.buckets.set(key, this.items.length);
        this.items.push(item);
        return true;
      }
      if (typeof bucket === "number") {
        if (equals(this.items[bucket] as RegoValue, item)) return false;
        table.buckets.set(key, [bucket, this.items.length]);
        this.items.push(item);
        return true;
      }
      if (Array.isArray(bucket)) {
        if (this.findIn(bucket, item) >= 0) return false;
        bucket.push(this.items.length);
        this.items.push(item);
        if (bucket.length > bucketSize) this.deepen(table, key, bucket);
        return true;
      }
      table = bucket;
    }
  }

  private findComposite(root: Table, value: RegoValue): number {
    let table = root;
    for (;;) {
      const bucket = table.buckets.get(bucketOf(value, table));
      if (bucket === undefined) return -1;
      if (typeof bucket === "number") return equals(this.items[bucket] as RegoValue, value) ? bucket : -1;
      if (Array.isArray(bucket)) return this.findIn(bucket, value);
      table = bucket;
    }
  }

  private findIn(bucket: readonly number[], value: RegoValue): number {
    for (let i = 0; i < bucket.length; i++) {
      const position = bucket[i] as number;
      if (equals(this.items[position] as RegoValue, value)) return position;
    }
    return -1;
  }

  /** Inserts an item that is known to differ from all others. */
  private insert(root: Table, item: RegoValue, position: number): void {
    let table = root;
    for (;;) {
      const key = bucketOf(item, table);
      const bucket = table.buckets.get(key);
      if (bucket === undefined) {
        table.buckets.set(key, position);
        return;
      }
      if (typeof bucket === "number") {
        table.buckets.set(key, [bucket, position]);
        return;
      }
      if (Array.isArray(bucket)) {
        bucket.push(position);
        if (bucket.length > bucketSize) this.deepen(table, key, bucket);
        return;
      }
      table = bucket;
    }
  }

  private deepen(table: Table, key: PlainScalar | undefined, bucket: readonly number[]): void {
    const [first = 0] = bucket;
    const below = tableBelow(table, this.items[first] as RegoValue, this.items[bucket.at(-1) ?? 0] as RegoValue);
    if (below === null) return;
    table.buckets.set(key, below);
    for (const position of bucket) this.insert(below, this.items[position] as RegoValue, position);
  }
}
