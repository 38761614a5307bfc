// The way to the parent: it says what to do on standard input, and hears on standard output what came of it.
import fs from "node:fs";
import { frameHeader, HEADER_BYTES } from "./frames.ts";
import type { SandboxMessage } from "./messages.ts";

function readBytes(count: number): Buffer {
  const bytes = Buffer.allocUnsafe(count);
  for (let have = 0; have < count;) {
    const read = fs.readSync(0, bytes, have, count - have, null);
    if (read === 0) throw new Error("the parent is gone");
    have += read;
  }
  return bytes;
}

/** The next message, waited for. */
export function readMessage(): string {
  return readBytes(readBytes(HEADER_BYTES).readUInt32BE(0)).toString();
}

function writeBytes(bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += fs.writeSync(1, bytes, done);
}

/** Sends a message that is JSON already. */
export function tellText(text: string): void {
  const bytes = Buffer.from(text);
  writeBytes(frameHeader(bytes.length));
  writeBytes(bytes);
}

/** Sends a message. */
export function tell(message: SandboxMessage): void {
  tellText(JSON.stringify(message));
}
