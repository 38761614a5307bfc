import { isCircumstance, wordsOf, type Lock, type LockFact } from "./lock-fact.ts";

function nameOf(subject: string): string {
  return wordsOf(subject)?.at(-1) ?? subject;
}

/**
 * What is not as it was when the floors were reached, in words: another library, another version of a renderer, an exception that applies no more. What was added loosens
 * nothing: it is not told. Another version of Holdfast is told only with nothing else, since its library says more.
 */
export function changedCircumstances(lock: Lock, now: ReadonlyMap<string, LockFact>): readonly string[] {
  const libraries: string[] = [];
  const renderers: string[] = [];
  const exceptions: string[] = [];
  let version: string | null = null;
  for (const [key, locked] of lock.facts) {
    if (!isCircumstance(locked)) continue;
    const own = now.get(key);
    if (own !== undefined && own.value === locked.value) continue;
    const { subject } = locked;
    const fromTo = `${locked.value.slice(0, 23)} before, ${own?.value.slice(0, 23) ?? "none"} now`;
    if (subject === "reached-with holdfast") version = `another version of Holdfast (${fromTo})`;
    else if (subject === "reached-with library") libraries.push(`another library of controls (${fromTo})`);
    else if (subject.startsWith("reached-with renderer ")) renderers.push(`another version of the renderer ${nameOf(subject)} (${fromTo})`);
    else exceptions.push(`an exception that applies no more: ${nameOf(subject)}`);
  }
  const changed = [...libraries, ...renderers.toSorted(), ...exceptions.toSorted()];
  return changed.length === 0 && version !== null ? [version] : changed;
}
