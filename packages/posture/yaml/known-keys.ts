/** How many keys are remembered at most; a power of two. Manifests of one estate have a few hundred. */
const SLOTS = 1024;

/** Longer keys are hardly ever met twice. */
const LONGEST = 64;

const keys: (string | undefined)[] = Array.from({ length: SLOTS });

/** Where a key is remembered, by its length and its outer characters. */
function slotOf(length: number, first: number, last: number): number {
  return (length * 37 + first * 7 + last * 131) & (SLOTS - 1);
}

/**
 * The key that stands between two offsets of a text, if it was remembered: the very string of the earlier one, which JavaScript knows as the name of a property. A new
 * string would have to be looked up among all names when it is used as one.
 */
export function knownKey(text: string, start: number, end: number): string | undefined {
  const length = end - start;
  const known = keys[slotOf(length, text.charCodeAt(start), text.charCodeAt(end - 1))];
  return known !== undefined && known.length === length && text.startsWith(known, start) ? known : undefined;
}

/** Remembers a key, in place of another one where they meet. */
export function rememberKey(key: string): void {
  if (key.length === 0 || key.length > LONGEST) return;
  // The name of a property, which holds no part of the text that it was read from.
  const [name] = Object.keys({ [key]: null });
  keys[slotOf(key.length, key.charCodeAt(0), key.charCodeAt(key.length - 1))] = name;
}
