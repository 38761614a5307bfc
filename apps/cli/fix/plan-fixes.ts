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
  /** Whether nothing was left that could be tried. */
  readonly isComplete?: boolean;
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
  /** How many changes are made at once where one of several did harm. */
  const limits = new Map<string, Limit>();
  let state = start;
  /** Whether something was changed since failures were last forgotten. */
  let isChanged = false;
  let isComplete = false;
  for (let scans = 0; scans < MOST_SCANS; scans += 1) {
    const left = wishesOf(state.scan, failed).filter(({ key }) => !failed.has(key));
    const wishes = someEach(left, limits);
    const combined = combine(wishes);
    for (const [at, reason] of combined.refused) fail(failed, wishes[at], reason);
    if (combined.texts.length === 0) {
      if (combined.refused.size > 0) continue;
      // What failed may work now that other things are changed: else a second run would find something to do.
      isComplete = !isChanged || failed.size === start.failed.size;
      if (isComplete) break;
      for (const key of failed.keys()) if (!start.failed.has(key)) failed.delete(key);
      isChanged = false;
      continue;
    }
    const texts = new Map([...state.texts, ...combined.texts.map(({ file, after }) => [file, after] as const)]);
    const next = await scan(texts);
    if (harm(state.scan, next, combined.texts, wishes, failed, limits)) continue;
    const made = combined.texts.flatMap(({ file, taken }) => taken.flatMap((at) => mendedIn(wishes[at], file)));
    const created = combined.texts.flatMap(({ file, namedBy }) => (namedBy === undefined ? [] : [[file, namedBy] as const]));
    state = {
      texts,
      scan: next,
      failed,
      made: new Map([...state.made, ...made]),
      created: new Map([...state.created, ...created]),
    };
    for (const limit of limits.values()) limit.count *= 2;
    isChanged = true;
  }
  return { ...state, failed, isComplete };
}

function mendedIn(wish: Wish | undefined, file: string): (readonly [string, string])[] {
  return wish === undefined ? [] : [[findingKey(wish.object, wish.finding), file]];
}

function fail(failed: Map<string, string>, wish: Wish | undefined, reason: string): void {
  if (wish !== undefined) failed.set(wish.key, reason);
}

/** Files of which so many wishes may be fulfilled at once, since more together did harm. */
interface Limit {
  readonly holds: (file: string) => boolean;
  count: number;
}

/** All wishes, but of files in which changes did harm only so many as may be made at once. */
function someEach(wishes: readonly Wish[], limits: ReadonlyMap<string, Limit>): readonly Wish[] {
  const counts = new Map<Limit, number>();
  const all = [...limits.values()];
  return wishes.filter(({ resource: { file } }) => {
    const own = all.filter(({ holds }) => holds(file));
    if (own.some((limit) => (counts.get(limit) ?? 0) >= limit.count)) return false;
    for (const limit of own) counts.set(limit, (counts.get(limit) ?? 0) + 1);
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
  limits: Map<string, Limit>,
): boolean {
  let found = false;
  const left = new Set(
    after.result.findings
      .filter(({ status }) => status === "open")
      .map((finding) => findingKey(after.resources[finding.resource] ?? { file: null }, finding)),
  );
  const roots = before.result.inputs.rendered ?? [];
  // To blame is a change of the file; else one of what is rendered together with it; else any.
  const blame = (file: string, reason: string): void => {
    found = true;
    const around = new Set(roots.flatMap((root) => (root.file === file || root.files.includes(file) ? [root.file, ...root.files] : [])));
    const groups: readonly (readonly [name: string, Limit["holds"]])[] = [
      [file, (other) => other === file],
      [`around ${file}`, (other) => around.has(other)],
      ["all", () => true],
    ];
    for (const [name, holds] of groups) {
      const taken = texts.filter((text) => holds(text.file)).flatMap((text) => text.taken);
      const [only] = taken;
      if (only === undefined) continue;
      if (taken.length === 1) fail(failed, wishes[only], reason);
      else limits.set(name, { holds, count: Math.ceil(taken.length / 2) });
      return;
    }
  };
  for (const at of texts.flatMap(({ taken }) => taken)) {
    const wish = wishes[at];
    if (wish === undefined || !left.has(findingKey(wish.object, wish.finding))) continue;
    found = true;
    fail(failed, wish, REMAINS);
  }
  for (const { file = "" } of newProblems(before.result.problems, after.result.problems)) blame(file, BREAKS);
  if (before.resources.length !== after.resources.length && !found) for (const { file } of texts) blame(file, BREAKS);
  const added = matchFindings(before.result, after.result).added.map(
    ({ control, resource }) => [after.resources[resource]?.file ?? "", control] as const,
  );
  for (const [file, control] of new Map(added)) blame(file, `${ADDS} (${control})`);
  return found;
}

function newProblems(before: readonly Problem[], after: readonly Problem[]): readonly Problem[] {
  const textOf = ({ code, subject, cause }: Problem): string => `${code} ${subject} ${cause}`;
  const known = new Set(before.map(textOf));
  return after.filter((problem) => !known.has(textOf(problem)));
}
