import { hash } from "node:crypto";
import { factLine, type Lock, type LockFact } from "./lock-fact.ts";

/** The name and version of the form, in its first and last line. */
export const LOCK_FORM = "holdfast.lock/v1";

const SLOTS = 256;

/** The slot of what is about no control, framework or scan: two branches that add different things rarely meet in one. */
export function slotOf(subject: string): string {
  return hash("sha256", subject).slice(0, 2);
}

const SLOT_NAMES: readonly string[] = Array.from({ length: SLOTS }, (_, slot) => slot.toString(16).padStart(2, "0"));

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The subjects that have a place of their own, in the order of the file; the others are in slots. */
function sectionOf(subject: string): number {
  const [word, next] = subject.split(" ");
  if (subject === "reached-with holdfast" || subject === "reached-with library") return 0;
  if (subject === "scan") return 1;
  if (word === "framework" && next !== undefined) return 2;
  return word === "control" ? 3 : 4;
}

function* sectionLines(subject: string, facts: readonly LockFact[]): Iterable<string> {
  yield `# ${subject}`;
  yield* facts.map(factLine).toSorted(compareText);
  yield `# ${subject} end`;
}

/**
 * Writes a lock. Each subject stands between two lines of its own that never change, whether it has facts or not: so two branches that change different subjects touch
 * no neighbouring lines, which git would call a conflict. `controls` are all that were asked for: one without any fact has its place ready.
 */
export function writeLock({ facts, loosened }: Lock, controls: readonly string[]): string {
  const bySubject = Map.groupBy(facts.values(), ({ subject }) => subject);
  for (const control of controls) if (!bySubject.has(control)) bySubject.set(control, []);
  const own = [...bySubject.keys()].filter((subject) => sectionOf(subject) < 4);
  own.sort((a, b) => sectionOf(a) - sectionOf(b) || compareText(a, b));
  const slots = new Map<string, string[]>(SLOT_NAMES.map((name) => [name, []]));
  for (const [subject, list] of bySubject) if (sectionOf(subject) === 4) slots.get(slotOf(subject))?.push(...list.map(factLine));
  for (const line of loosened) slots.get(slotOf(line))?.push(line);
  return [
    `lock ${LOCK_FORM}`,
    "# What `holdfast scan --ratchet` holds. `--ratchet-update` writes it and only tightens it. Commit it.",
    ...own.flatMap((subject) => [...sectionLines(subject, bySubject.get(subject) ?? [])]),
    ...[...slots].flatMap(([name, lines]) => [`# slot ${name}`, ...lines.toSorted(compareText)]),
    "# slots end",
    `end ${LOCK_FORM}`,
    "",
  ].join("\n");
}
