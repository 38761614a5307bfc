import { equals } from "./compare.ts";
import { sortDistinct, sortValues } from "./sort-values.ts";
import { SetValue } from "./value.ts";
import type { RegoArray, RegoValue } from "./value.ts";
import { ValueIndex } from "./value-index.ts";

/** So many values are gathered before they are compared: what comes more often than that is not to fill the memory. */
const mostGathered = 65_536;

/** With more elements of one key than this, a key tells too little. */
const mostOfKey = 16;

/**
 * A set, by value. It is filled with `add` or `gather` by whoever made it, and not changed once it was handed on.
 * Adding and asking cost the same however large the elements are, but for a look at elements that resemble each other.
 */
export class RegoSet extends SetValue {
  override readonly onlyJson: boolean;
  private index: ValueIndex;
  /** Values that were not compared yet with each other; null where they all were. */
  private gathered: RegoValue[] | null = null;
  private order: RegoArray | null = null;

  constructor(index: ValueIndex = new ValueIndex(), onlyJson: boolean = false) {
    super();
    this.index = index;
    this.onlyJson = onlyJson;
  }

  /** An empty set for values that are all JSON. */
  static ofJson(): RegoSet {
    return new RegoSet(new ValueIndex(), true);
  }

  static of(...values: RegoValue[]): RegoSet {
    return RegoSet.from(values);
  }

  static from(values: Iterable<RegoValue>): RegoSet {
    const set = new RegoSet();
    for (const value of values) set.add(value);
    return set;
  }

  /** The set of values that are known to be different, and in canonical form, as the elements of other sets are. The array is the set's from then on. */
  static ofDistinct(values: RegoValue[]): RegoSet {
    return new RegoSet(new ValueIndex(values));
  }

  override get size(): number {
    return this.settled().items.length;
  }

  override get items(): RegoArray {
    return this.settled().items;
  }

  override has(value: RegoValue): boolean {
    return this.settled().find(value) >= 0;
  }

  /** Adds an element; returns whether it is new. */
  add(value: RegoValue): boolean {
    const added = this.settled().add(value);
    if (added) this.order = null;
    return added;
  }

  /**
   * Adds an element that may be there already. Whether it is will be found out when somebody asks for the set: what most results are asked for is their order, which brings
   * equal elements together anyway.
   */
  gather(value: RegoValue): void {
    if (this.gathered === null) {
      if (this.index.items.length > 0) {
        this.add(value);
        return;
      }
      this.gathered = [value];
    } else {
      this.gathered.push(value);
      if (this.gathered.length > mostGathered) this.settled();
    }
  }

  override itemsByKey(keyOf: (element: RegoValue) => string): RegoArray {
    const { gathered } = this;
    if (gathered === null) return this.index.items;
    const different: RegoValue[] = [];
    const ofKey = new Map<string, RegoValue[]>();
    for (let i = 0; i < gathered.length; i++) {
      const element = gathered[i] as RegoValue;
      // Numbers have a canonical form, which the index knows.
      if (typeof element !== "object") return this.items;
      const key = keyOf(element);
      const alike = ofKey.get(key);
      if (alike === undefined) ofKey.set(key, [element]);
      else if (alike.length >= mostOfKey) return this.items;
      else if (isAmong(alike, element)) continue;
      else alike.push(element);
      different.push(element);
    }
    this.gathered = null;
    this.index = new ValueIndex(different);
    return different;
  }

  override sorted(): RegoArray {
    if (this.gathered !== null) {
      const order = sortDistinct(this.gathered);
      if (order !== null) {
        this.gathered = null;
        this.index = new ValueIndex(order);
        this.order = order;
        return order;
      }
    }
    this.order ??= sortValues(this.settled().items);
    return this.order;
  }

  private settled(): ValueIndex {
    const { gathered, index } = this;
    if (gathered === null) return index;
    this.gathered = null;
    for (let i = 0; i < gathered.length; i++) index.add(gathered[i] as RegoValue);
    return index;
  }
}

function isAmong(values: readonly RegoValue[], value: RegoValue): boolean {
  for (let i = 0; i < values.length; i++) if (equals(values[i] as RegoValue, value)) return true;
  return false;
}

/** The set without elements. */
export const emptySet: RegoSet = new RegoSet();
