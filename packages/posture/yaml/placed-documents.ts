import type { ObjectPath } from "@holdfast/core";
import { aliasBudget, compose } from "./compose.ts";
import type { ComposedDocument } from "./composed-document.ts";
import { findNode } from "./find-node.ts";
import { LineIndex, type Place } from "./line-index.ts";
import { splitDocuments, type DocumentSpan } from "./split-documents.ts";
import { YamlFault } from "./yaml-fault.ts";

/** A document of a YAML or JSON file, with the places of what is in it. Offsets count UTF-16 code units of the file's text; lines and columns are 1-based. */
export interface PlacedDocument {
  readonly value: unknown;
  /** Where the document stands in the text, its `---` included. */
  readonly span: DocumentSpan;
  /** Where the key or item at a path stands, or the nearest there is around it. */
  readonly placeOf: (path: ObjectPath) => Place;
  /** The text of the value at a path; null where the document has none, or where an alias or merge key stands for it. */
  readonly spanOf: (path: ObjectPath) => DocumentSpan | null;
  /** Keys that stand twice in a mapping, each with the line of the later one. */
  readonly duplicateKeys: readonly { readonly key: string; readonly line: number }[];
}

/** The documents of a file, and what can't be read of it. */
export interface PlacedDocuments {
  readonly documents: readonly PlacedDocument[];
  readonly faults: readonly (Place & { readonly message: string })[];
}

function placed({ value, nodes, duplicates }: ComposedDocument, span: DocumentSpan, lines: LineIndex): PlacedDocument {
  return {
    value,
    span,
    placeOf: (path) => {
      const { node, key } = findNode(nodes, 0, path);
      return lines.placeOf(nodes.start(key ?? node));
    },
    spanOf: (path) => {
      const { node, depth, shared } = findNode(nodes, 0, path);
      return depth < path.length || shared ? null : { start: nodes.start(node), end: nodes.end(node) };
    },
    duplicateKeys: duplicates.map(({ key, offset }) => ({ key, line: lines.placeOf(offset).line })),
  };
}

/** Reads all documents of a text, YAML or JSON, as Kubernetes reads them. A document that can't be read doesn't keep the others from being read. */
export function readPlacedDocuments(text: string): PlacedDocuments {
  const lines = new LineIndex(text);
  const budget = aliasBudget();
  const documents: PlacedDocument[] = [];
  const faults: (Place & { readonly message: string })[] = [];
  for (const span of splitDocuments(text)) {
    try {
      for (const document of compose(text, span.start, span.end, budget)) documents.push(placed(document, span, lines));
    } catch (error) {
      if (!(error instanceof YamlFault)) throw error;
      faults.push({ ...lines.placeOf(error.offset), message: error.message });
    }
  }
  return { documents, faults };
}
