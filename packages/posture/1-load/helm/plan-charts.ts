import path from "node:path";
import type { FileSystem } from "../file-system.ts";
import type { FolderEntry, FoundEntries, LoaderAccess } from "../loaders/define.ts";
import { readChartMetadata } from "./chart-metadata.ts";
import type { ChartMetadata } from "./chart-metadata.ts";

/** A chart that is to be rendered by itself. */
export interface PlannedChart {
  readonly entry: FolderEntry;
  /** What its Chart.yaml says, or why that can't be told. */
  readonly metadata: ChartMetadata | { readonly fault: string };
  /** All charts that were found, as options may name them, with their folders. */
  readonly all: readonly { readonly name: string; readonly file: string; readonly path: string }[];
  /** Charts that were found and are not rendered by themselves, because this one takes them, directly or through others; libraries apart. */
  readonly takes: readonly { readonly name: string; readonly file: string }[];
}

const CHART_YAML_BYTES = 1024 * 1024;

/** The charts that are rendered by themselves: all but those that another one takes from their folder (`repository: file://../common`), which are rendered as parts of it. */
export async function planCharts({ claimed }: FoundEntries, { files }: Pick<LoaderAccess, "files">): Promise<readonly PlannedChart[]> {
  const found = await Promise.all(
    claimed
      .flatMap((entry) => (entry.kind === "folder" ? [entry] : []))
      .map(async (entry) => ({ entry, metadata: await metadataOf(entry, files) })),
  );
  const all = found.map(({ entry, metadata }) => ({ name: "name" in metadata ? metadata.name : "", file: entry.file, path: entry.path }));
  const uses = new Map(
    found.map(({ entry, metadata }) => [
      entry.path,
      "name" in metadata ? localDependencies(entry.path, metadata).map((one) => one.folder) : [],
    ]),
  );
  const parts = new Set(
    [...uses.keys()].filter((chart) => [...uses.keys()].some((other) => reaches(uses, other, chart) && !reaches(uses, chart, other))),
  );
  const isPart = ({ entry }: (typeof found)[number]): boolean => !entry.named && parts.has(entry.path);
  const taken = found
    .filter(isPart)
    .flatMap(({ entry, metadata }) =>
      "name" in metadata && metadata.library ? [] : [{ name: "name" in metadata ? metadata.name : "", file: entry.file, path: entry.path }],
    );
  return found
    .filter((one) => !isPart(one))
    .map((one) => ({ ...one, all, takes: taken.filter(({ path: folder }) => reaches(uses, one.entry.path, folder)) }));
}

/** Dependencies that the chart takes from folders of the machine. */
export function localDependencies(
  folder: string,
  { dependencies }: ChartMetadata,
): readonly { readonly name: string; readonly folder: string }[] {
  return dependencies.flatMap(({ name, repository }) =>
    repository.startsWith("file://") ? [{ name, folder: path.resolve(folder, repository.slice("file://".length)) }] : [],
  );
}

/** Whether a chart depends on another, directly or through others. */
function reaches(uses: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [...(uses.get(from) ?? [])];
  for (let chart = open.pop(); chart !== undefined; chart = open.pop()) {
    if (chart === to) return true;
    if (seen.has(chart)) continue;
    seen.add(chart);
    open.push(...(uses.get(chart) ?? []));
  }
  return false;
}

async function metadataOf({ path: folder, names }: FolderEntry, files: FileSystem): Promise<PlannedChart["metadata"]> {
  const chart = await textAt(path.join(folder, "Chart.yaml"), files);
  if (chart === null) return { fault: "its Chart.yaml can't be read" };
  const requirements = names.has("requirements.yaml") ? await textAt(path.join(folder, "requirements.yaml"), files) : null;
  return readChartMetadata(chart, requirements ?? undefined);
}

async function textAt(file: string, files: FileSystem): Promise<string | null> {
  try {
    const { bytes } = await files.readFile(file, CHART_YAML_BYTES);
    return bytes === undefined ? null : Buffer.from(bytes).toString("utf8");
  } catch {
    return null;
  }
}
