import { parseObjectPath } from "@holdfast/core";
import type { Fix, ObjectPath } from "@holdfast/core";
import type { LoadedResource } from "../1-load/loaders/define.ts";
import { CannotEdit, planChanges } from "./change-plan.ts";
import type { Change } from "./change-plan.ts";
import { joinEdits } from "./text-edit.ts";
import type { TextEdit } from "./text-edit.ts";
import { writeChanges } from "./write-changes.ts";

/** The edits that apply fixes, or why there are none. */
export type EditOutcome = { readonly edits: readonly TextEdit[] } | { readonly reason: string };

/** Reads a path of an object; null where it can't be read. */
type StepsOf = (path: string) => ObjectPath | null;

/**
 * The edits of an object's file that apply the fixes of kind `set` and `remove`, all together. Every byte that needn't change stays: comments, quotes,
 * indentation, line breaks. A mapping that several fixes need is made once. `stepsOf` is given where paths were read before.
 */
export function fixEdits(resource: LoadedResource, fixes: readonly Fix[], stepsOf?: StepsOf): EditOutcome {
  const changes = fixes.flatMap((fix) => changeOf(resource, fix, stepsOf));
  if (changes.length === 0) return { reason: "no fix says what to set or remove" };
  return changeEdits(resource, changes);
}

/** The same for changes by path. */
export function changeEdits({ source }: Pick<LoadedResource, "source">, changes: readonly Change[]): EditOutcome {
  try {
    const plan = planChanges(source.nodes, source.node, changes);
    const edits = joinEdits(writeChanges(source.nodes, source.node, plan));
    if (edits === null) return { reason: "the fixes touch the same text" };
    return edits.length === 0 ? { reason: "nothing would change" } : { edits };
  } catch (error) {
    if (error instanceof CannotEdit) return { reason: error.message };
    throw error;
  }
}

/** What a fix of kind `set` or `remove` does to the object; nothing where its path can't be read. */
export function changeOf(
  resource: LoadedResource,
  fix: Fix,
  stepsOf: StepsOf = (path) => parseObjectPath(path, resource.object),
): Change[] {
  if (fix.path === undefined || (fix.kind !== "set" && fix.kind !== "remove")) return [];
  const path = stepsOf(fix.path);
  if (path === null || path.length === 0) return [];
  return fix.kind === "set" ? [{ kind: "set", path, value: fix.value }] : [{ kind: "remove", path }];
}
