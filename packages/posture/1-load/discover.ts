import path from "node:path";
import { makeProblem } from "@holdfast/core";
import type { Problem, SkippedInput } from "@holdfast/core";
import { FileFault, pathProblem, systemReason } from "./file-system.ts";
import type { FileKind, FileSystem, ListedFile } from "./file-system.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import { LOAD_PROBLEMS } from "./load-problems.ts";
import type { LoadProblemCode } from "./load-problems.ts";
import type { FileEntry, FolderEntry, InputEntry } from "./loaders/define.ts";

export interface DiscoverOptions {
  /** Files and folders as the user wrote them; `-` is standard input. */
  readonly paths: readonly string[];
  /** The absolute path of the folder that they are relative to. */
  readonly cwd: string;
  readonly files: FileSystem;
  /** Whether some loader claims an entry. */
  readonly claims: (entry: InputEntry) => boolean;
  /** Whether what has this name in a claimed folder is to be found all the same. */
  readonly leaves?: (folder: FolderEntry, name: string) => boolean;
  /** Whether to name what no loader reads. */
  readonly nameSkipped?: boolean;
}

export interface Discovery {
  /** What loaders claim, by name. */
  readonly entries: readonly InputEntry[];
  readonly problems: readonly Problem[];
  /** Files and folders left out by an ignore file. */
  readonly ignored: number;
  /** Files that no loader claims. */
  readonly other: number;
  /** The names of both, where they were asked for. */
  readonly skipped: readonly SkippedInput[];
  /** Paths that the user named and that can't be read, as results call them. */
  readonly unreadablePaths: readonly string[];
}

/** Folders that never hold manifests of one's own. */
const ALWAYS_SKIPPED: ReadonlySet<string> = new Set([".git", "node_modules"]);

/**
 * Finds what there is to load: the files that were named, and those beneath the folders that were named but for what ignore files leave out.
 * Symbolic links are followed within the folder that was named; a target that is read anyway is not read twice, so loops end.
 * The result does not depend on the order of the paths or on the order in which the system lists folders.
 */
export async function discover(options: DiscoverOptions): Promise<Discovery> {
  const walk = new Walk(options);
  for (const named of [...new Set(options.paths)].sort()) await walk.named(named);
  await walk.links();
  return walk.discovery();
}

/** Where the walk is. */
interface Position {
  /** The real path of the folder that the user named: links may not leave it. */
  readonly root: string;
  readonly rules: IgnoreRules;
  /** Whether this folder lies among a chart's templates. */
  readonly chartTemplates: boolean;
  /** Whether it lies in a chart's folder. */
  readonly inChart: boolean;
}

interface Link {
  readonly path: string;
  readonly position: Position;
}

class Walk {
  readonly #cwd: string;
  readonly #files: FileSystem;
  readonly #claims: (entry: InputEntry) => boolean;
  readonly #leaves: (folder: FolderEntry, name: string) => boolean;
  readonly #skipped: SkippedInput[] | undefined;
  readonly #entries: InputEntry[] = [];
  readonly #problems: Problem[] = [];
  readonly #unreadable: string[] = [];
  readonly #links: Link[] = [];
  /** Real paths of files and folders that were taken. */
  readonly #seen = new Set<string>();
  #ignored = 0;
  #other = 0;

  constructor({ cwd, files, claims, leaves, nameSkipped }: DiscoverOptions) {
    this.#cwd = cwd;
    this.#files = files;
    this.#claims = claims;
    this.#leaves = leaves ?? (() => false);
    this.#skipped = nameSkipped === true ? [] : undefined;
  }

  discovery(): Discovery {
    return {
      entries: this.#entries.sort((a, b) => (a.file < b.file ? -1 : Number(a.file > b.file))),
      problems: this.#problems,
      ignored: this.#ignored,
      other: this.#other,
      skipped: this.#skipped?.sort((a, b) => (a.file < b.file ? -1 : Number(a.file > b.file))) ?? [],
      unreadablePaths: this.#unreadable,
    };
  }

