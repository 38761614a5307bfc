import { readLibrary, type LibrarySource } from "@holdfast/posture";
import { loadLibraryFiles } from "../load-library.ts";
import { fromInstalled } from "./chosen-library.ts";

/** The texts of the library in use, read. */
export async function chosenSource(dataFolder: string): Promise<LibrarySource> {
  const { installed } = await fromInstalled(dataFolder, async () => (await import("./installed-library.ts")).readInstalled(dataFolder));
  return installed?.source ?? readLibrary(await loadLibraryFiles());
}
