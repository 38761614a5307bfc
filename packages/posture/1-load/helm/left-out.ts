import type { NotExpanded } from "@holdfast/core";
import type { ChartFile } from "./chart-files.ts";

/** A chart that was taken, as far as it was rendered. */
export interface TakingChart {
  /** Its name. */
  readonly name: string;
  /** The charts that it takes and that are not rendered by themselves. */
  readonly takes: readonly { readonly name: string; readonly file: string }[];
  /** All files of its copy. */
  readonly files: readonly ChartFile[];
  /** The files that documents came from or that problems are about, by their names in results; null where nothing could be rendered. */
  readonly used: ReadonlySet<string> | null;
  /** The names of the charts that documents came from. */
  readonly charts: ReadonlySet<string>;
}

/** What stands in a chart's folder and Helm renders: templates but for those that are only included, and definitions. */
const RENDERED_FILE = /^(?:templates\/(?:.*\/)?(?!_|NOTES\.txt$)[^/]+|crds\/.+)$/u;

/**
 * The charts that another takes and that nothing came from: left out by a condition or tags, say, so that nothing of them was judged. What has nothing to render is not
 * among them, nor what the chart has a copy of in its folder `charts` that something came from.
 */
export function leftOut({ name: parent, takes, files, used, charts }: TakingChart): readonly NotExpanded[] {
  return takes.flatMap(({ name, file }) => {
    const start = file === "." || file === "" ? "" : `${file}/`;
    const own = files.filter((one) => one.file.startsWith(start)).map((one) => one.file.slice(start.length));
    if (own.length > 0 && !own.some((one) => RENDERED_FILE.test(one))) return [];
    if (used !== null && (charts.has(name) || [...used].some((one) => one.startsWith(start)))) return [];
    const reason = used === null ? "could not be rendered" : "leaves it out: with these values nothing of it is rendered";
    return [{ kind: "Chart", name, file, reason: `the chart ${parent} takes it, and ${reason}` }];
  });
}
