import type { ObjectPath } from "@holdfast/core";
import { aliasBudget, compose } from "../yaml/compose.ts";
import { findNode } from "../yaml/find-node.ts";
import { LineIndex } from "../yaml/line-index.ts";
import { YamlFault } from "../yaml/yaml-fault.ts";
import type { LibraryFault, LibraryFile, LineOfKey } from "./library-fault.ts";

/** A YAML or JSON text as it was read, and where its parts stand. */
export interface PageText {
  readonly value: unknown;
  /** The line of a path's value, or of its last ancestor that is there. */
  readonly lineOf: (path: ObjectPath) => number;
  /** The same for the entries of the mapping at a path. */
  readonly linesOf: (path: ObjectPath) => LineOfKey;
}

/** Reads the one document of a text that a user wrote; `start` and `end` are those of the part to read. Faults have lines of the whole text. */
export function readPageText(file: LibraryFile, faults: LibraryFault[], start = 0, end: number = file.text.length): PageText | null {
  const index = new LineIndex(file.text);
  const lineAt = (offset: number): number => index.placeOf(offset).line;
  try {
    const [document, other] = compose(file.text, start, end, aliasBudget());
    if (document === undefined) {
      faults.push({ file: file.path, line: lineAt(start), message: "it is empty" });
      return null;
    }
    if (other !== undefined)
      faults.push({ file: file.path, line: lineAt(other.nodes.start(0)), message: "it holds more than one document" });
    for (const { key, offset } of document.duplicates)
      faults.push({ file: file.path, line: lineAt(offset), message: `${key}: it is there twice` });
    const lineOf = (path: ObjectPath): number => {
      const { node, key } = findNode(document.nodes, 0, path);
      return lineAt(document.nodes.start(key ?? node));
    };
    return { value: document.value, lineOf, linesOf: (path) => (key) => lineOf(key === null ? path : [...path, key]) };
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    faults.push({ file: file.path, line: lineAt(error.offset), message: error.message });
    return null;
  }
}
