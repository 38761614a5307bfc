import { existsSync, readFileSync } from "node:fs";
import { load } from "js-yaml";
import type { Mutant } from "./mutants-of.ts";
import type { TriedMutant } from "./try-mutants.ts";

/** A mutant that may survive: an element of the library's `mutants.yaml`. Lines are left out, so that it holds when they move. */
export interface AcceptedSurvivor {
  /** The module, from the library's folder: `rules/NAME/rule.rego`, `lib/NAME.rego`. */
  readonly file: string;
  /** The rule or function that it stands in. */
  readonly in: string;
  /** The condition, on one line. */
  readonly condition: string;
  readonly change: Mutant["change"];
  /** Why no case can tell the mutant from the rule, or why none is worth having. */
  readonly reason: string;
}

/** Survivors sorted by what the list says of them. */
export interface SurvivorReview {
  readonly accepted: readonly TriedMutant[];
  readonly unlisted: readonly TriedMutant[];
  /** Entries whose mutant died, or is there no more. */
  readonly stale: readonly AcceptedSurvivor[];
}

const FIELDS = ["file", "in", "condition", "change", "reason"] as const;

/** Reads the list; a file that is missing is an empty one. Throws an Error for an entry without one of its fields. */
export function readAcceptedSurvivors(file: string): readonly AcceptedSurvivor[] {
  if (!existsSync(file)) return [];
  const entries = (load(readFileSync(file, "utf8")) ?? []) as readonly Partial<AcceptedSurvivor>[];
  return entries.map((entry, place) => {
    const missing = FIELDS.find((field) => typeof entry[field] !== "string" || entry[field] === "");
    if (missing !== undefined) throw new Error(`${file}: entry ${place + 1} has no ${missing}`);
    return entry as AcceptedSurvivor;
  });
}

function keyOf({ file, in: rule, condition, change }: Omit<AcceptedSurvivor, "reason">): string {
  return JSON.stringify([file, rule, condition, change]);
}

/** The entry that would accept a mutant, without its reason. */
export function entryFor({ file, rule, condition, change }: Mutant): Omit<AcceptedSurvivor, "reason"> {
  return { file: file.replace(/^library\//u, ""), in: rule, condition, change };
}

/** Compares what survived with the list. Entries about files that were not tried in full are never stale. */
export function reviewSurvivors(
  tried: readonly TriedMutant[],
  accepted: readonly AcceptedSurvivor[],
  inFull: ReadonlySet<string>,
): SurvivorReview {
  const survivors = tried.filter(({ fate }) => fate === "survived");
  const listed = new Set(accepted.map(keyOf));
  const surviving = new Set(survivors.map(({ mutant }) => keyOf(entryFor(mutant))));
  const isListed = ({ mutant }: TriedMutant): boolean => listed.has(keyOf(entryFor(mutant)));
  return {
    accepted: survivors.filter(isListed),
    unlisted: survivors.filter((one) => !isListed(one)),
    stale: accepted.filter((entry) => inFull.has(entry.file) && !surviving.has(keyOf(entry))),
  };
}