  async named(written: string): Promise<void> {
    if (written === "-") {
      this.#entries.push({ kind: "stdin", file: "-" });
      return;
    }
    const target = path.resolve(this.#cwd, written);
    try {
      const kind = await this.#files.kindOf(target);
      const real = await this.#files.realPath(target);
      const chartTemplates = await this.#liesInChartTemplates(target);
      if (kind !== "directory") return this.#take(target, real, true, { chartTemplates, inChart: false });
      // Listing it now tells a folder that can't be read from one further down.
      const listed = await this.#files.listFolder(target);
      const rules = await IgnoreRules.above(target, this.#files);
      await this.#folder(target, real, listed, { root: real, rules, chartTemplates, inChart: false }, true);
    } catch (error) {
      if (error instanceof FileFault) {
        this.#report(error.problem, target, error.reason);
        return;
      }
      this.#unreadable.push(this.#display(target));
      this.#report(pathProblem(error), target, systemReason(error));
    }
  }

  /** Follows the links that were met, those met on the way among them. */
  async links(): Promise<void> {
    while (this.#links.length > 0) {
      const batch = this.#links.splice(0).sort((a, b) => (a.path < b.path ? -1 : 1));
      for (const link of batch) await this.#follow(link);
    }
  }

  async #folder(folder: string, real: string, listed: readonly ListedFile[], position: Position, named: boolean): Promise<void> {
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    const names = new Set(listed.map((entry) => entry.name));
    const entry: InputEntry = { kind: "folder", path: folder, file: this.#display(folder), named, names, root: position.root };
    const claimed = this.#claims(entry);
    if (claimed) this.#entries.push(entry);
    const rules = await position.rules.withFolder(folder, names, this.#files);
    const isChart = names.has("Chart.yaml");
    for (const { name, kind, fault } of listed.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (claimed && !this.#leaves(entry, name)) continue;
      const chartTemplates = position.chartTemplates || (isChart && name === "templates");
      await this.#child(
        path.join(folder, name),
        path.join(real, name),
        kind,
        { ...position, rules, chartTemplates, inChart: position.inChart || isChart },
        fault,
      );
    }
  }

  async #child(target: string, real: string, kind: FileKind, position: Position, fault?: FileFault): Promise<void> {
    // No ignore file names what has no name of its own.
    if (fault !== undefined && kind === "other") {
      this.#report(fault.problem, target, fault.reason);
      return;
    }
    if (kind === "directory" && ALWAYS_SKIPPED.has(path.basename(target))) return;
    if (position.rules.ignores(target, kind === "directory")) {
      this.#ignored += 1;
      this.#skipped?.push({ file: this.#display(target), reason: "ignored" });
      return;
    }
    if (fault !== undefined && !this.#claimsFile(target)) {
      this.#report(fault.problem, target, fault.reason);
      return;
    }
    switch (kind) {
      case "symlink":
        this.#links.push({ path: target, position });
        return;
      case "directory":
        return this.#subfolder(target, real, position);
      case "file":
        return this.#take(target, real, false, position);
      case "other":
        if (this.#claimsFile(target)) this.#report("special-file", target, "it is a pipe, socket or device");
        else this.#skip(target);
    }
  }

  async #subfolder(target: string, real: string, position: Position): Promise<void> {
    let listed: readonly ListedFile[];
    try {
      listed = await this.#files.listFolder(target);
    } catch (error) {
      this.#report(error instanceof FileFault ? error.problem : "folder-unreadable", target, systemReason(error));
      return;
    }
    await this.#folder(target, real, listed, position, false);
  }

  #take(target: string, real: string, named: boolean, { chartTemplates, inChart }: Pick<Position, "chartTemplates" | "inChart">): void {
    if (this.#seen.has(real)) return;
    const entry: FileEntry = {
      kind: "file",
      path: target,
      file: this.#display(target),
      named,
      chartTemplate: chartTemplates,
      inChart: inChart && !chartTemplates,
    };
    if (!this.#claims(entry)) {
      this.#skip(target);
      return;
    }
    this.#seen.add(real);
    this.#entries.push(entry);
  }

  async #follow({ path: target, position }: Link): Promise<void> {
    let real: string;
    let kind: Exclude<FileKind, "symlink">;
    try {
      real = await this.#files.realPath(target);
      kind = await this.#files.kindOf(real);
    } catch (error) {
      if (error instanceof FileFault) this.#report(error.problem, target, error.reason);
      else if (this.#claimsFile(target)) this.#report("link-broken", target, systemReason(error));
      else this.#skip(target);
      return;
    }
    if (!isWithin(position.root, real)) {
      if (kind === "directory" || this.#claimsFile(target))
        this.#report("link-outside", target, "its target lies outside of the scanned folder");
      else this.#skip(target);
      return;
    }
    await this.#child(target, real, kind, position);
  }

  #claimsFile(target: string): boolean {
    return this.#claims({ kind: "file", path: target, file: this.#display(target), named: false, chartTemplate: false, inChart: false });
  }

  /** Whether a path that was named lies in the `templates` of a chart. */
  async #liesInChartTemplates(target: string): Promise<boolean> {
    for (let here = target; path.dirname(here) !== here; here = path.dirname(here)) {
      if (path.basename(here) !== "templates") continue;
      const siblings = await this.#files.listFolder(path.dirname(here)).catch(() => []);
      if (siblings.some((entry) => entry.name === "Chart.yaml")) return true;
    }
    return false;
  }

  #skip(target: string): void {
    this.#other += 1;
    this.#skipped?.push({ file: this.#display(target), reason: "other" });
  }

  #report(code: LoadProblemCode, target: string, cause: string): void {
    const file = this.#display(target);
    this.#problems.push(makeProblem(LOAD_PROBLEMS, code, { subject: file, cause, file }));
  }

  /** How results call a path: relative to the folder that the scan runs in, with `/`. */
  #display(target: string): string {
    const relative = path.relative(this.#cwd, target);
    return relative === "" ? "." : relative.split(path.sep).join("/");
  }
}

function isWithin(root: string, target: string): boolean {
  return target === root || target.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
}
