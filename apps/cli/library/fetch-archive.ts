// Loaded only where the user names what to install.
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { whyUnread } from "../file-reason.ts";
import { ARCHIVE_LIMITS, LibraryRefused } from "./library-archive.ts";

/** An archive and its signature, as they came. */
export interface FetchedArchive {
  readonly archive: Uint8Array;
  readonly signature: string;
}

const TIMEOUT_MS = 60_000;

function tooLarge(what: string, most: number): LibraryRefused {
  return new LibraryRefused(`${what} has more than ${most} bytes`);
}

/** The body of a response, read no further than the limit. */
async function bodyOf(url: URL, most: number): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new LibraryRefused(
      `${url.href} can't be fetched (${cause instanceof Error ? cause.message || cause.name : "no reason was given"})`,
    );
  }
  if (!response.ok) throw new LibraryRefused(`${url.href} can't be fetched: the server answers ${response.status}`);
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      size += part.length;
      if (size > most) break;
      parts.push(part);
    }
  } catch {
    throw new LibraryRefused(`${url.href} can't be fetched: the answer broke off`);
  }
  if (size > most) throw tooLarge(url.href, most);
  return Buffer.concat(parts);
}

function bytesOf(file: string, shown: string, most: number): Uint8Array {
  try {
    if (statSync(file).size > most) throw tooLarge(shown, most);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof LibraryRefused) throw error;
    throw new LibraryRefused(`${shown} can't be read: ${whyUnread(error)}`);
  }
}

const SIGNATURE_BYTES = 4096;

/** Gets an archive and the signature that stands beside it with `.sig` behind its name, from a file or by HTTP. Throws `LibraryRefused`. */
export async function fetchArchive(from: string, workingFolder: string): Promise<FetchedArchive> {
  if (/^https?:/iu.test(from)) {
    const url = URL.parse(from);
    if (url === null) throw new LibraryRefused(`${from} is no URL`);
    const beside = new URL(url);
    beside.pathname += ".sig";
    const archive = await bodyOf(url, ARCHIVE_LIMITS.packed);
    return { archive, signature: new TextDecoder().decode(await bodyOf(beside, SIGNATURE_BYTES)) };
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//iu.test(from)) throw new LibraryRefused(`${from}: only http and https are fetched`);
  const file = path.resolve(workingFolder, from);
  const archive = bytesOf(file, from, ARCHIVE_LIMITS.packed);
  return { archive, signature: new TextDecoder().decode(bytesOf(`${file}.sig`, `${from}.sig`, SIGNATURE_BYTES)) };
}
