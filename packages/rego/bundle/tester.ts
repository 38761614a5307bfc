// Files for tests of this folder.
import type { SourceFileSystem } from "./load-sources.ts";

/** Files by path; folders are what paths say. */
export function memoryFiles(files: Readonly<Record<string, string | Uint8Array>>): SourceFileSystem {
  return {
    list: (folder) => {
      if (files[folder] !== undefined) return null;
      const inside = Object.keys(files).filter((file) => file.startsWith(`${folder}/`));
      if (inside.length === 0) throw Object.assign(new Error("missing"), { code: "ENOENT" });
      const names = new Map(
        inside.map((file) => file.slice(folder.length + 1).split("/")).map(([name = "", ...rest]) => [name, rest.length > 0]),
      );
      return [...names].map(([name, isFolder]) => ({ name, folder: isFolder }));
    },
    read: (file) => {
      const content = files[file] ?? "";
      return typeof content === "string" ? new TextEncoder().encode(content) : content;
    },
  };
}
