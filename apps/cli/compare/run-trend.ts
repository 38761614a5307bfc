import type { Result } from "@holdfast/core";
import type { ExitCode } from "@holdfast/judge";
import type { TrendPoint } from "@holdfast/core";
import { trend } from "@holdfast/judge/comparing";
import { painter, trendTable } from "@holdfast/report";
import type { CommandContext } from "../commands/define.ts";
import { UsageError } from "../usage-error.ts";
import { readStoredResult } from "./read-stored-result.ts";

/** What `holdfast trend` is told. */
export interface TrendConfiguration {
  readonly files: readonly string[];
  readonly format: "table" | "json";
  readonly framework: string | undefined;
  readonly color: boolean;
}

/** A point with the scores of a framework; one that was not asked for then is a gap. */
function ofFramework(point: TrendPoint, id: string): TrendPoint {
  const own = point.frameworks.find((framework) => framework.id === id);
  return {
    ...point,
    compliance: own?.compliance ?? null,
    strictCompliance: own?.strictCompliance ?? null,
    coverage: own?.coverage ?? null,
  };
}

/** Shows stored results over time. Throws `UsageError` for what is no result, and for a framework that none of them has. */
export async function runTrend(
  { files, format, framework, color }: TrendConfiguration,
  { environment, stdout, stderr }: CommandContext,
): Promise<ExitCode> {
  const results: { readonly file: string; readonly result: Result }[] = [];
  for (const file of files) results.push({ file, result: await readStoredResult(file, environment.workingFolder) });
  const made = trend(results);
  if (framework !== undefined && !made.points.some(({ frameworks }) => frameworks.some(({ id }) => id === framework))) {
    throw new UsageError(`none of the results has the framework "${framework}"`);
  }
  const shown = framework === undefined ? made : { ...made, points: made.points.map((point) => ofFramework(point, framework)) };
  if (format === "json") stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  else {
    for (const line of trendTable(shown.points, painter(color && environment.color))) stdout.write(`${line}\n`);
    if (made.order === "given" && files.length > 1)
      stderr.write(
        "holdfast: not all results say when they were made, so they stand as they were given (a scan says it with SOURCE_DATE_EPOCH)\n",
      );
  }
  return 0;
}
