import { shownLines } from "@holdfast/posture";
import type { FixState } from "./plan-fixes.ts";
import type { TargetFile } from "./target-file.ts";
import type { ChangedText } from "./unified-patch.ts";

/** A file as it is to be written, and as it is shown. */
export interface FileChange extends ChangedText {
  readonly target: TargetFile;
}

/** The files that a state changes, by name, with what may be shown of them. */
export function changedTexts(start: FixState, end: FixState, targets: ReadonlyMap<string, TargetFile>): readonly FileChange[] {
  const before = Map.groupBy(start.scan.resources, ({ file }) => file);
  const after = Map.groupBy(end.scan.resources, ({ file }) => file);
  return [...end.texts]
    .flatMap(([file, text]) => {
      const target = targets.get(file);
      if (target === undefined || target.text === text) return [];
      return [
        {
          file,
          target,
          before: target.text,
          after: text,
          shownBefore: shownLines(target.text, before.get(file) ?? []),
          shownAfter: shownLines(text, after.get(file) ?? []),
        },
      ];
    })
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));
}
