import type { ObjectPath } from "@holdfast/core";

/** A document that holds exceptions, with the places of what is in it. Who reads the files makes it. */
export interface ExceptionDocument {
  /** Plain data, as JSON has it. */
  readonly value: unknown;
  /** The file as faults name it; null where the document comes from a cluster. */
  readonly file: string | null;
  /** Where the value at a path stands, or the nearest there is around it; null where it stands in no text. Lines and columns are 1-based. */
  readonly placeOf: (path: ObjectPath) => { readonly line: number; readonly column: number } | null;
  /** Keys that stand twice in a mapping, each with the line of the later one. */
  readonly duplicateKeys: readonly { readonly key: string; readonly line: number }[];
}

/** Something wrong with an exception. None of a file's exceptions applies then. */
export interface ExceptionFault {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** The name of the exception, where it has one. */
  readonly exception: string | null;
  readonly message: string;
}
