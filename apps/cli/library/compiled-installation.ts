// Loaded only where a library is installed: the compiler is here.
import { createHash } from "node:crypto";
import { compileFunction } from "node:vm";
import type { Library } from "@holdfast/core";
import {
  compileLibrary,
  LibraryCompileError,
  linkLibrary,
  precompileLibrary,
  type CompiledLibrary,
  type ImageSignatures,
  type LibrarySource,
  type PrecompiledPart,
} from "@holdfast/posture";
import { loadLibraryOrigin } from "../load-library.ts";
import { canKeepRules, keepCompiledRules, readCompiledRules, type CompiledFor, type CompiledRules } from "./compiled-file.ts";
import { readSignedArchive } from "./installed-library.ts";
import { libraryOf, unpackLibrary } from "./library-archive.ts";

function compiledFor(archive: Uint8Array): CompiledFor | null {
  const { program } = loadLibraryOrigin();
  return program === null ? null : { program, archive: createHash("sha256").update(archive).digest("hex") };
}

/** Runs the text of a part, a CommonJS module that imports nothing. */
function partFrom(name: string, text: string): PrecompiledPart {
  const exported: Partial<PrecompiledPart> = {};
  compileFunction(text, ["exports"], { filename: `library-${name}.cjs` })(exported);
  return exported as PrecompiledPart;
}

function linked({ library, partOf, parts }: CompiledRules, signatures: ImageSignatures | null): CompiledLibrary {
  return linkLibrary(library, partOf, (name) => partFrom(name, parts[name] ?? ""), signatures);
}

/** Compiles a library in parts, as the build does; null where that can't be done with it, and its rules must be compiled one by one. */
function inParts(source: LibrarySource): CompiledRules | null {
  try {
    const { parts, partOf } = precompileLibrary(source);
    return { library: source.library, partOf, parts: Object.fromEntries(parts.map(({ name, text }) => [name, text])) };
  } catch {
    // A rule that this program refuses, or a builtin outside the everyday ones. Compiled one by one, the others can be judged, and the one says what is wrong.
    return null;
  }
}

/** Compiles the rules of an installed library and keeps them for later runs, where they can be kept; else null. */
export async function compileAndKeep(dataFolder: string, archive: Uint8Array, source: LibrarySource): Promise<CompiledRules | null> {
  const madeFor = compiledFor(archive);
  if (madeFor === null || !canKeepRules(dataFolder)) return null;
  const rules = inParts(source);
  if (rules !== null) await keepCompiledRules(dataFolder, madeFor, rules);
  return rules;
}

/** The rules compiled one by one, when they are asked for. */
function oneByOne(source: LibrarySource, signatures: ImageSignatures | null): CompiledLibrary {
  const library = compileLibrary(source, signatures);
  // All rules compiled when it was installed; where another version of Holdfast refuses one, its controls are errored.
  const program: CompiledLibrary["program"] = (name) => {
    try {
      return library.program(name);
    } catch (error) {
      if (error instanceof LibraryCompileError) return null;
      throw error;
    }
  };
  return { ...library, program };
}

/** The installed library, ready to judge by. Its signature is checked, and its rules are compiled unless that was done before. Throws `LibraryRefused`. */
export async function compiledInstallation(dataFolder: string, signatures: ImageSignatures | null): Promise<CompiledLibrary> {
  const { archive } = readSignedArchive(dataFolder);
  const madeFor = compiledFor(archive);
  const kept = madeFor === null ? null : readCompiledRules(dataFolder, madeFor);
  if (kept !== null) return linked(kept, signatures);
  const source = libraryOf(await unpackLibrary(archive));
  const made = await compileAndKeep(dataFolder, archive, source);
  return made === null ? oneByOne(source, signatures) : linked(made, signatures);
}

/** What the installed library says, without its rules. Throws `LibraryRefused`. */
export async function installedFacts(dataFolder: string): Promise<Library> {
  const { archive } = readSignedArchive(dataFolder);
  const madeFor = compiledFor(archive);
  const kept = madeFor === null ? null : readCompiledRules(dataFolder, madeFor);
  return kept?.library ?? libraryOf(await unpackLibrary(archive)).library;
}
