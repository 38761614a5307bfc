import { sortValues } from "./sort-values.ts";
import { SetValue } from "./value.ts";
import type { RegoArray, RegoValue } from "./value.ts";
import { ValueIndex } from "./value-index.ts";

/**
 * A set, by value. It is filled with `add` by whoever made it, and not changed once it was handed on.
 * Adding and asking cost the same however large the elements are, but for a look at elements that resemble each other.
 */
export class RegoSet extends SetValue {
  override readonly onlyJson: boolean;
  private readonly index: ValueIndex;
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
    return this.index.items.length;
  }

  override get items(): RegoArray {
    return this.index.items;
  }

  override has(value: RegoValue): boolean {
    return this.index.find(value) >= 0;
  }

  /** Adds an element; returns whether it is new. */
  add(value: RegoValue): boolean {
    const added = this.index.add(value);
    if (added) this.order = null;
    return added;
  }

  override sorted(): RegoArray {
    this.order ??= sortValues(this.index.items);
    return this.order;
  }
}

/** The set without elements. */
export const emptySet: RegoSet = new RegoSet();
