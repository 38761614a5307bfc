// Loaded only where exceptions are given.
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import {
  readExceptions,
  type ExceptionDocument,
  type ExceptionFault,
  type KnownPolicies,
  type ReadException,
} from "@holdfast/judge/exceptions";
import { readPlacedDocuments, type PlacedDocument } from "@holdfast/posture";
import { whyUnread } from "../file-reason.ts";
import { UsageError } from "../usage-error.ts";

/** No file of exceptions that people write is as long. */
const LONGEST = 16 * 1_048_576;

/** A document of a file of exceptions. */
export type FileDocument = ExceptionDocument & PlacedDocument & { readonly file: string };

/** A file of exceptions, as it was read. */
export interface ExceptionFile {
  /** As the user named it, or below the folder that the user named. */
  readonly file: string;
  readonly text: string;
  readonly documents: readonly FileDocument[];
}

/** A part of a text, from an offset up to another. */
export type DocumentSpan = PlacedDocument["span"];

/** What the files of --exceptions hold. */
export interface GivenExceptions {
  readonly files: readonly ExceptionFile[];
  readonly exceptions: readonly ReadException[];
}

function filesOf(named: string, workingFolder: string): readonly string[] {
  const whole = path.resolve(workingFolder, named);
  if (!statSync(whole).isDirectory()) return [named];
  const files = readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/iu.test(entry.name))
    .map((entry) => path.join(named, path.relative(whole, path.join(entry.parentPath, entry.name))))
    .toSorted();
  if (files.length === 0)
    throw new UsageError(`exceptions ${named}: it holds no .yaml, .yml or .json files\nNothing was judged. Correct the path.`);
  return files;
}

function readFile(file: string, workingFolder: string, faults: ExceptionFault[]): ExceptionFile {
  const whole = path.resolve(workingFolder, file);
  if (statSync(whole).size > LONGEST) throw new UsageError(`--exceptions ${file}: it has more than ${LONGEST} bytes`);
  const text = readFileSync(whole, "utf8");
  const read = readPlacedDocuments(text);
  for (const { line, column, message } of read.faults) faults.push({ file, line, column, exception: null, message });
  return { file, text, documents: read.documents.map((document) => ({ ...document, file })) };
}

function orRefuse<T>(named: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new UsageError(`exceptions ${named}: ${whyUnread(error)}\nNothing was judged. Correct the path.`);
  }
}

/** The exceptions of a text that a file has or could have. */
export function exceptionsOfText(
  file: string,
  text: string,
  known: KnownPolicies,
): { readonly exceptions: readonly ReadException[]; readonly faults: readonly ExceptionFault[] } {
  const read = readPlacedDocuments(text);
  const faults = read.faults.map(({ line, column, message }): ExceptionFault => ({ file, line, column, exception: null, message }));
  const reading = readExceptions(
    read.documents.map((document) => ({ ...document, file })),
    known,
  );
  return { exceptions: reading.exceptions, faults: [...faults, ...reading.faults] };
}

/** A fault as one line: `file:line: exception: message`. */
export function exceptionFaultText({ file, line, exception, message }: ExceptionFault): string {
  const place = `${file ?? "the cluster"}${line === null ? "" : `:${line}`}`;
  return `${place}: ${exception === null ? "" : `exception ${exception}: `}${message}`;
}

/** Reads the files of some paths, each once, and the exceptions in them. Faults are returned, but for paths that can't be read: `UsageError`. */
function readExceptionPaths(
  paths: readonly string[],
  known: KnownPolicies,
  workingFolder: string,
): GivenExceptions & { readonly faults: readonly ExceptionFault[] } {
  const faults: ExceptionFault[] = [];
  const seen = new Set<string>();
  const files = paths.flatMap((named) =>
    orRefuse(named, () =>
      filesOf(named, workingFolder).flatMap((file) => {
        const whole = path.resolve(workingFolder, file);
        if (seen.has(whole)) return [];
        seen.add(whole);
        const read = readFile(file, workingFolder, faults);
        if (file === named && faults.length === 0 && read.documents.every(({ value }) => value === null))
          faults.push({ file, line: 1, column: 1, exception: null, message: "it holds no exceptions" });
        return [read];
      }),
    ),
  );
  const reading = readExceptions(
    files.flatMap(({ documents }) => documents),
    known,
  );
  return { files, exceptions: reading.exceptions, faults: [...faults, ...reading.faults] };
}

/** The exceptions of some paths. Throws `UsageError` with all that is wrong with them: then none is applied and nothing is judged. */
export function loadExceptionFiles(paths: readonly string[], known: KnownPolicies, workingFolder: string): GivenExceptions {
  const { files, exceptions, faults } = readExceptionPaths(paths, known, workingFolder);
  if (faults.length === 0) return { files, exceptions };
  const places = new Map(files.map(({ file }, at) => [file, at]));
  const sorted = faults.toSorted(
    (a, b) => (places.get(a.file ?? "") ?? 0) - (places.get(b.file ?? "") ?? 0) || (a.line ?? 0) - (b.line ?? 0),
  );
  const lines = sorted.map(exceptionFaultText);
  throw new UsageError(
    `${lines.join("\nholdfast: ")}\nNothing was judged. Correct the exceptions: docs/how-to/exceptions.md shows their forms.`,
  );
}
