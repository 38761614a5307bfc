// The first file of the built program.

/** Runs the program, and ends when it has. What V8 makes of its code is kept in the folder, so that later runs start faster; null keeps nothing. */
export async function start(folder: string | null): Promise<void> {
  const words = process.argv.slice(2);
  // The version is told by so little code that keeping it takes longer.
  if (folder !== null && words[0] !== "version") {
    const { keepCompiledCode } = await import("./compiled-code/keep-compiled-code.ts");
    keepCompiledCode(import.meta.dirname, folder, words);
  }
  const { done } = await import("./main.ts");
  await done;
  // When nothing is left to do, the process ends at once: Node would take its heap apart first, piece by piece.
  process.once("beforeExit", () => process.exit());
}
