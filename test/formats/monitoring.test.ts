// The dashboard and the alert rules of examples/monitoring are about metrics and labels that the format prometheus writes, in PromQL that Prometheus understands.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { METRICS } from "../../packages/report/prometheus/metrics.ts";
import { needsValidators } from "../acceptance/needs.ts";
import { root } from "../acceptance/run-holdfast.ts";

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string; readonly annotations: Readonly<Record<string, string>> }[];
  }[];
}
interface Dashboard {
  readonly panels: readonly { readonly id: number; readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}

const folder = path.join(root, "examples/monitoring");
const rules = (load(readFileSync(path.join(folder, "alerts.yaml"), "utf8")) as Rules).groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(readFileSync(path.join(folder, "dashboard.json"), "utf8")) as Dashboard;
const expressions = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

// What Prometheus itself adds to every series.
const TARGET_LABELS = new Set(["job", "instance"]);

/** The metrics that an expression names, each with the labels it selects by. */
function selectorsIn(expression: string): readonly (readonly [metric: string, labels: readonly string[]])[] {
  return [...expression.matchAll(/\b(holdfast_\w+)(?:\{([^}]*)\})?/gu)].map(([, metric = "", matchers = ""]) => [
    metric,
    [...matchers.matchAll(/(\w+)\s*=~?\s*"/gu)].map(([, label = ""]) => label),
  ]);
}

describe.each(expressions)("%s: %s", (_name, expression) => {
  test("names metrics and labels that are written", () => {
    expect(selectorsIn(expression).length).toBeGreaterThan(0);
    for (const [name, labels] of selectorsIn(expression)) {
      const metric = METRICS.find((one) => one.name === name);
      expect(metric, name).toBeDefined();
      for (const label of labels) if (!TARGET_LABELS.has(label)) expect(metric?.labels, `${name}{${label}}`).toContain(label);
    }
    for (const [, labels = ""] of expression.matchAll(/\b(?:by|on|group_left)\s*\(([^)]*)\)/gu)) {
      const known = new Set([
        ...TARGET_LABELS,
        ...selectorsIn(expression).flatMap(([name]) => METRICS.find((one) => one.name === name)?.labels ?? []),
      ]);
      for (const label of labels.split(",").map((one) => one.trim())) expect(known).toContain(label);
    }
  });

  test("is PromQL, by Prometheus's own grammar", (context) => {
    const grammar = path.join(needsValidators(context), "node/node_modules/@prometheus-io/lezer-promql/dist/index.cjs");
    const { parser } = createRequire(import.meta.url)(grammar) as {
      readonly parser: {
        parse(text: string): { iterate(visitor: { enter(node: { type: { isError: boolean }; from: number }): void }): void };
      };
    };
    const faults: number[] = [];
    parser.parse(expression).iterate({
      enter: ({ type, from }) => {
        if (type.isError) faults.push(from);
      },
    });
    expect(faults).toEqual([]);
  });
});

test("there are alerts for no data, for metrics that are gone, and for results that are old", () => {
  const of = (alert: string): string | undefined => rules.find((rule) => rule.alert === alert)?.expr;
  expect(of("HoldfastNoData")).toBe("holdfast_has_data == 0");
  expect(of("HoldfastAbsent")).toBe("absent(holdfast_has_data)");
  expect(of("HoldfastStale")).toContain("time() - holdfast_scan_timestamp_seconds");
  for (const { annotations, alert } of rules) expect(annotations["summary"], alert).toMatch(/\.$/u);
});

test("panels have ids of their own", () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});
