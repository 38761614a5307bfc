/** The looks that a text on the terminal can have. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "blue" | "magenta" | "cyan";

// Select Graphic Rendition of ECMA-48: what switches a look on, and off.
const CODES: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};

const ESCAPE = "\u001B";
const LOOKS = new RegExp(`${ESCAPE}\\[\\d+m`, "gu");

/** A painted text as it was before. */
export function unpainted(text: string): string {
  return text.replaceAll(LOOKS, "");
}

/** Gives a text one or more looks. The text must be printable and its layout done: what is added takes no columns but has a length. */
export type Painter = (text: string, ...styles: readonly Style[]) => string;

/** A painter with colours, or one that leaves every text as it is. */
export function painter(color: boolean): Painter {
  if (!color) return (text) => text;
  return (text, ...styles) =>
    text === "" ? text : styles.reduce((inner, style) => `${ESCAPE}[${CODES[style][0]}m${inner}${ESCAPE}[${CODES[style][1]}m`, text);
}
