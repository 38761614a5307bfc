import { readFileSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { whyUnwritten } from "../file-reason.ts";
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

/** Makes the patch of all changes. What no patch can show without a secret is left out, with what goes with it. */
export function proposeChanges(changes: readonly FileChange[]): Carried {
  const left = new Map<string, Cause>();
  const patches = new Map(changes.map((change) => [change.file, exactPatch(change)]));
  const cause = { code: "fix-secret-in-patch", cause: "its patch would show a secret" } as const;
  for (const group of together(changes))
    if (group.some(({ file }) => patches.get(file) === null)) for (const { file } of group) left.set(file, cause);
  const patch = changes.map(({ file }) => (left.has(file) ? "" : (patches.get(file) ?? ""))).join("");
  return { done: new Set(changes.map(({ file }) => file)), left, patch };
}

/** Writes changes, after asking for each file where there is somebody to ask; new files go with the one that names them. `findings` is how many each takes away. */
export async function writeChangedFiles(
  changes: readonly FileChange[],
  findings: ReadonlyMap<string, number>,
  consent: Consent | null,
): Promise<Carried> {
  const done = new Set<string>();
  const left = new Map<string, Cause>();
  let answer = consent === null ? "all" : "ask";
  for (const group of together(changes)) {
    const [first, ...others] = group;
    if (first === undefined) continue;
    if (answer !== "all" && answer !== "quit" && consent !== null) {
      const hint = first.target.workTree === null ? ", which is in no Git repository" : "";
      const files = [`Change ${first.file}${hint}`, ...others.map(({ file }) => `make ${file}`)].join(", and ");
      const count = group.reduce((sum, { file }) => sum + (findings.get(file) ?? 0), 0);
      answer = await consent.change(`${files} (${counted(count, "finding")})?`, () => group.map(shownDiff).join(""));
    }
    const declined = { code: "fix-declined", cause: "you said no" } as const;
    // New files first: what names them must never name what is not there.
    const made: FileChange[] = [];
    let cause: Cause | null = answer === "no" || answer === "quit" ? declined : null;
    for (const change of [...others, first]) {
      cause ??= await written(change);
      if (cause === null) made.push(change);
    }
    if (cause !== null) for (const { namedBy, target } of made) if (namedBy !== undefined) rmSync(target.real, { force: true });
    for (const { file } of group)
      if (cause === null) done.add(file);
      else left.set(file, cause);
  }
  return { done, left, patch: "" };
}

/** Changes that are made together or not at all: a file, and the new ones that it names. */
function together(changes: readonly FileChange[]): readonly (readonly FileChange[])[] {
  return changes
    .filter(({ namedBy }) => namedBy === undefined)
    .map((change) => [change, ...changes.filter(({ namedBy }) => namedBy === change.file)]);
}

/** Writes a file; says why where that was not possible. */
async function written({ target, after, namedBy }: FileChange): Promise<Cause | null> {
  try {
    if (namedBy !== undefined) {
      await writeFile(target.real, after, { flag: "wx", flush: true });
      return null;
    }
    if (readFileSync(target.real, "utf8") !== target.text)
      return { code: "fix-changed-meanwhile", cause: "it was changed since it was read" };
    await replaceText(target.real, after, { strict: true });
    return null;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "EEXIST") return { code: "fix-changed-meanwhile", cause: "a file of this name was made since it was looked for" };
    return { code: "fix-not-written", cause: whyUnwritten(error) };
  }
}
