import { unmarshalYaml } from "../builtins/yaml.ts";
import { fromJson } from "../runtime/json.ts";
import type { RegoValue } from "../runtime/value.ts";

/** A document that was read, or why it could not be. */
export type ReadDocument = { readonly value: RegoValue; readonly fault: null } | { readonly value: null; readonly fault: string };

/** Reads a document as its file's name says: `.json` is JSON, and anything else YAML, of which JSON is a part. Numbers keep all their digits. */
export function readDocument(name: string, text: string): ReadDocument {
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (name.endsWith(".json")) {
    try {
      return { value: fromJson(plain), fault: null };
    } catch (error) {
      return { value: null, fault: `it is no JSON: ${error instanceof Error ? error.message : String(error)}` };
    }
  }
  const value = unmarshalYaml(plain);
  return value === undefined ? { value: null, fault: "it is neither YAML nor JSON" } : { value, fault: null };
}
