import type { Result, Summary } from "@holdfast/core";
import { ReportItems, type Outcome, type ReportResult } from "../policyreport/report-results.ts";
import { yamlFields, yamlItems } from "../yaml-text.ts";
import type { Format } from "./define.ts";

// A cluster stores no object of more than 1.5 MiB; what is more goes into further reports. In characters of YAML, each of at most three bytes where it is stored.
const MOST_CHARACTERS = 500_000;
// Names of namespaces (RFC 1123). A name that is none can't hold a report: its resources are in that of the cluster.
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u;

type Counts = Record<Outcome, number>;

interface Scope {
  /** Null for the cluster. */
  readonly namespace: string | null;
  readonly annotations: object;
}

/** Figures for which the form has no field. Values of annotations are texts. */
function annotations({ compliance, strictCompliance, coverage, reach, findings, accepted, controls }: Summary): object {
  const statuses = Object.entries(controls).map(([status, count]) => [`holdfast/controls-${status}`, String(count)]);
  return {
    "holdfast/compliance": String(compliance ?? "no data"),
    "holdfast/strict-compliance": String(strictCompliance ?? "no data"),
    "holdfast/coverage": String(coverage ?? "no data"),
    "holdfast/reach": `${reach.answerable} of ${reach.total}`,
    "holdfast/findings": String(findings),
    "holdfast/accepted": String(accepted),
    ...(Object.fromEntries(statuses) as Record<string, string>),
  };
}

function head({ namespace, annotations: notes }: Scope, part: number): string {
  return `---\n${yamlFields(
    {
      apiVersion: "wgpolicyk8s.io/v1alpha2",
      kind: namespace === null ? "ClusterPolicyReport" : "PolicyReport",
      metadata: {
        name: part === 1 ? "holdfast" : `holdfast-${part}`,
        ...(namespace === null ? {} : { namespace }),
        labels: { "app.kubernetes.io/managed-by": "holdfast" },
        annotations: notes,
      },
    },
    "",
  )}`;
}

/** The reports of one scope: as many as its items need. */
function* reports(scope: Scope, items: Iterable<ReportResult>): Iterable<string> {
  let part = 1;
  let text: string[] = [];
  let length = 0;
  let counts: Counts = { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 };
  function* report(): Iterable<string> {
    yield head(scope, part);
    yield text.length === 0 ? "results: []\n" : "results:\n";
    yield* text;
    yield yamlFields({ summary: counts }, "");
    part++;
    text = [];
    length = 0;
    counts = { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 };
  }
  for (const item of items) {
    const next = yamlItems([item], "  ");
    if (length > 0 && length + next.length > MOST_CHARACTERS) yield* report();
    text.push(next);
    length += next.length;
    counts[item.result]++;
  }
  if (text.length > 0 || part === 1) yield* report();
}

function* render(result: Result): Iterable<string> {
  const items = new ReportItems(result);
  const scopeOf = (place: number | null): string | null => {
    const namespace = place === null ? "" : (result.resources[place]?.namespace ?? "");
    return NAMESPACE.test(namespace) ? namespace : null;
  };
  const findings = Map.groupBy(result.findings, ({ resource }) => scopeOf(resource));
  const verdicts = Map.groupBy(result.verdicts, ({ resource }) => scopeOf(resource));
  function* itemsOf(scope: string | null): Iterable<ReportResult> {
    if (scope === null) yield* items.problems();
    for (const finding of findings.get(scope) ?? []) yield items.finding(finding);
    yield* items.verdicts(verdicts.get(scope) ?? []);
  }
  yield* reports({ namespace: null, annotations: annotations(result.summary) }, itemsOf(null));
  const namespaces = new Set([...findings.keys(), ...verdicts.keys()].flatMap((scope) => scope ?? []));
  for (const namespace of [...namespaces].toSorted()) yield* reports({ namespace, annotations: {} }, itemsOf(namespace));
}

/** PolicyReports of the Kubernetes policy working group (wgpolicyk8s.io/v1alpha2): one for each namespace and one for the cluster, as YAML for `kubectl apply`. */
export const policyreport: Format = { render };
