import path from "node:path";
import type { FileKind, FileSystem } from "../file-system.ts";
import { systemReason } from "../file-system.ts";

/** What a chart may have, all its dependencies included: Helm refuses files that are larger. */
const MOST_FILES = 10_000;
const FILE_BYTES = 5 * 1024 * 1024;
const MOST_BYTES = 100 * 1024 * 1024;
const DEEPEST = 40;

/** Folders that are no part of any chart. */
const SKIPPED: ReadonlySet<string> = new Set([".git", "node_modules"]);

/** A file of a chart. */
export interface ChartFile {
  /** Its path in the chart, with `/`: `templates/deployment.yaml`, `charts/redis/values.yaml`. */
  readonly path: string;
  /** How results call it. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** What is in a chart's folder and was not read. */
export interface LeftOut {
  readonly file: string;
  readonly code: "link-outside" | "file-unreadable" | "chart-invalid";
  readonly reason: string;
}

/** The files of a chart by their paths in it, and what was left out of it. */
export interface ChartFiles {
  readonly files: ReadonlyMap<string, ChartFile>;
  readonly leftOut: readonly LeftOut[];
}

export class ChartTooLarge extends Error {}

export interface ChartFolder {
  /** The machine's path of the folder. */
  readonly path: string;
  /** How results call it. */
  readonly file: string;
  /** The real path that no link may leave. */
  readonly root: string;
}

/**
 * Reads all that is in a chart's folder, for Helm works on a copy: it would follow links to wherever they lead. Vendored archives are read as the folders that they hold.
 * Throws {@link ChartTooLarge}.
 */
export async function readChartFiles(chart: ChartFolder, files: FileSystem): Promise<ChartFiles> {
  const reader = new Reader(chart.root, files);
  await reader.folder(chart.path, chart.file, "", 0);
  return { files: reader.found, leftOut: reader.leftOut };
}

class Reader {
  readonly #root: string;
  readonly #files: FileSystem;
  readonly found = new Map<string, ChartFile>();
  readonly leftOut: LeftOut[] = [];
  #bytes = 0;

  constructor(root: string, files: FileSystem) {
    this.#root = root;
    this.#files = files;
  }

  async folder(target: string, file: string, within: string, depth: number): Promise<void> {
    if (depth > DEEPEST) throw new ChartTooLarge(`its folders nest more than ${DEEPEST} deep, or links lead back to themselves`);
    const listed = await this.#files.listFolder(target);
    for (const { name, kind } of listed.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (SKIPPED.has(name) || name === "") continue;
      const child = {
        target: path.join(target, name),
        file: file === "." ? name : `${file}/${name}`,
        within: within === "" ? name : `${within}/${name}`,
      };
      try {
        await this.#child(child, kind, depth);
      } catch (error) {
        if (error instanceof ChartTooLarge) throw error;
        this.leftOut.push({ file: child.file, code: "file-unreadable", reason: systemReason(error) });
      }
    }
  }

  async #child(
    child: { readonly target: string; readonly file: string; readonly within: string },
    kind: FileKind,
    depth: number,
  ): Promise<void> {
    const { target, file, within } = child;
    if (kind === "symlink") {
      const real = await this.#files.realPath(target);
      if (real !== this.#root && !real.startsWith(this.#root.endsWith(path.sep) ? this.#root : this.#root + path.sep)) {
        this.leftOut.push({ file, code: "link-outside", reason: "it is a link that leaves the scanned folder" });
        return;
      }
      return this.#child({ ...child, target: real }, await this.#files.kindOf(real), depth);
    }
    // A vendored chart may be packed; what is in it then stands in one folder.
    if (kind === "directory" && /(?:^|\/)charts\/[^/]+\.tgz$/u.test(within))
      return this.folder(target, file, within.slice(0, within.lastIndexOf("/")), depth + 1);
    if (kind === "directory") return this.folder(target, file, within, depth + 1);
    if (kind === "file") await this.#file(target, file, within);
  }

  async #file(target: string, file: string, within: string): Promise<void> {
    const { bytes, size } = await this.#files.readFile(target, FILE_BYTES);
    if (bytes === undefined) {
      this.leftOut.push({
        file,
        code: "chart-invalid",
        reason: `it has ${size} bytes, more than the ${FILE_BYTES} (5 MiB) that a file of a chart may have`,
      });
      return;
    }
    this.#bytes += size;
    this.found.set(within, { path: within, file, bytes });
    if (this.found.size > MOST_FILES) throw new ChartTooLarge(`it has more than ${MOST_FILES} files`);
    if (this.#bytes > MOST_BYTES) throw new ChartTooLarge(`it has more than ${MOST_BYTES} bytes (100 MiB)`);
  }
}
