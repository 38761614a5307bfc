import type { Result, Score } from "@holdfast/core";
import { liesIn } from "../baseline/covered-files.ts";
import { Floors, type ScoreName } from "./floors.ts";
import { NOISE } from "../gates/percent-text.ts";
import { EVERYTHING, factKey, isCircumstance, keeps, SELECTION, wordsOf, wordText, type Lock, type LockFact } from "./lock-fact.ts";

type Ungated = Omit<Result, "gates">;

/** A fact of a lock that a result does not keep. */
export interface BrokenFact {
  readonly locked: LockFact;
  /** What is the case now, as a value of the fact; null where there is nothing of it. */
  readonly now: string | null;
  /** For means: the floor that follows from those of the controls. */
  readonly floor?: number;
}

function scoresNow({ summary, frameworks }: Ungated, subject: string): Readonly<Record<ScoreName, Score>> | null {
  const found = subject === "scan" ? summary : frameworks.find(({ id }) => `framework ${wordText(id)}` === subject);
  return found === undefined ? null : { compliance: found.compliance, "strict-compliance": found.strictCompliance };
}

function brokenMean(locked: LockFact, result: Ungated, floors: Floors): BrokenFact | null {
  const score = locked.fact === "compliance" ? "compliance" : "strict-compliance";
  const scores = scoresNow(result, locked.subject);
  if (scores === null) return { locked, now: null };
  const floor = floors.of(score, locked.subject === "scan" ? null : locked.subject.slice("framework ".length));
  const actual = scores[score];
  // Where everything is accepted there is no compliance; strict compliance says what became of it.
  if (floor === null || actual === null) return null;
  return actual >= floor - NOISE ? null : { locked, now: String(actual), floor };
}

/** A root is looked into where one of the roots of now is it, or is above it. */
function rootCovered({ subject }: LockFact, roots: readonly string[]): boolean {
  const root = wordsOf(subject)?.[2] ?? "";
  return roots.some((now) => liesIn(root, now));
}

/** Whether a fact is the compliance of a control as one framework has it. */
export function isScoped({ fact }: LockFact): boolean {
  return fact.startsWith("framework ") && fact.endsWith(" compliance");
}

/** The facts that a result does not keep, in the order of the lock. `now` are the facts of the result. */
export function brokenFacts(lock: Lock, now: ReadonlyMap<string, LockFact>, result: Ungated): readonly BrokenFact[] {
  const floors = new Floors(lock);
  const broken: BrokenFact[] = [];
  for (const [key, locked] of lock.facts) {
    if (isCircumstance(locked)) continue;
    if (locked.value === "mean") {
      const mean = brokenMean(locked, result, floors);
      if (mean !== null) broken.push(mean);
      continue;
    }
    // A framework without exceptions of its own has the control's compliance.
    const own = now.get(key) ?? (isScoped(locked) ? now.get(`${locked.subject} compliance`) : undefined);
    if (own !== undefined && keeps(own, locked)) continue;
    if (locked.subject.startsWith("input root ") && rootCovered(locked, result.inputs.roots)) continue;
    // Who judges all objects looks at no less than under any choice.
    if (locked.subject.startsWith(SELECTION) && now.has(factKey({ subject: `${SELECTION}${EVERYTHING}`, fact: "covered" }))) continue;
    // All resources that count for it are accepted now: strict compliance holds what there was.
    if (own === undefined && (locked.fact === "compliance" || isScoped(locked)) && now.has(`${locked.subject} strict-compliance`)) continue;
    broken.push({ locked, now: own?.value ?? null });
  }
  return broken;
}
