// The first file of the built program.
import { keepCompiledCode } from "./compiled-code/keep-compiled-code.ts";

/** Runs the program, and ends when it has. What V8 makes of its code is kept in the folder, so that later runs start faster; null keeps nothing. */
export async function start(folder: string | null): Promise<void> {
  if (folder !== null) keepCompiledCode(import.meta.dirname, folder, process.argv.slice(2));
  const { done } = await import("./main.ts");
  await done;
  // When nothing is left to do, the process ends at once: Node would take its heap apart first, piece by piece.
  process.once("beforeExit", () => process.exit());
}
