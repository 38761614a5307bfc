import type { KindPattern } from "@holdfast/core";

// Any group is written as a star: "*" and a slash before the kind.
/** Reads `Kind` (of the core group) and `group/Kind`. */
export function kindPattern(text: string): KindPattern {
  const slash = text.lastIndexOf("/");
  return slash === -1 ? { group: "", kind: text } : { group: text.slice(0, slash), kind: text.slice(slash + 1) };
}
