import type { LoadedResource, Origin, ResourceOrigins } from "../loaders/define.ts";
import type { RenderedChart } from "./rendered-chart.ts";
import type { ChartTracing } from "./origins/chart-tracing.ts";

/** Where the objects of a chart come from. Worked out for all of them when the first is asked for. */
export class ChartOrigins {
  readonly #chart: RenderedChart;
  #tracing: ChartTracing | undefined;
  #preparing: Promise<void> | undefined;

  constructor(chart: RenderedChart) {
    this.#chart = chart;
  }

  /** Those of an object: `document` is its document's place in what was rendered, `place` its own in that document. */
  of(document: number, place: number, resource: LoadedResource): ResourceOrigins {
    const known = new Map<string, Origin>();
    return {
      prepare: async () => {
        this.#preparing ??= this.#prepare();
        return this.#preparing;
      },
      steadyName: () => this.#prepared().steadyName(document, place, resource),
      originOf: (path) => {
        const key = JSON.stringify(path);
        const found = known.get(key) ?? this.#prepared().originOf(document, place, resource, path);
        known.set(key, found);
        return found;
      },
    };
  }

  #prepared(): ChartTracing {
    if (this.#tracing === undefined) throw new Error("origins of a chart are asked for before they are prepared");
    return this.#tracing;
  }

  async #prepare(): Promise<void> {
    const { traceChart } = await import("./origins/chart-tracing.ts");
    this.#tracing = await traceChart(this.#chart);
  }
}
