// What the builtins for certificates and keys are given: PEM, base64 of PEM, or base64 of DER.
import type { Buffer } from "node:buffer";
import type { PemBlock } from "./pem.ts";
import { decodeStrictBase64, pemBlocks } from "./pem.ts";
import { DerError } from "./der.ts";

/** The blocks of a text; where there are none, the bytes that it stands for: none for PEM that is broken. Throws a DerError if the text is neither. */
export function readEncoded(text: string): { readonly blocks: readonly PemBlock[]; readonly bytes: Buffer | undefined } {
  const blocks = pemBlocks(text);
  if (blocks.length > 0) return { blocks, bytes: undefined };
  if (text.startsWith("-----BEGIN")) return { blocks, bytes: undefined };
  const bytes = decodeStrictBase64(text);
  if (bytes === undefined) throw new DerError("illegal base64 data");
  const inner = pemBlocks(bytes.toString("latin1"));
  return inner.length > 0 ? { blocks: inner, bytes: undefined } : { blocks: [], bytes };
}
