import path from "node:path/posix";
import type { SourceFileSystem } from "./load-sources.ts";

/** The files of a bundle, by their paths in it: `a/b/data.json`, without a slash before them. */
export interface BundleFiles {
  readonly paths: ReadonlySet<string>;
  /** Throws what the system says. */
  readonly read: (file: string) => Uint8Array;
}

/** How much a bundle may hold. */
export interface BundleLimits {
  /** Bytes of all its files, unpacked. Default: 256 MiB. */
  readonly bytes?: number;
  /** Default: 20,000. */
  readonly files?: number;
}

const MEBIBYTE = 1_048_576;

/** The limits, each with its value. */
export function bundleLimits({ bytes = 256 * MEBIBYTE, files = 20_000 }: BundleLimits): Required<BundleLimits> {
  return { bytes, files };
}

/** Why a bundle can't be used. The message is for people. */
export class BundleFault extends Error {
  /** The file in the bundle; null where it is the bundle as a whole. */
  readonly file: string | null;
  readonly remedy: string;

  constructor(message: string, remedy: string, file: string | null = null) {
    super(message);
    this.name = "BundleFault";
    this.file = file;
    this.remedy = remedy;
  }
}

const DEEPEST = 64;

/** The files below a folder. They are read when they are needed, and count against the limit then. */
export function folderFiles(folder: string, system: SourceFileSystem, limits: BundleLimits): BundleFiles {
  const { bytes, files } = bundleLimits(limits);
  const paths = new Set<string>();
  const walk = (inner: string, depth: number): void => {
    if (depth > DEEPEST)
      throw new BundleFault(`folders are nested more than ${DEEPEST} deep`, "Name the folder that holds the bundle.", inner);
    for (const entry of system.list(path.join(folder, inner)) ?? []) {
      const file = inner === "" ? entry.name : `${inner}/${entry.name}`;
      if (entry.folder) walk(file, depth + 1);
      else paths.add(file);
      if (paths.size > files)
        throw new BundleFault(`it holds more than ${files} files`, "Name the folder that holds the bundle and nothing else.");
    }
  };
  walk("", 0);
  let left = bytes;
  return {
    paths,
    read: (file) => {
      const whole = path.join(folder, file);
      if (system.isInside?.(whole, folder) === false)
        throw new BundleFault(
          "it is a link that leads out of the bundle",
          "A bundle's files lie below its root. Put the file itself there.",
          file,
        );
      const content = system.read(whole);
      left -= content.length;
      if (left < 0) throw tooLarge(bytes);
      return content;
    },
  };
}

/** What is said of a bundle that holds too much. */
export function tooLarge(bytes: number): BundleFault {
  return new BundleFault(`its files have more than ${Math.floor(bytes / MEBIBYTE)} MiB`, "Split it, or leave out what no rule needs.");
}
