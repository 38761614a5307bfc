import { stringify } from "../runtime/json.ts";
import type { RegoValue } from "../runtime/value.ts";

/** A document as JSON. */
export function documentBytes(value: RegoValue): Uint8Array {
  try {
    return Buffer.from(JSON.stringify(value));
  } catch {
    // Integers beyond doubles, which only Rego's own writer knows.
    return Buffer.from(stringify(value));
  }
}
