import type { NodeTable } from "./node-table.ts";

/** A document as it was read. */
export interface ComposedDocument {
  /** Plain JavaScript: objects, arrays, strings, numbers, bigints beyond 2^53, booleans, null. Aliased parts are the same object. */
  readonly value: unknown;
  readonly nodes: NodeTable;
  /** Keys that a mapping has twice, by the offset of the later one: the last value counts, as it does for Kubernetes. */
  readonly duplicates: readonly DuplicateKey[];
}

export interface DuplicateKey {
  readonly key: string;
  readonly offset: number;
}
