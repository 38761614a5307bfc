const READING: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "permission was denied",
  EPERM: "permission was denied",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is no folder",
  ELOOP: "links lead back to themselves",
  ENAMETOOLONG: "its path is too long",
};

const WRITING: Readonly<Record<string, string>> = {
  ...READING,
  ENOENT: "its folder does not exist",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left on the disk",
  EDQUOT: "no space is left on the disk",
};

/** The system's code of an error; undefined where the system did not make it. */
function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** Why a file can't be read, in words. */
export function whyUnread(error: unknown): string {
  const code = codeOf(error);
  return READING[code ?? ""] ?? `it can't be read (${code ?? "no reason was given"})`;
}

/** Why a file can't be written, in words. */
export function whyUnwritten(error: unknown): string {
  const code = codeOf(error);
  return (
    WRITING[code ?? ""] ?? (code === undefined ? (error instanceof Error ? error.message : String(error)) : `the system reported ${code}`)
  );
}
