// The order in which Go's YAML writer puts keys: numbers within them by their value, and letters behind everything else.

/** Negative, zero or positive as one key comes before another, is it, or comes after it. */
export function compareNaturally(a: string, b: string): number {
  const [x, y] = [Array.from(a), Array.from(b)];
  let afterDigit = false;
  for (let i = 0; i < x.length && i < y.length; i++) {
    const [left, right] = [x[i] as string, y[i] as string];
    if (left === right) {
      afterDigit = isDigit(left);
      continue;
    }
    const [leftIsLetter, rightIsLetter] = [isLetter(left), isLetter(right)];
    if (leftIsLetter && rightIsLetter) return byCodePoint(left, right);
    // What goes on with digits stands behind what ends in letters: `a1b` before `a12`.
    if (leftIsLetter || rightIsLetter) return leftIsLetter === afterDigit ? -1 : 1;
    return compareNumbers(x, y, i) || byCodePoint(left, right);
  }
  return x.length - y.length;
}

/** Compares the numbers that two keys have from a place on, behind the same beginning: by value, then by length. */
function compareNumbers(x: readonly string[], y: readonly string[], at: number): number {
  // Zeros in front count for nothing, unless other digits stand before them.
  const within = (x[at] === "0" || y[at] === "0") && digitsBefore(x, at).some((digit) => digit !== "0");
  const [left, right] = [digitsFrom(x, at), digitsFrom(y, at)];
  const start = within ? "1" : "0";
  const [a, b] = [BigInt(start + left.join("")), BigInt(start + right.join(""))];
  if (a !== b) return a < b ? -1 : 1;
  return left.length - right.length;
}

function digitsFrom(characters: readonly string[], at: number): readonly string[] {
  let end = at;
  while (end < characters.length && isDigit(characters[end] as string)) end++;
  return characters.slice(at, end);
}

function digitsBefore(characters: readonly string[], at: number): readonly string[] {
  let start = at;
  while (start > 0 && isDigit(characters[start - 1] as string)) start--;
  return characters.slice(start, at);
}

function byCodePoint(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
}

function isDigit(character: string): boolean {
  return /^[0-9]$/.test(character);
}

function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character);
}
