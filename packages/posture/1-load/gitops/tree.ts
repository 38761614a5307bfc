import path from "node:path";
import type { FileSystem } from "../file-system.ts";
import { isWithin } from "../kustomize/overlay.ts";

/** The repositories that are scanned: where the paths start that Flux and Argo CD objects name. */
export class Tree {
  readonly #files: FileSystem;
  readonly #cwd: string;
  readonly #roots = new Set<string>();

  constructor(files: FileSystem, cwd: string) {
    this.#files = files;
    this.#cwd = cwd;
  }

  /**
   * The folder or file that an object in a file names by a path of its repository; undefined where it is not there. The repository starts where there is a `.git`, else in the
   * outermost folder around the object from which the path leads somewhere.
   */
  async find(written: string, file: string): Promise<{ readonly root: string; readonly place: string } | undefined> {
    const within = path.normalize(written.replace(/^\/+/u, "") || ".");
    if (within === ".." || within.startsWith(`..${path.sep}`)) return undefined;
    const candidates = await this.#candidates(file);
    if (within === "." || within === `.${path.sep}`) {
      const root = candidates.find((one) => this.#roots.has(one)) ?? candidates[0];
      return root === undefined ? undefined : { root, place: root };
    }
    for (const root of candidates) {
      const place = path.join(root, within);
      if (!(await this.#exists(place))) continue;
      this.#roots.add(root);
      return { root, place: place.replace(/[/\\]$/u, "") };
    }
    return undefined;
  }

  /** Folders around a file in which a repository may start: the one with a `.git` and none above it, the outermost first. */
  async #candidates(file: string): Promise<readonly string[]> {
    const folders: string[] = [];
    for (let here = path.dirname(file); ; here = path.dirname(here)) {
      folders.unshift(here);
      if ((await this.#exists(path.join(here, ".git"))) || here === this.#cwd || path.dirname(here) === here) break;
    }
    return isWithin(this.#cwd, file) || folders.length < 2 ? folders : folders.slice(1);
  }

  async #exists(target: string): Promise<boolean> {
    return this.#files.kindOf(target).then(
      () => true,
      () => false,
    );
  }
}
