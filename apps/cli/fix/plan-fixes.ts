import type { Finding, Fix, Problem, Resource, Result } from "@holdfast/core";
import { combineFixes, type CombinedText, type LoadedResource, type PatchWish } from "@holdfast/posture";
import { matchFindings } from "./match-findings.ts";

/** A scan with the objects that its findings are about. */
export interface EstateScan {
  readonly result: Result;
  readonly resources: readonly Resource[];
}

/** Scans the estate as if files, by their names in results, had these texts. */
export type ScanTexts = (texts: ReadonlyMap<string, string>) => Promise<EstateScan>;

/** A finding, and changes that are to mend it. */
export interface Wish {
  /** What the attempt is known by from one scan to the next; a finding may be mended in more ways than one. */
  readonly key: string;
  readonly finding: Finding;
  /** The finding's object. */
  readonly object: Resource;
  /** What is to be changed: the object as it stands in its file; of one that was rendered, a document that it comes from. */
  readonly resource: LoadedResource;
  readonly fixes: readonly Fix[];
  /** Where a patch of the object is to be written in place of a change of what it comes from. */
  readonly patch?: Pick<PatchWish, "place" | "form">;
}

/** Texts with what wishes ask for, and what can't be done even alone. */
export interface CombinedWishes {
  readonly texts: readonly MadeText[];
  readonly refused: ReadonlyMap<number, string>;
}

export interface MadeText extends CombinedText {
  /** Of a file that there was not: the file that names it. */
  readonly namedBy?: string;
}

/** How far the fixing has come. */
export interface FixState {
  /** The files that change, by their names in results. */
  readonly texts: ReadonlyMap<string, string>;
  /** What a scan finds then. */
  readonly scan: EstateScan;
  /** What could not be fixed, by the keys of attempts, and why. */
  readonly failed: ReadonlyMap<string, string>;
  /** In which file findings were mended, by their keys. */
  readonly made: ReadonlyMap<string, string>;
  /** Files among {@link texts} that are new, each with the one that names it. */
  readonly created: ReadonlyMap<string, string>;
}

/** The file in whose change a finding went: that in which it was mended; else its own, where that changes, or the only one that does. */
export function mendedFile({ made, texts }: FixState, object: Pick<Resource, "file">, finding: Finding): string {
  const own = object.file ?? "";
  const [only = own] = texts.size === 1 ? texts.keys() : [];
  return made.get(findingKey(object, finding)) ?? (texts.has(own) ? own : only);
}

/**
 * No fixing takes more scans than this. Two or three are usual: one to begin with, one that shows what the changes made of it. Each change that does harm takes about as many as the
 * changes of its file can be halved.
 */
const MOST_SCANS = 300;
const REMAINS = "the edit does not remove the finding";
const ADDS = "the edit would cause another finding";
const BREAKS = "the file could not be read as before after the edit";

/** What a finding is known by from one scan to the next. */
export function findingKey({ file }: Pick<Resource, "file">, { fingerprint }: Finding): string {
  return `${file ?? ""} ${fingerprint}`;
}

/**
 * Fixes what is wished for, in memory. All that goes together is changed at once, and then the estate is scanned again: what did not help, or made something new
 * come up, is taken back; what stood in the way of something else comes next. Ends when no wish is left. `combine` writes what is wished for.
 */
