import { own, setOwn } from "../runtime/own.ts";
import { isPlainObject, type PlainObject, type RegoValue } from "../runtime/value.ts";

/** Two documents that claim one place of `data`. */
export interface DataConflict {
  /** The place, as path below `data`. */
  readonly path: readonly string[];
  readonly file: string;
  /** The file that had it first. */
  readonly other: string;
}

/** Where a part of the tree came from: the file that set it last, and below it those of its children. */
interface Origin {
  readonly file: string;
  readonly children: Map<string, Origin>;
}

/** Base documents, put together from several files: objects are merged, and nothing that one file says is silently replaced by another. */
export class DataTree {
  readonly #root: Record<string, RegoValue> = {};
  readonly #origins: Origin = { file: "", children: new Map() };

  /** The documents as one value. */
  get value(): PlainObject {
    return this.#root;
  }

  /** Puts a document at a path below `data`. At the root it must be an object. Returns the first conflict, after which the tree holds a part of the document. */
  add(path: readonly string[], document: RegoValue, file: string): DataConflict | null {
    const wrapped = path.reduceRight<RegoValue>((inner, name) => {
      const outer: Record<string, RegoValue> = {};
      setOwn(outer, name, inner);
      return outer;
    }, document);
    return isPlainObject(wrapped) ? this.#merge(this.#root, wrapped, this.#origins, [], file) : { path: [], file, other: "data" };
  }

  #merge(
    target: Record<string, RegoValue>,
    source: PlainObject,
    origin: Origin,
    path: readonly string[],
    file: string,
  ): DataConflict | null {
    for (const key of Object.keys(source)) {
      const value = own(source, key) as RegoValue;
      const there = own(target, key);
      const known = origin.children.get(key);
      if (there === undefined || known === undefined) {
        const fresh: Origin = { file, children: new Map() };
        origin.children.set(key, fresh);
        setOwn(target, key, this.#copied(value, fresh, file));
      } else if (isPlainObject(there) && isPlainObject(value)) {
        const conflict = this.#merge(there, value, known, [...path, key], file);
        if (conflict !== null) return conflict;
      } else {
        return { path: [...path, key], file, other: known.file };
      }
    }
    return null;
  }

  /** Objects are copied, since others are merged into them. */
  #copied(value: RegoValue, origin: Origin, file: string): RegoValue {
    if (!isPlainObject(value)) return value;
    const copy: Record<string, RegoValue> = {};
    for (const key of Object.keys(value)) {
      const child: Origin = { file, children: new Map() };
      origin.children.set(key, child);
      setOwn(copy, key, this.#copied(own(value, key) as RegoValue, child, file));
    }
    return copy;
  }
}
