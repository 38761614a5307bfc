import type { Score, StatusCounts } from "@holdfast/core";

/** A new set of counts, all zero. */
export function noCounts(): Writable<StatusCounts> {
  return { passed: 0, failed: 0, accepted: 0, skipped: 0, errored: 0 };
}

/** An object that is still being filled. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** passed / (passed + failed), in percent. Accepted, skipped and errored resources count on neither side. Null where nothing counts. */
export function compliance(counts: StatusCounts): Score {
  const all = counts.passed + counts.failed;
  return all === 0 ? null : (100 * counts.passed) / all;
}

/** The same with accepted resources counted as failed. */
export function strictCompliance(counts: StatusCounts): Score {
  const all = counts.passed + counts.failed + counts.accepted;
  return all === 0 ? null : (100 * counts.passed) / all;
}

/** The plain mean over the scores that exist; null where none does. */
export function meanScore(scores: readonly Score[]): Score {
  const known = scores.filter((score) => score !== null);
  return known.length === 0 ? null : known.reduce((sum, score) => sum + score, 0) / known.length;
}

/** True where something was evaluated: a passed, failed or accepted resource. */
export function hasData(counts: StatusCounts): boolean {
  return counts.passed + counts.failed + counts.accepted > 0;
}
