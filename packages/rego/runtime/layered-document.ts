import { equals } from "./compare.ts";
import { conflictingKeys } from "./evaluation-error.ts";
import { lookup } from "./lookup.ts";
import { ObjectBuilder } from "./rego-object.ts";
import { RegoSet } from "./rego-set.ts";
import type { RegoValue } from "./value.ts";
import { ValueIndex } from "./value-index.ts";

/** A value that a rule gave, as opposed to a place with more below it. */
export class Leaf {
  readonly value: RegoValue;

  constructor(value: RegoValue) {
    this.value = value;
  }
}

/** What stands at a place of a layered document: a value, a set that rules add to, or a place with more below it. */
export type Layer = Leaf | RegoSet | LayeredDocument;

/** What rules with several dynamic steps in their heads make: a tree of places. Two rules may share places, but never put something below a value. */
export class LayeredDocument {
  private readonly index: ValueIndex = new ValueIndex();
  private readonly layers: Layer[] = [];

  get keys(): readonly RegoValue[] {
    return this.index.items;
  }

  get(key: RegoValue): Layer | undefined {
    const position = this.index.find(key);
    return position < 0 ? undefined : this.layers[position];
  }

  /** Puts a value at the end of some steps. */
  put(keys: readonly RegoValue[], value: RegoValue): void {
    const place = this.reach(keys);
    const key = keys.at(-1) as RegoValue;
    const present = place.get(key);
    if (present === undefined) place.set(key, new Leaf(value));
    else if (!(present instanceof Leaf) || !equals(present.value, value)) conflictingKeys();
  }

  /** Adds an element to the set at the end of some steps. */
  add(keys: readonly RegoValue[], element: RegoValue): void {
    const place = this.reach(keys);
    const key = keys.at(-1) as RegoValue;
    let present = place.get(key);
    if (present === undefined) {
      present = new RegoSet();
      place.set(key, present);
    }
    if (!(present instanceof RegoSet)) conflictingKeys();
    present.add(element);
  }

  /** Makes a place that is there even when nothing is put into it: a set, or one with more below it. */
  open(keys: readonly RegoValue[], isSet: boolean): void {
    const place = this.reach(keys);
    const key = keys.at(-1) as RegoValue;
    if (place.get(key) === undefined) place.set(key, isSet ? new RegoSet() : new LayeredDocument());
  }

  /** The whole as a value. */
  build(): RegoValue {
    const builder = new ObjectBuilder();
    this.keys.forEach((key, i) => {
      const layer = this.layers[i];
      if (layer !== undefined) builder.set(key, valueOfLayer(layer));
    });
    return builder.build();
  }

  private reach(keys: readonly RegoValue[]): LayeredDocument {
    let place: LayeredDocument = this;
    for (let i = 0; i + 1 < keys.length; i++) {
      const key = keys[i] as RegoValue;
      let next = place.get(key);
      if (next === undefined) {
        next = new LayeredDocument();
        place.set(key, next);
      }
      if (!(next instanceof LayeredDocument)) conflictingKeys();
      place = next;
    }
    return place;
  }

  private set(key: RegoValue, layer: Layer): void {
    this.index.add(key);
    this.layers.push(layer);
  }
}

export function valueOfLayer(layer: Layer): RegoValue {
  if (layer instanceof Leaf) return layer.value;
  return layer instanceof RegoSet ? layer : layer.build();
}

/** One step further into a layer. */
export function stepLayer(layer: Layer, key: RegoValue): Layer | undefined {
  if (layer instanceof LayeredDocument) return layer.get(key);
  const value = lookup(layer instanceof Leaf ? layer.value : layer, key);
  return value === undefined ? undefined : new Leaf(value);
}
