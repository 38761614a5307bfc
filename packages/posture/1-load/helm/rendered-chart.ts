import type { ChartFile } from "./chart-files.ts";
import type { ChartNode } from "./chart-tree.ts";
import type { HelmRun } from "./helm-run.ts";
import type { RenderedDocument } from "./rendered-documents.ts";

/** What a chart was rendered from, and to. */
export interface RenderedChart {
  readonly run: HelmRun;
  readonly files: ReadonlyMap<string, ChartFile>;
  readonly nodes: readonly ChartNode[];
  readonly rendered: readonly RenderedDocument[];
}