export async function planFixes(
  start: FixState,
  wishesOf: (scan: EstateScan, failed: ReadonlyMap<string, string>) => readonly Wish[],
  scan: ScanTexts,
  combine: (wishes: readonly Wish[]) => CombinedWishes = combineFixes,
): Promise<FixState> {
  const failed = new Map(start.failed);
  /** How many changes are made at once in files in which one of several did harm. */
  const atOnce = new Map<string, number>();
  let state = start;
  /** Whether something was changed since failures were last forgotten. */
  let isChanged = false;
  for (let scans = 0; scans < MOST_SCANS; scans += 1) {
    const left = wishesOf(state.scan, failed).filter(({ key }) => !failed.has(key));
    const wishes = someEach(left, atOnce);
    const combined = combine(wishes);
    for (const [at, reason] of combined.refused) fail(failed, wishes[at], reason);
    if (combined.texts.length === 0) {
      if (combined.refused.size > 0) continue;
      // What failed may work now that other things are changed: else a second run would find something to do.
      if (!isChanged || failed.size === start.failed.size) break;
      for (const key of failed.keys()) if (!start.failed.has(key)) failed.delete(key);
      isChanged = false;
      continue;
    }
    const texts = new Map([...state.texts, ...combined.texts.map(({ file, after }) => [file, after] as const)]);
    const next = await scan(texts);
    if (harm(state.scan, next, combined.texts, wishes, failed, atOnce)) continue;
    const made = combined.texts.flatMap(({ file, taken }) => taken.flatMap((at) => mendedIn(wishes[at], file)));
    const created = combined.texts.flatMap(({ file, namedBy }) => (namedBy === undefined ? [] : [[file, namedBy] as const]));
    state = {
      texts,
      scan: next,
      failed,
      made: new Map([...state.made, ...made]),
      created: new Map([...state.created, ...created]),
    };
    for (const [file, count] of atOnce) atOnce.set(file, count * 2);
    isChanged = true;
  }
  return { ...state, failed };
}

function mendedIn(wish: Wish | undefined, file: string): (readonly [string, string])[] {
  return wish === undefined ? [] : [[findingKey(wish.object, wish.finding), file]];
}

function fail(failed: Map<string, string>, wish: Wish | undefined, reason: string): void {
  if (wish !== undefined) failed.set(wish.key, reason);
}

/** What stands in {@link planFixes} for all files together: a name that no file has. */
const ALL_FILES = "";

/** All wishes, but of files in which changes did harm only so many as may be made at once. */
function someEach(wishes: readonly Wish[], atOnce: ReadonlyMap<string, number>): readonly Wish[] {
  const counts = new Map<string, number>();
  const isWithin = (name: string): boolean => (counts.get(name) ?? 0) < (atOnce.get(name) ?? Infinity);
  return wishes.filter(({ resource: { file } }) => {
    if (!isWithin(file) || !isWithin(ALL_FILES)) return false;
    for (const name of [file, ALL_FILES]) counts.set(name, (counts.get(name) ?? 0) + 1);
    return true;
  });
}

/** Notes what changes did not do as they should; false where all did. */
function harm(
  before: EstateScan,
  after: EstateScan,
  texts: readonly CombinedText[],
  wishes: readonly Wish[],
  failed: Map<string, string>,
  atOnce: Map<string, number>,
): boolean {
  let found = false;
  const left = new Set(
    after.result.findings
      .filter(({ status }) => status === "open")
      .map((finding) => findingKey(after.resources[finding.resource] ?? { file: null }, finding)),
  );
  const blame = (file: string | undefined, reason: string): void => {
    found = true;
    const own = texts.filter((text) => text.file === file && text.taken.length > 0);
    const taken = (own.length > 0 ? own : texts).flatMap((text) => text.taken);
    if (taken.length === 1) fail(failed, wishes[taken[0] ?? -1], reason);
    else atOnce.set(own[0]?.file ?? ALL_FILES, Math.ceil(taken.length / 2));
  };
  for (const at of texts.flatMap(({ taken }) => taken)) {
    const wish = wishes[at];
    if (wish === undefined || !left.has(findingKey(wish.object, wish.finding))) continue;
    found = true;
    fail(failed, wish, REMAINS);
  }
  for (const { file } of newProblems(before.result.problems, after.result.problems)) blame(file, BREAKS);
  if (before.resources.length !== after.resources.length) for (const { file } of texts) blame(file, BREAKS);
  for (const { control, resource } of matchFindings(before.result, after.result).added)
    blame(after.resources[resource]?.file ?? undefined, `${ADDS} (${control})`);
  return found;
}

function newProblems(before: readonly Problem[], after: readonly Problem[]): readonly Problem[] {
  const textOf = ({ code, subject, cause }: Problem): string => `${code} ${subject} ${cause}`;
  const known = new Set(before.map(textOf));
  return after.filter((problem) => !known.has(textOf(problem)));
}
