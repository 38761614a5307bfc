import { shownLines } from "@holdfast/posture";
import type { TargetFile } from "./target-file.ts";
import type { ChangedText } from "./unified-patch.ts";

/** A file as it is to be written, and as it is shown. */
export interface FileChange extends ChangedText {
  readonly target: TargetFile;
}

/** The files that are to have these texts, by name, with what may be shown of them: nothing of `secrets`. */
export function changedTexts(
  texts: ReadonlyMap<string, string>,
  targets: ReadonlyMap<string, TargetFile>,
  secrets: readonly string[],
): readonly FileChange[] {
  return [...texts]
    .flatMap(([file, text]) => {
      const target = targets.get(file);
      if (target === undefined || target.text === text) return [];
      return [
        {
          file,
          target,
          before: target.text,
          after: text,
          shownBefore: shownLines(target.text, secrets),
          shownAfter: shownLines(text, secrets),
        },
      ];
    })
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));
}
