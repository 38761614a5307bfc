import type { Result } from "@holdfast/core";
import { METRICS, type Sample } from "../prometheus/metrics.ts";
import { printable } from "../terminal/printable.ts";
import type { Format } from "./define.ts";

// A name of a rule of the user's own may be a page long.
const LONGEST = 200;

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}

function labelsText(labels: Sample["labels"]): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) =>
      `${name}="${printable(cut(value.replaceAll("\n", " ")))
        .replaceAll("\\", "\\\\")
        .replaceAll('"', '\\"')}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function* render(result: Result): Iterable<string> {
  for (const { name, help, samples } of METRICS) {
    const seen = new Set<string>();
    for (const { labels, value } of samples(result)) {
      const series = name + labelsText(labels);
      // A series that stands twice makes the whole text invalid.
      if (seen.has(series)) continue;
      if (seen.size === 0) yield `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`;
      seen.add(series);
      yield `${series} ${value}\n`;
    }
  }
}

/** The text format of Prometheus (version 0.0.4, https://prometheus.io/docs/instrumenting/exposition_formats/). */
export const prometheus: Format = { render };
