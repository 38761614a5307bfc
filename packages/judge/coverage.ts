import type { ControlEvaluation, Inputs, Score } from "@holdfast/core";

// A document that was judged but not wholly understood counts as half.
const PARTIAL = 0.5;

/** The share of the input that could be read. Of a cluster each list counts the same, however many objects it would have had: nobody knows how many those are that can't be listed. */
function readableShare({ account, cluster }: Inputs): number {
  if (cluster !== undefined) {
    const { lists, lost } = cluster.account;
    return lists + lost === 0 ? 1 : lists / (lists + lost);
  }
  const documents = account.produced + account.lost;
  return documents === 0 ? 1 : (account.produced - PARTIAL * account.partial) / documents;
}

/**
 * How much was evaluated of what this kind of input can answer, in percent: the share of readable input times the share of rule evaluations that ran to
 * their end. 100 exactly when nothing was lost. Null where nothing was evaluated: that is "no data", not a low number.
 */
export function coverage(inputs: Inputs, controls: readonly ControlEvaluation[], evaluated: boolean): Score {
  if (!evaluated) return null;
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
  return 100 * readableShare(inputs) * (completed / (completed + errored));
}
