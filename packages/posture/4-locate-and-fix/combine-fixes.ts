import type { Fix, ObjectPath } from "@holdfast/core";
import type { LoadedResource } from "../1-load/loaders/define.ts";
import type { Change } from "./change-plan.ts";
import { changeEdits, changeOf } from "./fix-edits.ts";
import { changeText, distinctChanges } from "./distinct-changes.ts";
import { applyEdits, joinEdits } from "./text-edit.ts";
import type { TextEdit } from "./text-edit.ts";

/** What a finding asks to be changed in an object. */
export interface FixWish {
  readonly resource: LoadedResource;
  /** Of these, the ones of kind `set` and `remove`. */
  readonly fixes: readonly Fix[];
}

/** A file with as many wishes fulfilled as go together. */
export interface CombinedText {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** Places of the wishes that are in it. */
  readonly taken: readonly number[];
}

export interface CombinedFixes {
  /** Files that change, by name. */
  readonly texts: readonly CombinedText[];
  /** Wishes that can't be fulfilled even alone, by their places, and why. */
  readonly refused: ReadonlyMap<number, string>;
}

/** A wish, its place among all, and its changes of the object. */
interface Placed {
  readonly at: number;
  readonly changes: readonly Change[];
}

/**
 * Fulfils the wishes of many findings in the texts of their files. What several ask for is made once: two that each add a field to a mapping which isn't there
 * get one mapping with both. A wish that contradicts one before it is left for another time: neither taken nor refused.
 */
export function combineFixes(wishes: readonly FixWish[]): CombinedFixes {
  const refused = new Map<number, string>();
  const texts: CombinedText[] = [];
  for (const [file, places] of Map.groupBy(wishes.keys(), (at) => wishes[at]?.resource.source.text.file ?? "")) {
    const text = combineInFile(wishes, places, refused);
    if (text !== null) texts.push({ file, ...text });
  }
  return { texts: texts.sort((a, b) => (a.file < b.file ? -1 : 1)), refused };
}

function combineInFile(
  wishes: readonly FixWish[],
  places: readonly number[],
  refused: Map<number, string>,
): Omit<CombinedText, "file"> | null {
  const before = wishes[places[0] ?? -1]?.resource.source.text.text ?? "";
  const taken: number[] = [];
  let edits: readonly TextEdit[] = [];
  for (const [resource, own] of Map.groupBy(places, (at) => wishes[at]?.resource)) {
    if (resource === undefined) continue;
    const found = combineInObject(
      resource,
      own.map((at) => ({ at, changes: (wishes[at]?.fixes ?? []).flatMap((fix) => changeOf(resource, fix)) })),
      refused,
    );
    const joined = joinEdits([...edits, ...found.edits]);
    // Objects that share a line may get in each other's way.
    if (joined === null) continue;
    edits = joined;
    taken.push(...found.taken);
  }
  const after = applyEdits(before, edits);
  return after === before ? null : { before, after, taken };
}

function combineInObject(
  resource: LoadedResource,
  wishes: readonly Placed[],
  refused: Map<number, string>,
): { readonly edits: readonly TextEdit[]; readonly taken: readonly number[] } {
  const together: Placed[] = [];
  for (const wish of wishes) if (together.every((other) => !contradict(other.changes, wish.changes))) together.push(wish);
  const all = changeEdits(resource, distinctChanges(together.flatMap(({ changes }) => changes)));
  if ("edits" in all) return { edits: all.edits, taken: together.map(({ at }) => at) };
  // Something can't be done: whatever can is found one by one.
  const taken: Placed[] = [];
  let edits: readonly TextEdit[] = [];
  for (const wish of wishes) {
    if (taken.some((other) => contradict(other.changes, wish.changes))) continue;
    const outcome = changeEdits(resource, distinctChanges([...taken, wish].flatMap(({ changes }) => changes)));
    if ("edits" in outcome) {
      taken.push(wish);
      edits = outcome.edits;
    } else {
      const alone = changeEdits(resource, wish.changes);
      if (!("edits" in alone)) refused.set(wish.at, alone.reason);
    }
  }
  return { edits, taken: taken.map(({ at }) => at) };
}

/** Whether of two lists of changes one would undo or hide what the other does: they concern the same value, or one a value within the other's. */
function contradict(one: readonly Change[], other: readonly Change[]): boolean {
  return one.some((a) => other.some((b) => (startsWith(a.path, b.path) || startsWith(b.path, a.path)) && changeText(a) !== changeText(b)));
}

function startsWith(path: ObjectPath, start: ObjectPath): boolean {
  return start.length <= path.length && start.every((step, at) => path[at] === step);
}
