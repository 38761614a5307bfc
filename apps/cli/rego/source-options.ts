import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { loadSources, type LoadedSources, type SourceFileSystem } from "@holdfast/rego";
import type { CompileOptions } from "./engine-options.ts";

/** The options by which every `holdfast rego` command is told of its sources. */
export interface SourceOptions extends CompileOptions {
  readonly v0Compatible: boolean;
  readonly ignore: readonly string[];
}

/** The machine's files, below the folder in which the command was called. Links are followed, as `opa` does for what is named. */
function machineFiles(workingFolder: string): SourceFileSystem {
  const at = (file: string): string => path.resolve(workingFolder, file);
  return {
    list: (folder) => {
      if (!statSync(at(folder)).isDirectory()) return null;
      const entries = readdirSync(at(folder), { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory() || entry.isFile() || entry.isSymbolicLink())
        .map((entry) => ({ name: entry.name, folder: entry.isDirectory() }));
    },
    read: (file) => readFileSync(at(file)),
  };
}

/** Loads what the user named. */
export function loadNamedSources(paths: readonly string[], { v0Compatible, ignore }: SourceOptions, workingFolder: string): LoadedSources {
  return loadSources(paths, machineFiles(workingFolder), { version: v0Compatible ? "v0" : "v1", ignore });
}
