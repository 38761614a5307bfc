import type { FileContent, FileSystem } from "@holdfast/posture";

/** A file system in which some files, by their absolute paths, have other texts than they have. */
export function withTexts(files: FileSystem, texts: ReadonlyMap<string, string>): FileSystem {
  if (texts.size === 0) return files;
  return {
    listFolder: async (folder) => files.listFolder(folder),
    kindOf: async (target) => files.kindOf(target),
    realPath: async (target) => files.realPath(target),
    readStdin: async (limit) => files.readStdin(limit),
    readFile: async (target, limit): Promise<FileContent> => {
      const text = texts.get(target);
      if (text === undefined) return files.readFile(target, limit);
      const bytes = Buffer.from(text, "utf8");
      return bytes.length > limit ? { size: bytes.length } : { size: bytes.length, bytes };
    },
  };
}
