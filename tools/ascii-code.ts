import type { Plugin } from "rolldown";

const BEYOND_ASCII = /[\u0080-\uffff]/g;

/** Where an escape would mean something else than the character: behind a backslash, and in what `String.raw` gives. */
const VERBATIM = /(?<!\\)(?:\\\\)*\\[\u0080-\uffff]|String\.raw`[^`]*[\u0080-\uffff]/u;

/** The code with everything beyond ASCII written as escapes, which mean the same in strings, templates, patterns and names. Throws where they don't. */
export function asciiCode(code: string): string {
  const verbatim = VERBATIM.exec(code);
  if (verbatim !== null) throw new Error(`this can't be written in ASCII: ${verbatim[0].slice(0, 80)}`);
  return code.replaceAll(BEYOND_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Writes the program's files in ASCII. V8 keeps a text with one character beyond Latin-1 in twice the space, and is several times as slow in reading it. */
export const asciiFiles: Plugin = { name: "ascii-files", renderChunk: asciiCode };
