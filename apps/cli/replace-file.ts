import { copyFile, lstat, open, realpath, rename, rm, type FileHandle } from "node:fs/promises";
import path from "node:path";

/** Writes what a file shall hold. */
export type WriteContent = (handle: FileHandle) => Promise<void>;

/** How a file is put in place of another. */
export interface Replacing {
  /** Permissions where there is no file yet; as the system's default has it where they aren't named. */
  readonly newMode?: number;
  /** The whole new content or the old one, whatever happens, and on the disk: where that can't be, nothing is written. Else a file that nothing can be put in place of is written as it stands. */
  readonly strict?: boolean;
}

/** What the system says where nothing may be put beside a file or in its place, though the file itself may be written: it is mounted by itself, say. */
const IN_PLACE_ONLY: ReadonlySet<string> = new Set(["EACCES", "EBUSY", "EPERM", "EROFS", "EXDEV"]);

function isInPlaceOnly(error: unknown): boolean {
  return error instanceof Error && "code" in error && IN_PLACE_ONLY.has(String(error.code));
}

interface Standing {
  /** Where the file really is, behind links. */
  readonly file: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

let made = 0;

/** A name beside a file that no other process, and no other call, gives. */
function nameBeside(file: string): string {
  made += 1;
  return path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}-${Date.now().toString(36)}-${made}.part`);
}

/** The regular file behind a path and its links; undefined where there is none yet, null for a device, a pipe or a link to nowhere, which are written through. */
async function standing(file: string): Promise<Standing | null | undefined> {
  let isLink = false;
  try {
    isLink = (await lstat(file)).isSymbolicLink();
    const real = isLink ? await realpath(file) : file;
    const stats = await lstat(real);
    return stats.isFile() ? { file: real, mode: stats.mode & 0o7777, uid: stats.uid, gid: stats.gid } : null;
  } catch {
    return isLink ? null : undefined;
  }
}

async function writeTo(file: string, write: WriteContent, flags: string, mode?: number): Promise<void> {
  const handle = await open(file, flags, mode);
  try {
    await write(handle);
  } finally {
    await handle.close();
  }
}

/** Gives a new file what the old one had. Only the system's administrator may give files away: the content counts more than the owner. */
async function likeBefore(handle: FileHandle, { mode, uid, gid }: Standing): Promise<void> {
  const now = await handle.stat();
  if (now.uid !== uid || now.gid !== gid) await handle.chown(uid, gid).catch(() => {});
  await handle.chmod(mode);
}

/**
 * Writes a file so that it holds the whole new content or what it held before, where its folder allows that: beside it, then in its place. A link stays, and what it leads to is written. Permissions stay, and
 * so does the owner where that can be. Throws what the system says; nothing is left beside the file.
 */
export async function replaceFile(named: string, write: WriteContent, { newMode, strict = false }: Replacing = {}): Promise<void> {
  const before = await standing(named);
  if (before === null) return writeTo(named, write, "w");
  const file = before?.file ?? named;
  const beside = nameBeside(file);
  // The content can be taken only once, so whether a file may stand there is tried before. Nobody else reads it before it has its permissions.
  try {
    await (await open(beside, "wx", before === undefined ? newMode : 0o600)).close();
  } catch (error) {
    if (before === undefined || strict || !isInPlaceOnly(error)) throw error;
    return writeTo(file, write, "w");
  }
  try {
    await writeTo(
      beside,
      async (handle) => {
        await write(handle);
        if (before !== undefined) await likeBefore(handle, before);
        if (strict) await handle.sync();
      },
      "w",
    );
    await rename(beside, file).catch(async (error: unknown) => {
      if (strict || !isInPlaceOnly(error)) throw error;
      await copyFile(beside, file);
    });
  } finally {
    await rm(beside, { force: true });
  }
}

/** Puts a text in place of a file's, as {@link replaceFile} does. */
export async function replaceText(file: string, text: string, replacing: Replacing = {}): Promise<void> {
  await replaceFile(file, async (handle) => handle.writeFile(text), replacing);
}
