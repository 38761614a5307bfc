import type { Fix } from "@holdfast/core";
import type { LoadedResource, ResourceOrigins } from "../1-load/loaders/define.ts";
import type { Change } from "./change-plan.ts";
import { changeEdits, changeOf } from "./fix-edits.ts";
import { MaskedText } from "./masked-text.ts";
import { maskedSettings } from "./origin-excerpt.ts";
import { replacementsOf } from "./text-edit.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** Why there is no edit of what a tool rendered. */
const RENDERED = "the object is rendered, and its template or the patch that makes the field must be edited";

interface EditedValues {
  readonly file: string;
  readonly replacements: ReturnType<typeof replacementsOf>;
  readonly diff: string;
}

/**
 * The edit that applies fixes to a rendered object where values of one file feed all that they change: that of the file. The diff shows no secrets. Says why not, where a template or patch
 * must be changed.
 */
export function valueEdits(
  resource: LoadedResource,
  origins: ResourceOrigins,
  fixes: readonly Fix[],
): { readonly edit: EditedValues } | { readonly noEdit: string } {
  const wanted = fixes.flatMap((fix) => changeOf(resource, fix)).map((change) => ({ change, origin: origins.originOf(change.path) }));
  const [first] = wanted;
  const file = first?.origin.edit;
  if (first === undefined || file === undefined) return { noEdit: first?.origin.notEdited ?? RENDERED };
  const changes: Change[] = [];
  for (const { change, origin } of wanted) {
    if (origin.edit === undefined) return { noEdit: RENDERED };
    if (origin.edit.source.text !== file.source.text) return { noEdit: "values of several files must be edited" };
    if (change.kind === "remove" && !origin.edit.removable)
      return { noEdit: "several values files set the value, and it must be removed from all" };
    changes.push({ ...change, path: origin.edit.path });
  }
  const outcome = changeEdits(file, changes);
  if (!("edits" in outcome)) return { noEdit: outcome.reason };
  const { text } = file.source;
  const diff = unifiedDiff(new MaskedText({ object: {}, source: file.source }, first.origin.secrets), text.lines, outcome.edits);
  return { edit: { file: text.file, replacements: replacementsOf(text.lines, outcome.edits), diff: maskedDiff(diff) } };
}

/** A diff without the values of settings that are credentials. */
function maskedDiff(diff: string): string {
  const lines = diff.split("\n");
  const masked = maskedSettings(lines.map((line) => line.slice(1)));
  return lines.map((line, at) => (line.startsWith("@@") ? line : line.slice(0, 1) + (masked[at] ?? ""))).join("\n");
}
