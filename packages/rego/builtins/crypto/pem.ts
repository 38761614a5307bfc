// PEM, the text form of keys and certificates. Format: RFC 7468; read as leniently as https://pkg.go.dev/encoding/pem#Decode does.
import { Buffer } from "node:buffer";

export interface PemBlock {
  /** What stands behind BEGIN: `CERTIFICATE`, `PUBLIC KEY`. */
  readonly type: string;
  readonly bytes: Buffer;
  /** What follows the block. */
  readonly rest: string;
}

const begin = /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t\r]*(?:\n|$)/g;

/** After so many beginnings without an end a text is no PEM: each is looked for in all that follows. */
const mostBroken = 100;

/** The first whole block of a text; undefined if there is none. What precedes it is skipped. */
export function firstPemBlock(text: string): PemBlock | undefined {
  begin.lastIndex = 0;
  let broken = 0;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const type = match[1] as string;
    const from = match.index + match[0].length;
    const ending = `-----END ${type}-----`;
    // A block may be empty, its END directly below its BEGIN.
    const to = text.startsWith(ending, from) ? from : text.indexOf(`\n${ending}`, from);
    if (to >= 0) {
      const lineEnd = text.indexOf("\n", to + 1);
      const closing = lineEnd < 0 ? text.slice(to) : text.slice(to, lineEnd);
      const bytes = closing.replace(/^\n/, "").replace(/[ \t\r]+$/, "") === ending ? decodeBody(text.slice(from, to)) : undefined;
      if (bytes !== undefined) return { type, bytes, rest: lineEnd < 0 ? "" : text.slice(lineEnd + 1) };
    }
    if (++broken === mostBroken) break;
    // The line break that ends this line may begin the next BEGIN.
    begin.lastIndex = Math.max(match.index + 1, from - 1);
  }
  return undefined;
}

/** All blocks of a text, in order. */
export function pemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  for (let block = firstPemBlock(text); block !== undefined; block = firstPemBlock(block.rest)) blocks.push(block);
  return blocks;
}

/** Headers such as `Proc-Type: 4,ENCRYPTED` may precede the base64. */
function decodeBody(body: string): Buffer | undefined {
  const lines = body.split("\n");
  while (lines[0]?.includes(":") === true) lines.shift();
  return decodeStrictBase64(lines.join("").replace(/[ \t]/g, ""));
}

/** The bytes of base64 with padding; line breaks are ignored. Undefined if it is none. */
export function decodeStrictBase64(text: string): Buffer | undefined {
  const joined = text.replace(/[\r\n]/g, "");
  if (joined.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(joined)) return undefined;
  return Buffer.from(joined, "base64");
}
