// A library as one signed archive: a `.tar.gz` of the files of library/ and a manifest, with an Ed25519 signature of all its bytes beside it.
import { createPublicKey, verify, type KeyObject } from "node:crypto";
import { compileLibrary, LibraryCompileError, readLibrary, type LibraryFile, type LibrarySource } from "@holdfast/posture";
import { archiveFiles, BundleFault } from "@holdfast/rego";

/** What the manifest of an archive, `manifest.json`, says. */
export interface LibraryManifest {
  /** Numbers with dots between them: `2026.11.2`. */
  readonly version: string;
  /** When it was made, RFC 3339. */
  readonly time: string;
}

/** An archive that was checked. */
export interface LibraryArchive {
  readonly manifest: LibraryManifest;
  readonly files: readonly LibraryFile[];
}

/** Why an archive is not used. The message is for people. */
export class LibraryRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "LibraryRefused";
  }
}

/** The most bytes of an archive, and of what it holds. The library has some 3 MB. */
export const ARCHIVE_LIMITS: { readonly packed: number; readonly bytes: number; readonly files: number } = {
  packed: 16 * 1_048_576,
  bytes: 64 * 1_048_576,
  files: 10_000,
};

const VERSION = /^\d{1,9}(?:\.\d{1,9}){0,3}$/u;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/u;

/** Reads an Ed25519 public key in PEM. Throws `LibraryRefused` for what is none. */
export function readPublicKey(text: string): KeyObject {
  let key: KeyObject;
  try {
    if (text.includes("PRIVATE KEY")) throw new TypeError("a private key");
    key = createPublicKey(text);
  } catch {
    throw new LibraryRefused("the key is no public key in PEM: `openssl pkey -in KEY -pubout` writes one");
  }
  if (key.asymmetricKeyType !== "ed25519")
    throw new LibraryRefused(`the key is of the kind ${key.asymmetricKeyType ?? "?"}, and must be of Ed25519`);
  return key;
}

/** Checks the signature of an archive: base64 of 64 bytes. Throws `LibraryRefused`. */
export function checkSignature(archive: Uint8Array, signature: string, key: KeyObject): void {
  const text = signature.trim();
  const bytes = /^[A-Za-z0-9+/\s]+={0,2}$/u.test(text) ? Buffer.from(text, "base64") : Buffer.alloc(0);
  if (bytes.length !== 64) throw new LibraryRefused("its signature is not base64 of the 64 bytes of an Ed25519 signature");
  if (!verify(null, archive, key, bytes))
    throw new LibraryRefused("its signature is not that of the key: it was changed, or somebody else signed it");
}

function readManifest(bytes: Uint8Array): LibraryManifest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new LibraryRefused("manifest.json is no JSON");
  }
  const { version, time } = (value ?? {}) as { readonly version?: unknown; readonly time?: unknown };
  if (typeof version !== "string" || !VERSION.test(version))
    throw new LibraryRefused("manifest.json: expected numbers with dots between them as version, such as 2026.11.2");
  if (typeof time !== "string" || !TIME.test(time) || Number.isNaN(Date.parse(time)))
    throw new LibraryRefused("manifest.json: expected a time such as 2026-11-21T09:30:00Z as time");
  return { version, time };
}

/** Unpacks an archive whose signature has been checked. What is no page, rule, framework or list is left out. Throws `LibraryRefused`. */
export async function unpackLibrary(archive: Uint8Array): Promise<LibraryArchive> {
  try {
    const { paths, read } = await archiveFiles(archive, { bytes: ARCHIVE_LIMITS.bytes, files: ARCHIVE_LIMITS.files });
    if (!paths.has("manifest.json")) throw new LibraryRefused("it has no manifest.json at its root");
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const files = [...paths].toSorted().flatMap((file): readonly LibraryFile[] => {
      const told = /^library\/(?<path>.+\.(?:md|rego|ya?ml))$/u.exec(file)?.groups?.["path"];
      if (told === undefined || file.endsWith("/cases.yaml")) return [];
      try {
        return [{ path: told, text: decoder.decode(read(file)) }];
      } catch {
        throw new LibraryRefused(`${file} is no UTF-8`);
      }
    });
    return { manifest: readManifest(read("manifest.json")), files };
  } catch (error) {
    if (error instanceof BundleFault) throw new LibraryRefused(error.file === null ? error.message : `${error.file}: ${error.message}`);
    throw error;
  }
}

/** Reads the library of an archive. Throws `LibraryRefused` where this program can't read it, or it has no controls. */
export function libraryOf({ files }: LibraryArchive): LibrarySource {
  let source: LibrarySource;
  try {
    source = readLibrary(files);
  } catch (error) {
    throw new LibraryRefused(`it can't be read: ${error instanceof Error ? error.message : "no reason was given"}`);
  }
  const [fault] = source.faults;
  if (fault !== undefined)
    throw new LibraryRefused(
      `this Holdfast can't read it, so that it may need a newer one: ${fault.file}${fault.line === null ? "" : `:${fault.line}`}: ${fault.message}`,
    );
  if (source.library.controls.length === 0) throw new LibraryRefused("it holds no controls below library/");
  return source;
}

/** Compiles every rule of a library, so that none fails later. Throws `LibraryRefused`. */
export function demandRules(source: LibrarySource): void {
  const { program } = compileLibrary(source);
  try {
    for (const { description } of source.rules) program(description.name);
  } catch (error) {
    if (error instanceof LibraryCompileError) throw new LibraryRefused(`its rule ${error.message}`);
    throw error;
  }
}

/** Below zero where `a` is older than `b`. */
export function compareVersions(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map((text) => text.split(".").map(Number));
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
