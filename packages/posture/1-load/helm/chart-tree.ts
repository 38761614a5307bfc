import type { ChartFile } from "./chart-files.ts";
import { readChartMetadata } from "./chart-metadata.ts";
import type { ChartMetadata } from "./chart-metadata.ts";

/** A chart, or one that it depends on. */
export interface ChartNode {
  readonly metadata: ChartMetadata;
  /** What its paths begin with in the files of the whole: empty, or `charts/redis/`. */
  readonly prefix: string;
  /** What Helm calls it in paths of templates: `shop`, `shop/charts/cache` where the parent's name for it is `cache`. */
  readonly helmPath: string;
  /** Where the values of the whole hold its values: nothing, or `["cache"]`. */
  readonly valuesPath: readonly string[];
}

type Files = ReadonlyMap<string, ChartFile>;

/** The chart and all beneath it, the parent first. A dependency that is taken under two names is there twice. */
export function chartTree(metadata: ChartMetadata, files: Files): readonly ChartNode[] {
  const nodes: ChartNode[] = [];
  collect({ metadata, prefix: "", helmPath: metadata.name, valuesPath: [] }, files, nodes);
  return nodes;
}

function collect(node: ChartNode, files: Files, nodes: ChartNode[]): void {
  nodes.push(node);
  const inCharts = new RegExp(String.raw`^${escaped(node.prefix)}charts/(?<folder>[^/]+)/Chart\.yaml$`, "u");
  for (const [path, file] of files) {
    const folder = inCharts.exec(path)?.groups?.["folder"];
    if (folder === undefined) continue;
    const prefix = `${node.prefix}charts/${folder}/`;
    const metadata = readChartMetadata(textOf(file), optionalText(files.get(`${prefix}requirements.yaml`)));
    if ("fault" in metadata) continue;
    const named = node.metadata.dependencies.filter(({ name }) => name === metadata.name).map(({ alias }) => alias);
    for (const name of named.length === 0 ? [metadata.name] : named) {
      collect({ metadata, prefix, helmPath: `${node.helmPath}/charts/${name}`, valuesPath: [...node.valuesPath, name] }, files, nodes);
    }
  }
}

/** The chart that a template belongs to, and its path in the files of the whole; null for a path that is none of them. */
export function templateOf(nodes: readonly ChartNode[], helmPath: string): { readonly node: ChartNode; readonly path: string } | null {
  let best: ChartNode | undefined;
  for (const node of nodes)
    if (helmPath.startsWith(`${node.helmPath}/`) && node.helmPath.length > (best?.helmPath.length ?? -1)) best = node;
  return best === undefined ? null : { node: best, path: best.prefix + helmPath.slice(best.helmPath.length + 1) };
}

/** A file of a chart as a text. */
export function textOf({ bytes }: ChartFile): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

function optionalText(file: ChartFile | undefined): string | undefined {
  return file === undefined ? undefined : textOf(file);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}
