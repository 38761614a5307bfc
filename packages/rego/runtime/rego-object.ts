import { equals } from "./compare.ts";
import { own, setOwn } from "./own.ts";
import { sortValues } from "./sort-values.ts";
import { ObjectValue } from "./value.ts";
import type { PlainObject, RegoArray, RegoValue } from "./value.ts";
import { ValueIndex } from "./value-index.ts";

/** An object with at least one key that is not a string. Made by `ObjectBuilder`, and not changed once it was handed on. */
export class RegoObject extends ObjectValue {
  /** An object of nobody: see `EvaluationContext.lasting`. */
  static readonly lasting: RegoObject = new RegoObject();
  private readonly index: ValueIndex = new ValueIndex();
  override readonly values: RegoValue[] = [];
  private order: RegoArray | null = null;

  override get size(): number {
    return this.values.length;
  }

  override get keys(): RegoArray {
    return this.index.items;
  }

  override get(key: RegoValue): RegoValue | undefined {
    const position = this.index.find(key);
    return position < 0 ? undefined : this.values[position];
  }

  /** Sets the value of a key, new or not. */
  set(key: RegoValue, value: RegoValue): void {
    if (this.index.add(key)) {
      this.values.push(value);
      this.order = null;
    } else {
      this.values[this.index.find(key)] = value;
    }
  }

  override sortedKeys(): RegoArray {
    this.order ??= sortValues(this.index.items);
    return this.order;
  }
}

/** Builds an object key by key: a plain one as long as all keys are strings. */
export class ObjectBuilder {
  /** A builder of nobody: see `EvaluationContext.lasting`. */
  static readonly lasting: ObjectBuilder = new ObjectBuilder();
  private plain: Record<string, RegoValue> | null = {};
  private general: RegoObject | null = null;

  get(key: RegoValue): RegoValue | undefined {
    if (this.plain === null) return this.general?.get(key);
    return typeof key === "string" ? own(this.plain, key) : undefined;
  }

  /** Sets the value of a key, new or not. */
  set(key: RegoValue, value: RegoValue): void {
    if (this.plain === null) {
      this.general?.set(key, value);
    } else if (typeof key === "string") {
      setOwn(this.plain, key, value);
    } else {
      const general = new RegoObject();
      for (const name of Object.keys(this.plain)) general.set(name, this.plain[name] as RegoValue);
      general.set(key, value);
      this.plain = null;
      this.general = general;
    }
  }

  /** Adds a key; returns false, and adds nothing, when it has another value already. */
  add(key: RegoValue, value: RegoValue): boolean {
    const present = this.get(key);
    if (present !== undefined) return equals(present, value);
    this.set(key, value);
    return true;
  }

  /** What was built. The builder is not to be used afterwards. */
  build(): PlainObject | RegoObject {
    return this.plain ?? this.general ?? {};
  }
}
