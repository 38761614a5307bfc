import { createReadStream, readdirSync, readFileSync, realpathSync, statSync, type Dirent, type Stats } from "node:fs";
import type { FileContent, FileKind, FileSystem } from "@holdfast/posture";

function kindOf(entry: Stats | Dirent): FileKind {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "directory";
  return entry.isSymbolicLink() ? "symlink" : "other";
}

/** Reads a stream to its end, or until there is more than the limit. */
async function readStream(stream: AsyncIterable<Uint8Array>, limit: number): Promise<FileContent> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) return { size };
    chunks.push(chunk);
  }
  return { size, bytes: Buffer.concat(chunks) };
}

/** A regular file is read at once; anything else, such as a pipe, may make its reader wait. */
async function readFile(file: string, limit: number): Promise<FileContent> {
  const stats = statSync(file);
  if (!stats.isFile()) return readStream(createReadStream(file), limit);
  return stats.size > limit ? { size: stats.size } : { size: stats.size, bytes: readFileSync(file) };
}

/** The machine's files. `stdin` opens standard input, and is called only when it is read. The calls are synchronous beneath: for thousands of small files that is several times faster than going through the thread pool. */
export function nodeFileSystem(stdin: () => NodeJS.ReadStream): FileSystem {
  return {
    listFolder: async (folder) => readdirSync(folder, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: kindOf(entry) })),
    kindOf: async (file) => {
      const kind = kindOf(statSync(file));
      return kind === "symlink" ? "other" : kind;
    },
    readFile,
    realPath: async (file) => realpathSync(file),
    readStdin: async (limit) => readStream(stdin(), limit),
  };
}
