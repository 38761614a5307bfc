// Rego counts strings in code points, JavaScript in UTF-16 units. The two agree where there are no surrogates, which is nearly always.

const surrogate = /[\uD800-\uDFFF]/;

/** Whether every code point of the text is one UTF-16 unit. */
export function isFlat(text: string): boolean {
  return !surrogate.test(text);
}

/** How many code points a text has. */
export function countCodePoints(text: string): number {
  if (isFlat(text)) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The code points of a text, each as a string. */
export function codePoints(text: string): string[] {
  return isFlat(text) ? text.split("") : Array.from(text);
}
