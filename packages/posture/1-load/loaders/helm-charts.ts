import type { RootLoader } from "./define.ts";

/** What in a chart's folder is the chart: all else is left to be found by others, as manifests of examples are. */
const OF_THE_CHART =
  /^(?:Chart\.(?:yaml|lock)|requirements\.(?:yaml|lock)|values.*\.(?:ya?ml|json)|templates|charts|crds|ci|tests|\.helmignore)$/u;

/** Charts for Helm: folders with a Chart.yaml, unpacked or not. The code that renders them is loaded when there is one. */
export const helmCharts: RootLoader = {
  id: "helm",
  title: "Helm charts, rendered by the machine's helm",
  claims: (entry) => entry.kind === "folder" && entry.names.has("Chart.yaml"),
  leaves: (_folder, name) => !OF_THE_CHART.test(name),
  plan: async (found, access) => {
    const [{ planCharts }, { loadChart }] = await Promise.all([import("../helm/plan-charts.ts"), import("../helm/load-chart.ts")]);
    const charts = await planCharts(found, access);
    return charts.map((chart) => ({ entry: chart.entry, parts: [], load: async () => loadChart(chart, access) }));
  },
};
