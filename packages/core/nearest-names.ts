/** The edit distance of two texts (insertions, deletions, substitutions and swaps of neighbours), as Damerau and Levenshtein count it. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** The names that a user may have meant by an unknown one: those that contain it or are a few letters away, and no others are nearer; at most `most`. */
export function nearestNames(unknown: string, names: readonly string[], most: number = 3): readonly string[] {
  const wanted = unknown.toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  const candidates = names
    .map((name) => {
      const candidate = name.toLowerCase();
      const contains = wanted.length > 2 && (candidate.includes(wanted) || wanted.includes(candidate));
      return { name, away: contains ? 0.5 : distance(wanted, candidate) };
    })
    .filter(({ away }) => away <= limit);
  const nearest = Math.min(...candidates.map(({ away }) => away));
  return candidates
    .filter(({ away }) => away === nearest)
    .map(({ name }) => name)
    .toSorted()
    .slice(0, most);
}
