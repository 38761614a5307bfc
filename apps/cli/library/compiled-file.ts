// The compiled rules of the installed library, kept beside it. They are JavaScript that this process runs, so that they are taken from no file that anybody else could have written.
import { createHash } from "node:crypto";
import { accessSync, closeSync, constants, fstatSync, openSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { Library } from "@holdfast/core";
import { replaceText } from "../replace-file.ts";

/** What compiled rules are good for: one archive, and the program that compiled it. */
export interface CompiledFor {
  /** Digest of the built program. */
  readonly program: string;
  /** Digest of the archive. */
  readonly archive: string;
}

/** The rules of a library as the build makes them of the built-in one: what the library says, the texts of the parts, and which rule is in which. */
export interface CompiledRules {
  readonly library: Library;
  readonly partOf: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<string, string>>;
}

interface Kept extends CompiledRules {
  readonly madeFor: CompiledFor;
}

/** Where they are kept. */
function compiledFile(dataFolder: string): string {
  return path.join(dataFolder, "library-compiled.json");
}

/** This account's number; null on systems that have none, where nobody can tell who may write a file. */
function account(): number | null {
  return process.getuid?.() ?? null;
}

/** The text of a file that only this account or root can have written; null for any other. What is looked at and what is read is one open file. */
function ownText(file: string): string | null {
  const own = account();
  if (own === null) return null;
  const open = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { uid, mode } = fstatSync(open);
    const isOwn = (uid === own || uid === 0) && (mode & 0o022) === 0;
    return isOwn ? readFileSync(open, "utf8") : null;
  } finally {
    closeSync(open);
  }
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The rules that were kept, if they were made for just this; null where there are none, they are damaged, or somebody else could have changed them. */
export function readCompiledRules(dataFolder: string, wanted: CompiledFor): CompiledRules | null {
  try {
    const text = ownText(compiledFile(dataFolder));
    const end = text?.indexOf("\n") ?? -1;
    if (text === null || end === -1) return null;
    const body = text.slice(end + 1);
    // Against damage, not against people: who could change the one could change the other.
    if (digestOf(body) !== text.slice(0, end)) return null;
    const { madeFor, ...rules } = JSON.parse(body) as Kept;
    return madeFor.program === wanted.program && madeFor.archive === wanted.archive ? rules : null;
  } catch {
    return null;
  }
}

/** Whether rules can be kept here, and could be taken from here again. */
export function canKeepRules(dataFolder: string): boolean {
  try {
    accessSync(dataFolder, constants.W_OK);
    return account() !== null;
  } catch {
    return false;
  }
}

/** Keeps rules. Where that fails they are compiled again in the next run, which is slower and no fault. */
export async function keepCompiledRules(dataFolder: string, madeFor: CompiledFor, rules: CompiledRules): Promise<void> {
  const body = JSON.stringify({ madeFor, ...rules } satisfies Kept);
  const file = compiledFile(dataFolder);
  try {
    // What is there may be a link, or others may write it: nothing of it stays.
    rmSync(file, { force: true });
    await replaceText(file, `${digestOf(body)}\n${body}`, { newMode: 0o600, strict: true });
  } catch {
    // They are of use to this run all the same.
  }
}
