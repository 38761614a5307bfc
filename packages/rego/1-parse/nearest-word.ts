/** The one of `words` that `text` is most likely a slip of, if any is near: at most two edits, and no more than a third of its letters. */
export function nearestWord(text: string, words: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = 3;
  for (const word of words) {
    if (Math.abs(word.length - text.length) > 2 || word === text) continue;
    const distance = editDistance(text, word);
    if (distance < bestDistance && distance * 3 <= word.length) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** How many letters must be inserted, removed, replaced or swapped with their neighbour (optimal string alignment). */
function editDistance(left: string, right: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? 0;
}
