import { SEVERITIES, type Reach, type Result, type Score, type StatusCounts } from "@holdfast/core";

type Labels = Readonly<Record<string, string>>;

/** One time series: what it is about, and its value. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** A metric as `docs/reference/metrics.md` describes it. All are gauges: they say what the last scan found. */
export interface Metric {
  readonly name: string;
  /** One sentence. */
  readonly help: string;
  /** The names of the labels of each of its series. */
  readonly labels: readonly string[];
  readonly samples: (result: Result) => Iterable<Sample>;
}

const STATUSES = ["passed", "failed", "accepted", "skipped", "errored"] as const;
const EFFECTS = ["lost", "partial", "degraded"] as const;

/** No sample where there is no data: a number would be a lie, and rules over NaN are silently false. */
function* score(value: Score, labels: Labels = {}): Iterable<Sample> {
  if (value !== null) yield { labels, value };
}

function* statuses(counts: StatusCounts, labels: Labels = {}): Iterable<Sample> {
  for (const status of STATUSES) yield { labels: { ...labels, status }, value: counts[status] };
}

function* reach({ answerable, total }: Reach, labels: Labels = {}): Iterable<Sample> {
  yield { labels: { ...labels, reach: "answerable" }, value: answerable };
  yield { labels: { ...labels, reach: "out-of-reach" }, value: total - answerable };
}

function* frameworks(result: Result, samples: (one: Result["frameworks"][number], labels: Labels) => Iterable<Sample>): Iterable<Sample> {
  for (const one of result.frameworks) yield* samples(one, { framework: one.id });
}

/** The seconds since 1970 of a time in RFC 3339. */
function* seconds(time: string | undefined): Iterable<Sample> {
  const millis = time === undefined ? Number.NaN : Date.parse(time);
  if (Number.isFinite(millis)) yield { labels: {}, value: Math.floor(millis / 1000) };
}

const OF_SCAN: readonly Metric[] = [
  {
    name: "holdfast_info",
    help: "The program and the control library that judged; always 1.",
    labels: ["version", "library"],
    samples: ({ tool: { version, library } }) => [{ labels: { version, library }, value: 1 }],
  },
  {
    name: "holdfast_scan_timestamp_seconds",
    help: "When the scan was made, in seconds since 1970; only where the scan was given the time (SOURCE_DATE_EPOCH).",
    labels: [],
    samples: ({ time }) => seconds(time),
  },
  {
    name: "holdfast_has_data",
    help: "1 where anything could be judged, 0 where nothing could: then there are no scores.",
    labels: [],
    samples: ({ summary }) => [{ labels: {}, value: summary.coverage === null ? 0 : 1 }],
  },
  {
    name: "holdfast_compliance_percent",
    help: "Compliance of the scan, 0 to 100; absent where there is no data.",
    labels: [],
    samples: ({ summary }) => score(summary.compliance),
  },
  {
    name: "holdfast_strict_compliance_percent",
    help: "Compliance of the scan with accepted findings counted as failures, 0 to 100; absent where there is no data.",
    labels: [],
    samples: ({ summary }) => score(summary.strictCompliance),
  },
  {
    name: "holdfast_coverage_percent",
    help: "How much of what was to be judged was judged, 0 to 100; absent where there is no data.",
    labels: [],
    samples: ({ summary }) => score(summary.coverage),
  },
  {
    name: "holdfast_reach_controls",
    help: "Controls by whether this kind of input can answer them at all.",
    labels: ["reach"],
    samples: ({ summary }) => reach(summary.reach),
  },
  {
    name: "holdfast_controls",
    help: "Controls by status.",
    labels: ["status"],
    samples: ({ summary }) => statuses(summary.controls),
  },
  {
    name: "holdfast_resources",
    help: "Resources by the worst status that a control gave them.",
    labels: ["status"],
    samples: ({ summary }) => statuses(summary.resources),
  },
  {
    name: "holdfast_findings",
    help: "Open findings by severity.",
    labels: ["severity"],
    samples: ({ summary }) => SEVERITIES.map((severity) => ({ labels: { severity }, value: summary.bySeverity[severity] })),
  },
  {
    name: "holdfast_accepted_findings",
    help: "Findings that exceptions accept.",
    labels: [],
    samples: ({ summary }) => [{ labels: {}, value: summary.accepted }],
  },
  {
    name: "holdfast_problems",
    help: "What was lost, was judged in part, or was judged with less beside it.",
    labels: ["effect"],
    samples: ({ problems }) =>
      EFFECTS.map((effect) => ({ labels: { effect }, value: problems.filter((problem) => problem.effect === effect).length })),
  },
  {
    name: "holdfast_gate_holds",
    help: "1 where a gate that was asked for holds, 0 where it does not or has no data; framework is empty for the scan as a whole.",
    labels: ["gate", "framework"],
    samples: ({ gates }) =>
      gates.map(({ gate, framework = "", outcome }) => ({ labels: { gate, framework }, value: outcome === "holds" ? 1 : 0 })),
  },
];

