import { equals } from "./compare.ts";
import { plainIfSame } from "./decimal.ts";
import { valuesInOrder, valuesUnordered } from "./iteration.ts";
import { lookupPath } from "./lookup.ts";
import type { RegoArray, RegoValue } from "./value.ts";

const none: RegoArray = [];

/** Collections of fewer items are gone through each time. */
const worthIndexing = 16;

interface FieldIndex {
  /** How often it was asked for before it was made. */
  asked: number;
  /** The items by the scalar in their field, in the order of the collection. */
  byValue: Map<RegoValue, RegoValue[]> | null;
}

/** Finds the items of collections by the value of a field. An index is made when a collection is searched for the second time. Collections must not change meanwhile. */
export class FieldIndexes {
  private readonly known: Map<unknown, Map<string, FieldIndex>> = new Map();

  /** The items of a collection whose field at `path` equals `wanted`, in the collection's order. `key` names the path. */
  find(collection: RegoValue | undefined, key: string, path: readonly string[], wanted: RegoValue, ordered: boolean): RegoArray {
    if (typeof collection !== "object" || collection === null) return none;
    if (typeof wanted === "object" && wanted !== null) return scan(collection, path, wanted, ordered);
    if (Array.isArray(collection) && collection.length < worthIndexing) return scan(collection, path, wanted, ordered);
    let ofCollection = this.known.get(collection);
    if (ofCollection === undefined) {
      ofCollection = new Map();
      this.known.set(collection, ofCollection);
    }
    const name = ordered ? `ordered ${key}` : key;
    let index = ofCollection.get(name);
    if (index === undefined) {
      index = { asked: 0, byValue: null };
      ofCollection.set(name, index);
    }
    if (index.asked++ === 0) return scan(collection, path, wanted, ordered);
    index.byValue ??= group(itemsOf(collection, ordered), path);
    return index.byValue.get(wanted) ?? none;
  }
}

function itemsOf(collection: RegoValue, ordered: boolean): RegoArray {
  return ordered ? valuesInOrder(collection) : valuesUnordered(collection);
}

function scan(collection: RegoValue, path: readonly string[], wanted: RegoValue, ordered: boolean): RegoArray {
  let found: RegoValue[] | null = null;
  for (const item of itemsOf(collection, ordered)) {
    const value = lookupPath(item, path);
    if (value === undefined || !equals(value, wanted)) continue;
    if (found === null) found = [item];
    else found.push(item);
  }
  return found ?? none;
}

function group(items: RegoArray, path: readonly string[]): Map<RegoValue, RegoValue[]> {
  const byValue = new Map<RegoValue, RegoValue[]>();
  for (const item of items) {
    const value = plainIfSame(lookupPath(item, path));
    if (value === undefined || (typeof value === "object" && value !== null)) continue;
    const present = byValue.get(value);
    if (present === undefined) byValue.set(value, [item]);
    else present.push(item);
  }
  return byValue;
}
