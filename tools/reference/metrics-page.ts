import { METRICS } from "../../packages/report/prometheus/metrics.ts";

const HEAD = `# Metrics

<!-- Made by tools/generate-reference.ts from packages/report/prometheus/metrics.ts. Change that, then run \`node tools/node24.cjs tools/generate-reference.ts\`. -->

What \`--format prometheus\` writes: gauges, in the text format 0.0.4. They say what the last scan found; scores are percentages from 0 to 100.

Labels take the values of controls, frameworks and fixed words, never of resources, namespaces or files: a scan has some 10 series for each control and 20 for each framework, however large the
estate is. A score without data has no series; \`holdfast_has_data\` and \`holdfast_framework_has_data\` are 0 then. Labels of texts are cut at 200 characters. Names and labels are an interface:
they change only with a new major version.

[How to bring them to Prometheus](../how-to/metrics-and-alerts.md), with a dashboard and alert rules.
`;

/** The reference of metrics, as Markdown. */
export function metricsPage(): string {
  const rows = METRICS.map(({ name, labels, help }) => `| \`${name}\` | ${labels.map((label) => `\`${label}\``).join(", ")} | ${help} |`);
  return `${HEAD}\n| metric | labels | what it says |\n|---|---|---|\n${rows.join("\n")}\n`;
}
