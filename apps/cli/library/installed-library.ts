// The library that `holdfast library update` put beside the built-in one. It is one file, so that it is there whole or not at all.
import { mkdirSync, readFileSync } from "node:fs";
import type { LibrarySource } from "@holdfast/posture";
import { whyUnread } from "../file-reason.ts";
import { replaceText } from "../replace-file.ts";
import { installedFile, isInstalled } from "./installed-file.ts";
import { checkSignature, libraryOf, LibraryRefused, readPublicKey, unpackLibrary, type LibraryManifest } from "./library-archive.ts";

/** What is kept of an installed library: all that it is checked by each time it is used. */
export interface KeptLibrary {
  /** The public key that signed it, in PEM. */
  readonly key: string;
  /** Base64, as is the archive. */
  readonly signature: string;
  readonly archive: string;
}

/** An installed library that was checked. */
export interface InstalledLibrary {
  readonly file: string;
  readonly key: string;
  readonly manifest: LibraryManifest;
  readonly source: LibrarySource;
}

function readKept(file: string): KeptLibrary {
  let value: Partial<Record<keyof KeptLibrary, unknown>>;
  try {
    value = (JSON.parse(readFileSync(file, "utf8")) ?? {}) as typeof value;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new LibraryRefused(code === undefined ? "its file is damaged: it is no JSON" : `its file can't be read: ${whyUnread(error)}`);
  }
  const { key, signature, archive } = value;
  if (typeof key !== "string" || typeof signature !== "string" || typeof archive !== "string")
    throw new LibraryRefused("its file is damaged: expected a key, a signature and an archive");
  return { key, signature, archive };
}

/** The key that an installed library was signed by; undefined where none is there. */
export function keptKey(dataFolder: string): string | undefined {
  if (!isInstalled(dataFolder)) return undefined;
  try {
    return readKept(installedFile(dataFolder)).key;
  } catch {
    return undefined;
  }
}

/** The archive of the installed library, whose signature was checked, and the key that it was checked by. Throws `LibraryRefused`. */
export function readSignedArchive(dataFolder: string): { readonly archive: Uint8Array; readonly key: string } {
  const { key, signature, archive } = readKept(installedFile(dataFolder));
  const bytes = Buffer.from(archive, "base64");
  checkSignature(bytes, signature, readPublicKey(key));
  return { archive: bytes, key };
}

/** Reads and checks the installed library, as if it were new. Throws `LibraryRefused`. */
export async function readInstalled(dataFolder: string): Promise<InstalledLibrary> {
  const { archive, key } = readSignedArchive(dataFolder);
  const unpacked = await unpackLibrary(archive);
  return { file: installedFile(dataFolder), key, manifest: unpacked.manifest, source: libraryOf(unpacked) };
}

/** Keeps a library that was checked. Throws what the system says. */
export async function install(dataFolder: string, kept: KeptLibrary): Promise<void> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  await replaceText(installedFile(dataFolder), JSON.stringify(kept), { newMode: 0o600, strict: true });
}
