import { aliasBudget, composeAny } from "./compose.ts";
import { LineIndex } from "./line-index.ts";
import { YamlFault } from "./yaml-fault.ts";

/** The values of the documents of a text; or where and why it can't be read. */
export type ReadValues = { readonly values: readonly unknown[] } | { readonly line: number; readonly message: string };

/** Reads a text of YAML, which JSON is too, for its values alone. Empty documents are left out. Never throws. */
export function readValues(text: string): ReadValues {
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  try {
    const documents = composeAny(bare, 0, bare.length, aliasBudget());
    return { values: documents.map(({ value }) => value).filter((value) => value !== null && value !== undefined) };
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    return { line: new LineIndex(bare).placeOf(error.offset).line, message: error.message };
  }
}
