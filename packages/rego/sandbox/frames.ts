// Messages between a sandbox and its parent: four bytes of length, big-endian, then as many bytes of JSON.

/** The length that stands before every message, in bytes. */
export const HEADER_BYTES = 4;

/** What stands before a message of this many bytes. */
export function frameHeader(bytes: number): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  new DataView(header.buffer).setUint32(0, bytes);
  return header;
}

/** Cuts a stream of bytes into messages. One that claims more bytes than the bound is refused before any of it is kept. */
export class FrameReader {
  readonly #bound: number;
  #chunks: Buffer[] = [];
  #held = 0;
  #wanted: number | null = null;

  constructor(bound: number) {
    this.#bound = bound;
  }

  /** The messages that this chunk completes; null when one is larger than the bound. */
  read(chunk: Buffer): readonly Buffer[] | null {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    const messages: Buffer[] = [];
    for (;;) {
      if (this.#wanted === null) {
        if (this.#held < HEADER_BYTES) return messages;
        this.#wanted = this.#take(HEADER_BYTES).readUInt32BE(0);
        if (this.#wanted > this.#bound) return null;
      }
      if (this.#held < this.#wanted) return messages;
      messages.push(this.#take(this.#wanted));
      this.#wanted = null;
    }
  }

  #take(bytes: number): Buffer {
    const all = this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks);
    const rest = all.subarray(bytes);
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#held = rest.length;
    return all.subarray(0, bytes);
  }
}
