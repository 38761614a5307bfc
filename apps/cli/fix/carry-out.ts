import { readFileSync } from "node:fs";
import { replaceText } from "../replace-file.ts";
import type { FileChange } from "./changed-texts.ts";
import type { Consent } from "./consent.ts";
import type { Cause } from "./fix-report.ts";
import { counted } from "./fix-text.ts";
import { exactPatch, shownDiff } from "./unified-patch.ts";

/** What became of changes: files that were written or proposed, and why others were not. */
export interface Carried {
  readonly done: ReadonlySet<string>;
  readonly left: ReadonlyMap<string, Cause>;
  /** Of a dry run: the patch. */
  readonly patch: string;
}

/** Makes the patch of all changes. What no patch can show without a secret is left out. */
export function proposeChanges(changes: readonly FileChange[]): Carried {
  const left = new Map<string, Cause>();
  const patches = changes.map((change) => {
    const patch = exactPatch(change);
    if (patch === null) left.set(change.file, { code: "fix-secret-in-patch", cause: "its patch would show a secret" });
    return patch ?? "";
  });
  return { done: new Set(changes.map(({ file }) => file)), left, patch: patches.join("") };
}

/** Writes changes, after asking for each file where there is somebody to ask. `findings` is how many each takes away. */
export async function writeChangedFiles(
  changes: readonly FileChange[],
  findings: ReadonlyMap<string, number>,
  consent: Consent | null,
): Promise<Carried> {
  const done = new Set<string>();
  const left = new Map<string, Cause>();
  let answer = consent === null ? "all" : "ask";
  for (const change of changes) {
    const { file, target } = change;
    if (answer !== "all" && answer !== "quit" && consent !== null) {
      const hint = target.workTree === null ? ", which is in no Git repository" : "";
      answer = await consent.change(`Change ${file}${hint} (${counted(findings.get(file) ?? 0, "finding")})?`, () => shownDiff(change));
    }
    if (answer === "no" || answer === "quit") {
      left.set(file, { code: "fix-declined", cause: "you said no" });
      continue;
    }
    const cause = await written(change);
    if (cause === null) done.add(file);
    else left.set(file, cause);
  }
  return { done, left, patch: "" };
}

/** Writes a file; says why where that was not possible. */
async function written({ target, after }: FileChange): Promise<Cause | null> {
  try {
    if (readFileSync(target.real, "utf8") !== target.text)
      return { code: "fix-changed-meanwhile", cause: "it was changed since it was read" };
    await replaceText(target.real, after, { strict: true });
    return null;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const known: Readonly<Record<string, string>> = {
      EACCES: "permission denied",
      EPERM: "permission denied",
      EROFS: "the file system is read-only",
      ENOSPC: "no space is left on the disk",
    };
    return { code: "fix-not-written", cause: known[code] ?? `the system reported ${code === "" ? "an error" : code}` };
  }
}
