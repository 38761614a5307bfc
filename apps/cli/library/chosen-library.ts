import { makeProblem, type Library, type Problem } from "@holdfast/core";
import { EVALUATION_PROBLEMS, type CompiledLibrary, type ImageSignatures } from "@holdfast/posture";
import { loadLibrary, loadLibraryFacts } from "../load-library.ts";
import { isInstalled } from "./installed-file.ts";

/** What was made of the installed library where there is a sound one; why there is none where there is a broken one. */
interface Found<T> {
  readonly installed: T | null;
  readonly problems: readonly Problem[];
}

/** What `read` makes of the installed library. Nothing of it is loaded where there is none. */
export async function fromInstalled<T>(dataFolder: string, read: () => Promise<T>): Promise<Found<T>> {
  if (!isInstalled(dataFolder)) return { installed: null, problems: [] };
  try {
    return { installed: await read(), problems: [] };
  } catch (error) {
    const { LibraryRefused } = await import("./library-archive.ts");
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
  if (builtIn) return { library: await loadLibrary(signatures), problems: [] };
  const { installed, problems } = await fromInstalled(dataFolder, async () =>
    (await import("./compiled-installation.ts")).compiledInstallation(dataFolder, signatures),
  );
  return { library: installed ?? (await loadLibrary(signatures)), problems };
}

/** What the library in use says, without its rules. */
export async function chosenFacts(dataFolder: string): Promise<Library> {
  const { installed } = await fromInstalled(dataFolder, async () =>
    (await import("./compiled-installation.ts")).installedFacts(dataFolder),
  );
  return installed ?? (await loadLibraryFacts());
}
