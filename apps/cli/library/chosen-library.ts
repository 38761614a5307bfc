import { makeProblem, type Library, type Problem } from "@holdfast/core";
import {
  compileLibrary,
  EVALUATION_PROBLEMS,
  LibraryCompileError,
  readLibrary,
  type CompiledLibrary,
  type ImageSignatures,
  type LibrarySource,
} from "@holdfast/posture";
import { loadLibrary, loadLibraryFacts, loadLibraryFiles } from "../load-library.ts";
import { isInstalled, readInstalled, type InstalledLibrary } from "./installed-library.ts";
import { LibraryRefused } from "./library-archive.ts";

/** The installed library where there is a sound one; why there is none where there is a broken one. */
interface Found {
  readonly installed: InstalledLibrary | null;
  readonly problems: readonly Problem[];
}

async function findInstalled(dataFolder: string): Promise<Found> {
  if (!isInstalled(dataFolder)) return { installed: null, problems: [] };
  try {
    return { installed: await readInstalled(dataFolder), problems: [] };
  } catch (error) {
    if (!(error instanceof LibraryRefused)) throw error;
    // No path of this machine is part of a result: `holdfast library status` shows the file.
    const details = { subject: "the installed library", cause: error.message };
    return { installed: null, problems: [makeProblem(EVALUATION_PROBLEMS, "library-refused", details)] };
  }
}

/** The library of a scan: the installed one, or the built-in one where there is none, it is broken, or `builtIn` asks for it. */
export async function chosenLibrary(
  dataFolder: string,
  builtIn: boolean,
  signatures: ImageSignatures | null,
): Promise<{ readonly library: CompiledLibrary; readonly problems: readonly Problem[] }> {
  const { installed, problems } = builtIn ? { installed: null, problems: [] } : await findInstalled(dataFolder);
  if (installed === null) return { library: await loadLibrary(signatures), problems };
  const library = compileLibrary(installed.source, signatures);
  // All rules compiled when it was installed; where another version of Holdfast refuses one, its controls are errored.
  const program: CompiledLibrary["program"] = (name) => {
    try {
      return library.program(name);
    } catch (error) {
      if (error instanceof LibraryCompileError) return null;
      throw error;
    }
  };
  return { library: { ...library, program }, problems };
}

/** The texts of the library in use, read. */
export async function chosenSource(dataFolder: string): Promise<LibrarySource> {
  const { installed } = await findInstalled(dataFolder);
  return installed?.source ?? readLibrary(await loadLibraryFiles());
}

/** What the library in use says, without its rules. */
export async function chosenFacts(dataFolder: string): Promise<Library> {
  const { installed } = await findInstalled(dataFolder);
  return installed?.source.library ?? (await loadLibraryFacts());
}
