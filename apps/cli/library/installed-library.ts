// The library that `holdfast library update` put beside the built-in one. It is one file, so that it is there whole or not at all.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { LibrarySource } from "@holdfast/posture";
import { replaceText } from "../replace-file.ts";
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

/** Where it is kept. */
export function installedFile(dataFolder: string): string {
  return path.join(dataFolder, "library.json");
}

/** Whether one is there, sound or not. */
export function isInstalled(dataFolder: string): boolean {
  return existsSync(installedFile(dataFolder));
}

function readKept(file: string): KeptLibrary {
  let value: Partial<Record<keyof KeptLibrary, unknown>>;
  try {
    value = (JSON.parse(readFileSync(file, "utf8")) ?? {}) as typeof value;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new LibraryRefused(code === undefined ? "its file is damaged: it is no JSON" : `its file can't be read (${code})`);
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

/** Reads and checks the installed library, as if it were new. Throws `LibraryRefused`. */
export async function readInstalled(dataFolder: string): Promise<InstalledLibrary> {
  const file = installedFile(dataFolder);
  const { key, signature, archive } = readKept(file);
  const bytes = Buffer.from(archive, "base64");
  checkSignature(bytes, signature, readPublicKey(key));
  const unpacked = await unpackLibrary(bytes);
  return { file, key, manifest: unpacked.manifest, source: libraryOf(unpacked) };
}

/** Keeps a library that was checked. Throws what the system says. */
export async function install(dataFolder: string, kept: KeptLibrary): Promise<void> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  await replaceText(installedFile(dataFolder), JSON.stringify(kept), { newMode: 0o600, strict: true });
}
