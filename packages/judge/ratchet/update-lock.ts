import type { BrokenFact } from "./check-facts.ts";
import { factKey, isCircumstance, tighter, wordText, type Lock, type LockFact } from "./lock-fact.ts";

/** Why something is loosened, and when. */
export interface LooseningReason {
  readonly reason: string;
  /** RFC 3339; left out where the clock was not given. */
  readonly time?: string;
}

/** A lock after an update, with how many facts became tighter or are new, and how many became looser or are gone. */
export interface UpdatedLock {
  readonly lock: Lock;
  readonly tightened: number;
  readonly loosened: number;
}

/** Takes the tighter of each fact of a lock and of now. What floors were reached with is always that of now. */
export function tightened(lock: Lock, now: ReadonlyMap<string, LockFact>): UpdatedLock {
  const facts = new Map<string, LockFact>();
  for (const [key, fact] of lock.facts) if (!isCircumstance(fact)) facts.set(key, fact);
  let count = 0;
  for (const [key, fact] of now) {
    const locked = facts.get(key);
    const kept = locked === undefined ? fact : tighter(locked, fact);
    if (kept !== locked && !isCircumstance(fact)) count++;
    facts.set(key, kept);
  }
  return { lock: { facts, loosened: lock.loosened }, tightened: count, loosened: 0 };
}

function record({ locked, now, floor }: BrokenFact, { reason, time }: LooseningReason): string {
  const from = floor === undefined ? locked.value : String(floor);
  return [
    "loosened",
    `${locked.subject} ${locked.fact}`,
    from === "" ? "covered" : from,
    now ?? "none",
    reason,
    ...(time === undefined ? [] : [time]),
  ]
    .map(wordText)
    .join(" ");
}

/**
 * Lets go of the facts that are not kept, and writes down each with the reason; all others are tightened. Means follow from the floors of controls: they go only with
 * their framework.
 */
export function loosened(lock: Lock, now: ReadonlyMap<string, LockFact>, broken: readonly BrokenFact[], why: LooseningReason): UpdatedLock {
  const released = new Map(lock.facts);
  for (const { locked, now: actual } of broken) if (locked.value !== "mean" || actual === null) released.delete(factKey(locked));
  // A control that is not judged any more has no other fact to hold, and neither has one of a framework that is gone.
  const gone = new Set(broken.flatMap(({ locked, now: actual }) => (locked.fact === "judged" && actual === null ? [locked.subject] : [])));
  const frameworks = new Set(
    broken.flatMap(({ locked, now: actual }) => (locked.value === "mean" && actual === null ? [locked.subject] : [])),
  );
  const concerned = new Set(broken.map(({ locked }) => locked.subject));
  for (const [key, fact] of released) {
    const unscored = fact.fact === "compliance" && concerned.has(fact.subject) && !now.has(key);
    if (gone.has(fact.subject) || frameworks.has(fact.fact.replace(/ compliance$/u, "")) || (unscored && fact.value !== "mean"))
      released.delete(key);
  }
  const before = lock.facts.size;
  const { lock: updated, tightened: tighterNow } = tightened({ facts: released, loosened: lock.loosened }, now);
  const records = broken.map((one) => record(one, why));
  return {
    lock: { facts: updated.facts, loosened: [...new Set([...lock.loosened, ...records])] },
    // Those that were let go and are there with a looser value are no tightening.
    tightened: Math.max(0, tighterNow - [...broken].filter(({ now: actual }) => actual !== null).length),
    loosened: Math.max(broken.length, before - released.size),
  };
}
