import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A failed case as `compare.py rego --failures` writes it. */
interface FailedCase {
  readonly file: string;
  readonly index: number;
}

/** What a run and the list of known failures differ in. Both must be empty: the list only ever gets shorter. */
export interface KnownFailureDrift {
  /** Cases that fail and are not listed. */
  readonly unlisted: readonly string[];
  /** Cases that are listed and pass. */
  readonly mended: readonly string[];
}

const HEAD =
  "# Cases of the suite that fail, as group#position and why. A listed case that passes must be taken out, and no new one may come in.\n";

/** A line of a list: the case, and behind two spaces why it fails. */
interface KnownFailure {
  readonly name: string;
  readonly reason: string;
}

/** The cases of a list's text. */
export function knownFailures(listText: string): readonly KnownFailure[] {
  const lines = listText.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return lines.map((line) => {
    const [name = "", ...reason] = line.split("  ");
    return { name, reason: reason.join("  ").trim() };
  });
}

/** The names of failed cases, `group#position`, from the text of the file that `compare.py --failures` wrote. */
export function failedCases(text: string): readonly string[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const { file, index } = JSON.parse(line) as FailedCase;
    return `${file.replace(/\.json$/u, "")}#${index}`;
  });
}

/** Compares the cases that failed with the listed ones. */
export function knownFailureDrift(failed: readonly string[], listText: string): KnownFailureDrift {
  const listed = knownFailures(listText).map(({ name }) => name);
  const isFailed = new Set(failed);
  const isListed = new Set(listed);
  return { unlisted: failed.filter((name) => !isListed.has(name)), mended: listed.filter((name) => !isFailed.has(name)) };
}

/** The list with the mended cases taken out. Nothing is ever added. */
export function withoutMended(listText: string, drift: KnownFailureDrift): string {
  const mended = new Set(drift.mended);
  return listText
    .split("\n")
    .filter((line) => !mended.has(line.split("  ")[0] ?? line))
    .join("\n");
}

/** Writes a first list; why each case fails is for people to add. */
export function writeKnownFailures(file: string, failed: readonly string[]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${HEAD}${failed.toSorted().join("\n")}\n`);
}

/** Reads a list's text; null where there is none yet. */
export function readKnownFailures(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
