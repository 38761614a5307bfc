import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Library } from "@holdfast/core";
import { linkLibrary, type CompiledLibrary, type ImageSignatures, type LibraryFile, type PrecompiledPart } from "@holdfast/posture";
import { readFacts } from "./built-facts.ts";

const SOURCES = path.join(import.meta.dirname, "library-sources.json");
const FACTS = path.join(import.meta.dirname, "library.json");
const HELP = path.join(import.meta.dirname, "library-help.txt");

/** What the control library says, without its rules. */
export async function loadLibraryFacts(): Promise<Library> {
  if (!existsSync(FACTS)) return (await loadLibrary()).library;
  return readFacts(readFileSync(FACTS, "utf8"), () => readFileSync(HELP, "utf8"));
}

/**
 * The control library: compiled when the project was built, beside the bundle; in a checkout that was not built, compiled now from `library/`, by a part of the program
 * that is loaded only then. `signatures` answers rules about the signatures of images.
 */
export async function loadLibrary(signatures: ImageSignatures | null = null): Promise<CompiledLibrary> {
  if (!existsSync(FACTS)) return (await import("./checkout-library.ts")).checkoutLibrary(signatures);
  const file = (name: string): string => path.join(import.meta.dirname, name);
  const require = createRequire(import.meta.url);
  const partOf = JSON.parse(readFileSync(file("library-parts.json"), "utf8")) as Readonly<Record<string, string>>;
  return linkLibrary(await loadLibraryFacts(), partOf, (name) => require(file(`library-${name}.cjs`)) as PrecompiledPart, signatures);
}

/** The texts of the library that the build put beside the bundle: pages, rules and the modules that they share, without cases. */
export async function loadLibraryFiles(): Promise<readonly LibraryFile[]> {
  if (!existsSync(SOURCES)) return (await import("./checkout-library.ts")).checkoutFiles();
  return JSON.parse(readFileSync(SOURCES, "utf8")) as readonly LibraryFile[];
}

/** What the build knew of itself. */
export interface LibraryOrigin {
  /** When the built-in library last changed; null where that is not known. */
  readonly time: string | null;
  /** A digest of the built program, compiler and all; null in a checkout that was not built, whose program may change at any time. */
  readonly program: string | null;
}

/** What the build knew of the built-in library and of the program. */
export function loadLibraryOrigin(): LibraryOrigin {
  const file = path.join(import.meta.dirname, "library-origin.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as LibraryOrigin) : { time: null, program: null };
}
