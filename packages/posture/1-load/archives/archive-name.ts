import path from "node:path";

const ENDING = /\.(?:tar|tgz|tar\.gz|zip)$/iu;

/** Whether a file's name is that of an archive that can be opened. */
export function isArchiveName(name: string): boolean {
  return ENDING.test(name);
}

/** The parts of a path that may be archives, the outermost first. */
export function archivePrefixes(target: string): readonly string[] {
  if (!/\.(?:tar|tgz|tar\.gz|zip)(?:[/\\]|$)/iu.test(target)) return [];
  const parts = target.split(path.sep);
  return parts.flatMap((part, at) => (isArchiveName(part) ? [parts.slice(0, at + 1).join(path.sep)] : []));
}
