import type { RenderingOptions } from "../rendering-options.ts";

/** How one chart is rendered. */
export interface ChartSettings {
  readonly values: readonly string[];
  readonly set: readonly string[];
  readonly setString: readonly string[];
  readonly setFile: readonly string[];
  readonly releaseName: string | undefined;
  readonly releaseNamespace: string | undefined;
  readonly kubeVersion: string | undefined;
}

/** A chart as options may name it: by what its Chart.yaml calls it, or by its folder. */
export interface ChartNames {
  readonly name: string;
  readonly file: string;
}

/**
 * What the options say for one of the charts that were found. What begins with a chart's name or folder and a `=` is for that chart alone; `*=` is for all, and keeps what
 * follows from being read as a chart. In `key=value` the chart stands before the key, so that a value of a chart's name is only taken for a chart where its value has a `=` of its own.
 */
export function settingsOf(chart: ChartNames, all: readonly ChartNames[], options: RenderingOptions): ChartSettings {
  const forChart = (given: readonly string[], isPair: boolean): readonly string[] =>
    given.flatMap((written) => {
      const at = written.indexOf("=");
      if (at === -1) return [written];
      const [first, rest] = [written.slice(0, at), written.slice(at + 1)];
      if (first === "*") return [rest];
      if ((isPair && !rest.includes("=")) || !all.some((other) => isCalled(other, first))) return [written];
      return isCalled(chart, first) ? [rest] : [];
    });
  const last = (given: readonly string[]): string | undefined => {
    // What is said for one chart counts more than what is said for all.
    const own = given.filter((written) => written.includes("="));
    return forChart(own, false).at(-1) ?? given.findLast((written) => !written.includes("="));
  };
  return {
    values: forChart(options.values, false),
    set: forChart(options.set, true),
    setString: forChart(options.setString, true),
    setFile: forChart(options.setFile, true),
    releaseName: last(options.releaseName),
    releaseNamespace: last(options.releaseNamespace),
    kubeVersion: last(options.kubeVersion),
  };
}

function isCalled({ name, file }: ChartNames, word: string): boolean {
  return word === name || word.replace(/^\.\//u, "").replace(/\/$/u, "") === file;
}
