import type { Score } from "@holdfast/core";

/** A score for people: cut, not rounded, to one decimal, so that only what is 100 reads as 100, and only what is 0 as 0; "no data" where there is none. */
export function percentText(score: Score): string {
  if (score === null) return "no data";
  if (score > 0 && score < 0.1) return "< 0.1 %";
  // What floating point made of a mean of round numbers counts as that number, but never as 100.
  const tenths = Math.floor(score * 10 + 1e-9);
  return `${(score < 100 ? Math.min(tenths, 999) : tenths) / 10} %`;
}
