// Finds values by value: what sets and objects with composite keys stand on.
import { equals } from "./compare.ts";
import { deepestLevel, hashValue } from "./hash.ts";
import { canonicalNumber } from "./numbers.ts";
import type { RegoScalar, RegoValue } from "./value.ts";

/** Up to this many items are found by looking at each: cheaper than any table. */
const smallSize = 8;
/** A bucket with more composites than this is split by a deeper hash. */
const bucketSize = 6;

/** The position of the only composite with a hash, those of several, or a table of a deeper level. */
type Bucket = number | number[] | HashTable;

interface HashTable {
  readonly level: number;
  readonly buckets: Map<number, Bucket>;
}

/** A growing list of different values that knows where each of them is. */
export class ValueIndex {
  readonly items: RegoValue[];
  private scalars: Map<RegoScalar, number> | null = null;
  private composites: HashTable | null = null;

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
    if (typeof item === "object" && item !== null) return this.addComposite(item);
    if (this.scalars.has(item)) return false;
    this.scalars.set(item, this.items.length);
    this.items.push(item);
    return true;
  }

  private buildTables(): void {
    const scalars = new Map<RegoScalar, number>();
    this.scalars = scalars;
    this.items.forEach((item, position) => {
      if (typeof item === "object" && item !== null) {
        this.composites ??= { level: 0, buckets: new Map() };
        this.insert(this.composites, item, position);
      } else {
        scalars.set(item, position);
      }
    });
  }

  private addComposite(item: RegoValue): boolean {
    this.composites ??= { level: 0, buckets: new Map() };
    let table = this.composites;
    for (;;) {
      const hash = hashValue(item, table.level);
      const bucket = table.buckets.get(hash);
      if (bucket === undefined) {
        table.buckets.set(hash, this.items.length);
        this.items.push(item);
        return true;
      }
      if (typeof bucket === "number") {
        if (equals(this.items[bucket] as RegoValue, item)) return false;
        table.buckets.set(hash, [bucket, this.items.length]);
        this.items.push(item);
        return true;
      }
      if (Array.isArray(bucket)) {
        if (this.findIn(bucket, item) >= 0) return false;
        bucket.push(this.items.length);
        this.items.push(item);
        if (bucket.length > bucketSize && table.level < deepestLevel) this.deepen(table, hash, bucket);
        return true;
      }
      table = bucket;
    }
  }

  private findComposite(root: HashTable, value: RegoValue): number {
    let table = root;
    for (;;) {
      const bucket = table.buckets.get(hashValue(value, table.level));
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
  private insert(root: HashTable, item: RegoValue, position: number): void {
    let table = root;
    for (;;) {
      const hash = hashValue(item, table.level);
      const bucket = table.buckets.get(hash);
      if (bucket === undefined) {
        table.buckets.set(hash, position);
        return;
      }
      if (typeof bucket === "number") {
        table.buckets.set(hash, [bucket, position]);
        return;
      }
      if (Array.isArray(bucket)) {
        bucket.push(position);
        if (bucket.length > bucketSize && table.level < deepestLevel) this.deepen(table, hash, bucket);
        return;
      }
      table = bucket;
    }
  }

  private deepen(table: HashTable, hash: number, bucket: readonly number[]): void {
    const deeper: HashTable = { level: table.level + 1, buckets: new Map() };
    table.buckets.set(hash, deeper);
    for (const position of bucket) this.insert(deeper, this.items[position] as RegoValue, position);
  }
}
