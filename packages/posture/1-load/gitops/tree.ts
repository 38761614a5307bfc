import path from "node:path";
import type { FileSystem } from "../file-system.ts";
import { isWithin } from "../kustomize/overlay.ts";

/** A path of its repository that an object in a file names. */
export interface NamedPath {
  readonly written: string;
  /** The machine's path of the file. */
  readonly file: string;
}

/** Something of a repository, and where that starts. */
export interface FoundPath {
  readonly root: string;
  readonly place: string;
}

/** The repositories that are scanned: where the paths start that Flux and Argo CD objects name. */
export class Tree {
  readonly #files: FileSystem;
  readonly #cwd: string;
  /** The folder that all that is scanned lies in. */
  readonly #scanned: string;
  readonly #found = new Map<string, Promise<FoundPath | undefined>>();
  /** How much of what is named beneath a folder is there if the repository starts in it. */
  readonly #shares = new Map<string, number>();

  constructor(files: FileSystem, cwd: string, scanned: string) {
    this.#files = files;
    this.#cwd = cwd;
    this.#scanned = scanned;
  }

  /** Learns from all that is named where repositories start. */
  async learn(named: readonly NamedPath[]): Promise<void> {
    const counts = new Map<string, { there: number; all: number }>();
    for (const { written, file } of named) {
      const within = normalized(written);
      if (within === undefined || within === ".") continue;
      for (const root of await this.#candidates(file)) {
        const count = counts.get(root) ?? { there: 0, all: 0 };
        count.all += 1;
        if (await this.#exists(path.join(root, within))) count.there += 1;
        counts.set(root, count);
      }
    }
    for (const [root, { there, all }] of counts) this.#shares.set(root, there / all);
  }

  /**
   * What an object in a file names by a path of its repository; undefined where it is not there. The repository starts where there is a `.git`; else in the folder from which most
   * lead somewhere of the paths that are named in it, the outermost of several.
   */
  async find(written: string, file: string): Promise<FoundPath | undefined> {
    const key = `${written}\0${file}`;
    const found = this.#found.get(key) ?? this.#find(written, file);
    this.#found.set(key, found);
    return found;
  }

  async #find(written: string, file: string): Promise<FoundPath | undefined> {
    const within = normalized(written);
    if (within === undefined) return undefined;
    const candidates = await this.#candidates(file);
    const share = (one: string): number => this.#shares.get(one) ?? 0;
    for (const root of candidates.toSorted((a, b) => share(b) - share(a))) {
      const place = path.join(root, within);
      if (await this.holds(root, place)) return { root, place: place.replace(/[/\\]$/u, "") };
    }
    return undefined;
  }

  /** Whether something is there, and in the repository: links may not leave it. */
  async holds(root: string, place: string): Promise<boolean> {
    try {
      return isWithin(await this.#files.realPath(root), await this.#files.realPath(place));
    } catch {
      return false;
    }
  }

  /** Folders around a file in which a repository may start, the outermost first: only the one with a `.git`, where there is one. */
  async #candidates(file: string): Promise<readonly string[]> {
    const folders: string[] = [];
    const top = isWithin(this.#cwd, file) ? this.#cwd : this.#scanned;
    for (let here = path.dirname(file); ; here = path.dirname(here)) {
      if (isWithin(top, here)) folders.unshift(here);
      if (await this.#exists(path.join(here, ".git"))) return [here, ...folders.filter((one) => one !== here)];
      if (path.dirname(here) === here) return folders;
    }
  }

  async #exists(target: string): Promise<boolean> {
    return this.#files.kindOf(target).then(
      () => true,
      () => false,
    );
  }
}

function normalized(written: string): string | undefined {
  const within = path.normalize(written.replace(/^\/+/u, "") || ".").replace(/[/\\]$/u, "") || ".";
  return within === ".." || within.startsWith(`..${path.sep}`) ? undefined : within;
}
