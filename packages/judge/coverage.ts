import type { ControlEvaluation, InputAccount, Score } from "@holdfast/core";

// A document that was judged but not wholly understood counts as half.
const PARTIAL = 0.5;

/**
 * How much was evaluated of what this kind of input can answer, in percent: the share of readable documents times the share of rule evaluations that ran to
 * their end. 100 exactly when nothing was lost. Null where nothing was evaluated: that is "no data", not a low number.
 */
export function coverage(account: InputAccount, controls: readonly ControlEvaluation[], evaluated: boolean): Score {
  if (!evaluated) return null;
  const documents = account.produced + account.lost;
  const readable = documents === 0 ? 1 : (account.produced - PARTIAL * account.partial) / documents;
  let completed = 0;
  let errored = 0;
  for (const { evaluations, errors } of controls) {
    errored += errors.length;
    for (const { judged, undecided = [] } of evaluations) {
      // One that could not say all counts for as much as it said.
      const said = undecided.length === 0 ? 1 : judged.length / (judged.length + undecided.length);
      completed += said;
      errored += 1 - said;
    }
  }
  return 100 * readable * (completed / (completed + errored));
}
