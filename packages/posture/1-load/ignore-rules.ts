import path from "node:path";
import ignore from "ignore";
import type { FileSystem } from "./file-system.ts";

/** Names of ignore files, the later ones overruling the earlier. */
const IGNORE_FILES: readonly string[] = [".gitignore", ".holdfastignore"];

/** No ignore file is larger than this. */
const LIMIT = 4 * 1024 * 1024;

interface Level {
  readonly folder: string;
  readonly matcher: ReturnType<typeof ignore>;
}

/** What the ignore files from a repository's root down to a folder say, with git's rules: a deeper file overrules a higher one. */
export class IgnoreRules {
  readonly #levels: readonly Level[];

  constructor(levels: readonly Level[] = []) {
    this.#levels = levels;
  }

  /** Whether a path beneath the folders of these rules is ignored. */
  ignores(target: string, isFolder: boolean): boolean {
    for (const { folder, matcher } of this.#levels.toReversed()) {
      const relative = path.relative(folder, target).split(path.sep).join("/");
      const answer = matcher.test(isFolder ? `${relative}/` : relative);
      if (answer.ignored) return true;
      if (answer.unignored) return false;
    }
    return false;
  }

  /** These rules and those of the ignore files of a folder, given the names in it. Ignore files that can't be read are taken as empty. */
  async withFolder(folder: string, names: ReadonlySet<string>, files: FileSystem): Promise<IgnoreRules> {
    let text = "";
    for (const name of IGNORE_FILES) if (names.has(name)) text += `${await textOf(files, path.join(folder, name))}\n`;
    if (text.trim() === "") return this;
    return new IgnoreRules([...this.#levels, { folder, matcher: ignore({ ignorecase: false }).add(text) }]);
  }

  /**
   * The rules that hold in a folder from above it: those of every folder from the root of its git repository down to its parent. A folder that is
   * itself ignored by them and was asked for all the same is free of them.
   */
  static async above(folder: string, files: FileSystem): Promise<IgnoreRules> {
    const ancestors: string[] = [];
    for (let here = folder; ; here = path.dirname(here)) {
      if (here !== folder) ancestors.unshift(here);
      if (await exists(files, path.join(here, ".git"))) break;
      if (path.dirname(here) === here) return new IgnoreRules();
    }
    let rules = new IgnoreRules();
    for (const ancestor of ancestors) rules = await rules.withFolder(ancestor, new Set(IGNORE_FILES), files);
    return rules.ignores(folder, true) ? new IgnoreRules() : rules;
  }
}

async function textOf(files: FileSystem, file: string): Promise<string> {
  try {
    const { bytes } = await files.readFile(file, LIMIT);
    return bytes === undefined ? "" : new TextDecoder().decode(bytes);
  } catch {
    return "";
  }
}

async function exists(files: FileSystem, target: string): Promise<boolean> {
  try {
    await files.kindOf(target);
    return true;
  } catch {
    return false;
  }
}
