interface Run {
  readonly first: string;
  readonly last: string;
  readonly length: number;
}

/** The id that comes after this one: "C-0113" after "C-0112"; none where an id ends in no number. */
function successor(id: string): string | undefined {
  const groups = /^(?<head>.*?)(?<digits>\d+)$/u.exec(id)?.groups;
  const digits = groups?.["digits"];
  if (digits === undefined || digits.length > 9) return undefined;
  return `${groups?.["head"] ?? ""}${String(Number(digits) + 1).padStart(digits.length, "0")}`;
}

/** Ids in their order, with three or more that follow each other as "C-0113 to C-0117". Says of each id whether it is among them, and of no other. */
export function idRanges(ids: Iterable<string>): string {
  const runs: Run[] = [];
  for (const id of ids) {
    const open = runs.at(-1);
    if (open !== undefined && successor(open.last) === id) runs[runs.length - 1] = { ...open, last: id, length: open.length + 1 };
    else runs.push({ first: id, last: id, length: 1 });
  }
  return runs
    .map(({ first, last, length }) => (length === 1 ? first : length === 2 ? `${first}, ${last}` : `${first} to ${last}`))
    .join(", ");
}
