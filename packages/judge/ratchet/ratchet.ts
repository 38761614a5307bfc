import type { Ratchet, Result } from "@holdfast/core";
import { BreachTeller } from "./breaches.ts";
import { changedCircumstances } from "./changed-circumstances.ts";
import { brokenFacts } from "./check-facts.ts";
import { factsOfResult } from "./facts-of-result.ts";
import { isCircumstance, wordText, type Lock } from "./lock-fact.ts";
import { loosened, tightened, type LooseningReason } from "./update-lock.ts";
import { writeLock } from "./write-lock.ts";

type Ungated = Omit<Result, "gates">;

/** What is asked of a ratchet. */
export interface RatchetRequest {
  /** The file as it was named, for messages. */
  readonly file: string;
  /** What the file holds; null where there is none yet, which only an update allows. */
  readonly lock: Lock | null;
  /** The controls that have their place in the file, as it is (`ReadLock`). */
  readonly controls: readonly string[];
  readonly update: boolean;
  /** Allows an update to loosen. */
  readonly loosen?: LooseningReason;
}

/** What became of it, and what the file must hold now; null where it stays as it is. */
export interface RatchetOutcome {
  readonly ratchet: Ratchet;
  readonly text: string | null;
}

function textOf(lock: Lock, { controls }: RatchetRequest, result: Ungated): string {
  return writeLock(lock, [...new Set([...controls, ...result.controls.map(({ id }) => `control ${wordText(id)}`)])]);
}

/** The file stays as it is. */
function held({ file }: RatchetRequest, outcome: "not-asked" | "refused", breaches: Ratchet["breaches"], facts: number): RatchetOutcome {
  return { ratchet: { file, facts, breaches, update: { outcome, tightened: 0, loosened: 0 } }, text: null };
}

/**
 * Holds a result against a lock: what of it is kept no more, and with `update` the lock as it must be now. An update never loosens: where the result does not keep the
 * lock it changes nothing, unless there is a reason to loosen. Without data nothing is said and nothing changed.
 */
export function applyRatchet(request: RatchetRequest, result: Ungated): RatchetOutcome {
  const { file, lock, update, loosen } = request;
  const facts = lock === null ? 0 : [...lock.facts.values()].filter((fact) => !isCircumstance(fact)).length;
  if (result.summary.coverage === null) return held(request, update ? "refused" : "not-asked", [], facts);
  const now = factsOfResult(result);
  if (lock === null) {
    const made = tightened({ facts: new Map(), loosened: [] }, now);
    const outcome: Ratchet = { file, facts: 0, breaches: [], update: { outcome: "made", tightened: made.tightened, loosened: 0 } };
    return { ratchet: outcome, text: textOf(made.lock, request, result) };
  }
  const broken = brokenFacts(lock, now, result);
  const breaches = new BreachTeller(result, changedCircumstances(lock, now)).tell(broken);
  if (!update) return held(request, "not-asked", breaches, facts);
  if (broken.length > 0 && loosen === undefined) return held(request, "refused", breaches, facts);
  const updated = broken.length > 0 && loosen !== undefined ? loosened(lock, now, broken, loosen) : tightened(lock, now);
  const outcome = broken.length > 0 ? "loosened" : updated.tightened > 0 ? "tightened" : "unchanged";
  return {
    ratchet: { file, facts, breaches, update: { outcome, tightened: updated.tightened, loosened: updated.loosened } },
    text: textOf(updated.lock, request, result),
  };
}
