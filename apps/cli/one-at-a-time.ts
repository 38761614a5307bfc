import { open, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Reading and writing one file takes far less; a mark that nobody touched for this long was left by a process that is gone, in ms. */
const STALE = 10_000;
const REFRESH = 2000;
const PAUSE = 25;

/** Puts the mark there. False where another process's is there. */
async function marked(mark: string): Promise<boolean> {
  try {
    await (await open(mark, "wx", 0o600)).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}

/** Takes away a mark whose process is gone. */
async function removeStale(mark: string): Promise<void> {
  try {
    const { mtimeMs } = await stat(mark);
    if (Date.now() - mtimeMs > STALE) await rm(mark, { force: true });
  } catch {
    // Its process took it away itself.
  }
}

/**
 * Reads and writes a file while no other process of this program does: the others wait. A mark beside the file says so. Where none may stand there, it is done all the same, since then no other file can
 * be put in the place of this one either.
 */
export async function oneAtATime<Value>(file: string, work: () => Promise<Value>): Promise<Value> {
  const mark = path.join(path.dirname(file), `.${path.basename(file)}.busy`);
  for (;;) {
    try {
      if (await marked(mark)) break;
    } catch {
      return work();
    }
    await removeStale(mark);
    await wait(PAUSE);
  }
  const refresh = setInterval(() => {
    const now = new Date();
    utimes(mark, now, now).catch(() => {});
  }, REFRESH).unref();
  try {
    return await work();
  } finally {
    clearInterval(refresh);
    await rm(mark, { force: true });
  }
}
