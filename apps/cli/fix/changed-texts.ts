import { shownLines } from "@holdfast/posture";
import path from "node:path";
import type { FixState } from "./plan-fixes.ts";
import type { TargetFile } from "./target-file.ts";
import type { ChangedText } from "./unified-patch.ts";

/** A file as it is to be written, and as it is shown. */
export interface FileChange extends ChangedText {
  readonly target: TargetFile;
  /** Of a file that there was not: the file that names it. One without the other would break both. */
  readonly namedBy?: string;
}

/** The files that are to have other texts, by name, with what may be shown of them: nothing of `secrets`. */
export function changedTexts(
  { texts, created }: Pick<FixState, "texts" | "created">,
  targets: ReadonlyMap<string, TargetFile>,
  secrets: readonly string[],
): readonly FileChange[] {
  return [...texts]
    .flatMap(([file, text]) => {
      const namedBy = created.get(file);
      const target = namedBy === undefined ? targets.get(file) : newTarget(file, targets.get(namedBy));
      if (target === undefined || target.text === text) return [];
      return [
        {
          file,
          target,
          ...(namedBy === undefined ? {} : { namedBy, isNew: true as const }),
          before: target.text,
          after: text,
          shownBefore: shownLines(target.text, secrets),
          shownAfter: shownLines(text, secrets),
        },
      ];
    })
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

/** A file that is to lie beside the one that names it. */
function newTarget(file: string, beside: TargetFile | undefined): TargetFile | undefined {
  if (beside === undefined) return undefined;
  return { file, real: path.join(path.dirname(beside.real), path.posix.basename(file)), text: "", workTree: beside.workTree };
}
