/** `a.b-c[0].d` as its keys and indices. */
export function keysOf(dotted: string): readonly (string | number)[] {
  return [...dotted.matchAll(/\[(?<index>\d+)\]|\[(?<quoted>[^\]]+)\]|(?<plain>[^.[\]]+)/gu)].map(({ groups = {} }) =>
    groups["index"] === undefined ? (groups["quoted"] ?? groups["plain"] ?? "") : Number(groups["index"]),
  );
}

/**
 * The line, from 1, at which the key or item that `dotted` leads to begins in a values file of block mappings and lists; null where the file
 * hasn't it. It reads indentation and nothing else, so that it shares no code, and no mistake, with what it helps to check.
 */
export function lineOfValue(text: string, dotted: string): number | null {
  let lines = text.split("\n").map((line, index) => ({ number: index + 1, text: /^\s*(?:#|$)/u.test(line) ? "" : line }));
  let found: number | null = null;
  for (const key of keysOf(dotted)) {
    // An item of a flow list is on the line of its key.
    if (typeof key === "number" && found !== null && /:\s*\[/u.test(text.split("\n")[found - 1] ?? "")) return found;
    const present = lines.filter(({ text }) => text !== "");
    const indent = Math.min(...present.map(({ text }) => indentOf(text)));
    const begins = (text: string): boolean =>
      indentOf(text) === indent && (typeof key === "string" ? text.trim().startsWith(`${key}:`) : text.trim().startsWith("- "));
    const candidates = present.filter(({ text }) => begins(text));
    const first = typeof key === "string" ? candidates[0] : candidates[key];
    if (first === undefined) return null;
    found = first.number;
    const next = present.find(({ number, text }) => number > first.number && indentOf(text) <= indent);
    const inside = lines.filter(({ number }) => number > first.number && number < (next?.number ?? Infinity));
    // The first key of an item stands on the line of its dash.
    lines = typeof key === "string" ? inside : [{ number: first.number, text: first.text.replace("- ", "  ") }, ...inside];
  }
  return found;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