const OF_FRAMEWORKS: readonly Metric[] = [
  {
    name: "holdfast_framework_has_data",
    help: "1 where anything of a framework could be judged, else 0.",
    labels: ["framework"],
    samples: (result) => frameworks(result, ({ coverage }, labels) => [{ labels, value: coverage === null ? 0 : 1 }]),
  },
  {
    name: "holdfast_framework_compliance_percent",
    help: "Compliance of a framework, 0 to 100; absent where there is no data.",
    labels: ["framework"],
    samples: (result) => frameworks(result, ({ compliance }, labels) => score(compliance, labels)),
  },
  {
    name: "holdfast_framework_strict_compliance_percent",
    help: "Compliance of a framework with accepted findings counted as failures, 0 to 100; absent where there is no data.",
    labels: ["framework"],
    samples: (result) => frameworks(result, ({ strictCompliance }, labels) => score(strictCompliance, labels)),
  },
  {
    name: "holdfast_framework_coverage_percent",
    help: "How much of a framework was judged, 0 to 100; absent where there is no data.",
    labels: ["framework"],
    samples: (result) => frameworks(result, ({ coverage }, labels) => score(coverage, labels)),
  },
  {
    name: "holdfast_framework_reach_controls",
    help: "Controls of a framework by whether this kind of input can answer them at all.",
    labels: ["framework", "reach"],
    samples: (result) => frameworks(result, (one, labels) => reach(one.reach, labels)),
  },
  {
    name: "holdfast_framework_controls",
    help: "Controls of a framework by status.",
    labels: ["framework", "status"],
    samples: (result) => frameworks(result, ({ counts }, labels) => statuses(counts, labels)),
  },
];

const OF_CONTROLS: readonly Metric[] = [
  {
    name: "holdfast_control_info",
    help: "What a control is called, how severe it is and what became of it; always 1.",
    labels: ["control", "name", "severity", "status"],
    samples: ({ controls }) =>
      controls.map(({ id, name, severity, status }) => ({ labels: { control: id, name, severity, status }, value: 1 })),
  },
  {
    name: "holdfast_control_findings",
    help: "Open findings of a control.",
    labels: ["control"],
    samples: ({ controls }) => controls.map(({ id, findings }) => ({ labels: { control: id }, value: findings })),
  },
  {
    name: "holdfast_control_accepted_findings",
    help: "Findings of a control that exceptions accept.",
    labels: ["control"],
    samples: ({ controls }) => controls.map(({ id, accepted }) => ({ labels: { control: id }, value: accepted })),
  },
  {
    name: "holdfast_control_resources",
    help: "Resources by the status that a control gave them.",
    labels: ["control", "status"],
    *samples({ controls }) {
      for (const { id, counts } of controls) yield* statuses(counts, { control: id });
    },
  },
  {
    name: "holdfast_control_compliance_percent",
    help: "Compliance of a control, 0 to 100; absent where there is no data.",
    labels: ["control"],
    *samples({ controls }) {
      for (const { id, compliance } of controls) yield* score(compliance, { control: id });
    },
  },
];

/** All metrics, in the order in which they are written. Their labels take the values of controls, frameworks and fixed words: never of resources, files or findings. */
export const METRICS: readonly Metric[] = [...OF_SCAN, ...OF_FRAMEWORKS, ...OF_CONTROLS];
