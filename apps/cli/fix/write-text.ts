import { chmodSync, chownSync, closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Puts a text in place of a file's, so that it is either the whole new one or what it was before. Permissions stay, and so does the owner where that can be. `real` is no link. */
export function writeText(real: string, text: string): void {
  const { mode, uid, gid } = statSync(real);
  const beside = path.join(path.dirname(real), `.${path.basename(real)}.${process.pid}.part`);
  try {
    const handle = openSync(beside, "wx", 0o600);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    keepOwner(beside, uid, gid);
    chmodSync(beside, mode & 0o7777);
    renameSync(beside, real);
  } finally {
    rmSync(beside, { force: true });
  }
}

function keepOwner(file: string, uid: number, gid: number): void {
  const made = statSync(file);
  if (made.uid === uid && made.gid === gid) return;
  try {
    chownSync(file, uid, gid);
  } catch {
    // Only the system's administrator may give files away; the text counts more.
  }
}
