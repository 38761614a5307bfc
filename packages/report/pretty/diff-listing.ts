import { printable } from "../terminal/printable.ts";
import type { ListingLine } from "./code-frame.ts";

const HUNK = /^@@ -(?<before>\d+)(?:,\d+)? \+(?<after>\d+)(?:,\d+)? @@/u;

/**
 * The changes of a unified diff as lines with their numbers: what goes by its old number, what comes by its new one. Of the lines between, only one before each
 * change is kept, and only where `shown`, the numbers of lines that already stand above, lacks it.
 */
export function diffListing(diff: string, shown: ReadonlySet<number>): readonly ListingLine[] {
  const listing: ListingLine[] = [];
  let before: number | undefined;
  let after: number | undefined;
  let context: ListingLine | undefined;
  let changing = false;
  for (const line of diff.replace(/\n$/u, "").split("\n")) {
    const hunk = HUNK.exec(line)?.groups;
    if (hunk !== undefined) {
      before = Number(hunk["before"]);
      after = Number(hunk["after"]);
      context = undefined;
      changing = false;
      continue;
    }
    const sign = line.slice(0, 1);
    if (sign === "\\" || line.startsWith("--- ") || line.startsWith("+++ ")) continue;
    const text = printable(line.slice(1)).trimEnd();
    if (sign !== "-" && sign !== "+") {
      context = { kind: "code", ...(before === undefined ? {} : { number: before }), text };
      changing = false;
      if (before !== undefined) before++;
      if (after !== undefined) after++;
      continue;
    }
    if (!changing && listing.length > 0) listing.push({ kind: "gap", text: "" });
    if (!changing && context?.number !== undefined && !shown.has(context.number)) listing.push(context);
    changing = true;
    const number = sign === "-" ? before : after;
    listing.push({ kind: sign === "-" ? "removed" : "added", ...(number === undefined ? {} : { number }), text });
    if (sign === "-" && before !== undefined) before++;
    if (sign === "+" && after !== undefined) after++;
  }
  return listing;
}
