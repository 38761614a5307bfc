import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import {
  loadBundles,
  loadSources,
  mergeSources,
  type BundleOptions,
  type LoadedBundle,
  type LoadedSources,
  type SourceFileSystem,
} from "@holdfast/rego";
import type { CompileOptions } from "./engine-options.ts";

/** The options by which every `holdfast rego` command is told of its sources. */
export interface SourceOptions extends CompileOptions {
  readonly v0Compatible: boolean;
  readonly ignore: readonly string[];
  /** Bundles: archives (`.tar.gz`) or folders. */
  readonly bundles: readonly string[];
  readonly verification: VerificationOptions;
}

/** How bundles are verified. */
export interface VerificationOptions {
  /** The file of a key, or a secret. */
  readonly key: string | undefined;
  readonly keyId: string | undefined;
  readonly scope: string | undefined;
  /** Globs of files that need not be signed. */
  readonly exclude: readonly string[];
  readonly skip: boolean;
}

/** The sources that a user named. */
export interface NamedSources extends LoadedSources {
  /** Those of them that are bundles. */
  readonly bundles: readonly LoadedBundle[];
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
    isInside: (file, folder) => {
      const way = path.relative(realpathSync(at(folder)), realpathSync(at(file)));
      return way !== "" && way.split(path.sep)[0] !== ".." && !path.isAbsolute(way);
    },
  };
}

/** A key as it was given: a file's text, or a secret. */
export function keyText(given: string, workingFolder: string): string {
  const file = path.resolve(workingFolder, given);
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file, "utf8") : given;
}

function bundleOptions({ v0Compatible, verification }: SourceOptions, workingFolder: string): BundleOptions {
  const { key, keyId, scope, exclude, skip } = verification;
  const version = v0Compatible ? "v0" : "v1";
  if (key === undefined) return { version, skipVerification: skip };
  const names = { ...(keyId === undefined ? {} : { keyId }), ...(scope === undefined ? {} : { scope }) };
  return { version, skipVerification: skip, verification: { key: keyText(key, workingFolder), ...names, exclude } };
}

/** Loads what the user named: files and folders, and bundles. */
export async function loadNamedSources(paths: readonly string[], options: SourceOptions, workingFolder: string): Promise<NamedSources> {
  const files = machineFiles(workingFolder);
  const { v0Compatible, ignore, bundles: names } = options;
  const sources = loadSources(paths, files, { version: v0Compatible ? "v0" : "v1", ignore });
  if (names.length === 0) return { ...sources, bundles: [] };
  const loaded = await loadBundles(names, files, bundleOptions(options, workingFolder));
  return { ...mergeSources(loaded, sources, ["a bundle", "the files"]), bundles: loaded.bundles };
}
