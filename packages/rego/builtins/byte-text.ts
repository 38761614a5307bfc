import { isUtf8, type Buffer } from "node:buffer";

/** The text of bytes as Go reads UTF-8: every byte that is no part of a whole character becomes U+FFFD by itself. */
export function textOfBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  const parts: string[] = [];
  for (let i = 0; i < bytes.length;) {
    const length = characterLength(bytes[i] ?? 0);
    const character = bytes.subarray(i, i + length);
    const isWhole = character.length === length && isUtf8(character);
    parts.push(isWhole ? character.toString("utf8") : "\ufffd");
    i += isWhole ? length : 1;
  }
  return parts.join("");
}

/** How many bytes a character has that begins with this one. */
function characterLength(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
