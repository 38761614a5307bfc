import type { Inputs, Problem } from "@holdfast/core";
import { isGitUrl } from "./git/git-url.ts";
import type { ScanConfiguration } from "./scan-configuration.ts";
import { UsageError } from "./usage-error.ts";

const OF_CHARTS = ["values", "set", "set-string", "set-file", "release-name", "release-namespace", "kube-version"] as const;
const OF_OVERLAYS = ["enable-helm", "load-restrictor"] as const;
const RENDERING: readonly string[] = [...OF_CHARTS, ...OF_OVERLAYS, "chart-cache"];

/** What a run that only asks for rights does not do. */
const OF_RESULTS: readonly string[] = [
  "compliance-threshold",
  "strict-compliance-threshold",
  "severity-threshold",
  "coverage-threshold",
  "control-threshold",
  "fail-on-control",
  "fail-on-finding",
  "gate-report",
  "baseline",
  "new-only",
  "fail-on-new",
  "ratchet",
  "ratchet-update",
  "format",
  "output",
  "submit",
];

type Asked = Pick<ScanConfiguration, "paths" | "cluster" | "given" | "customRules" | "artifacts">;

/** Throws `UsageError` for an option of the command line that can have no effect beside the others, whatever is scanned. */
export function checkOptionsFit({ paths, cluster, given, customRules, artifacts }: Asked): void {
  const refuse = (names: readonly string[], why: string): void => {
    const name = names.find((one) => given.has(one));
    if (name !== undefined) throw new UsageError(`--${name} has no effect here: ${why}. Leave it out, or scan what it is about.`);
  };
  if (cluster.preflight) refuse(OF_RESULTS, "--preflight only says which rights the account lacks, and nothing is judged");
  if (paths.length === 0) {
    refuse(RENDERING, "a live cluster is scanned, and nothing is rendered");
    refuse(["last-commit"], "a live cluster is scanned, and its objects are in no Git repository");
  } else if (cluster.askedBy === null) refuse(["request-timeout"], "files are scanned, and no cluster is asked");
  if (paths.length > 0 && paths.every((one) => one === "-")) {
    refuse(RENDERING, "standard input is scanned, and nothing is rendered");
    refuse(["last-commit"], "standard input is scanned, and no Git repository knows its lines");
  }
  if (!paths.some(isGitUrl)) refuse(["git-ref"], "it is about URLs of Git repositories, and none is named");
  if (customRules.paths.length === 0 && artifacts.files.length === 0 && artifacts.folders.length === 0)
    refuse(["custom-rule-timeout", "custom-rule-memory"], "there are no rules of your own without --custom-rules or --use-from");
}

/** Options about a result that is shown, or shown in place of one. */
const OF_SCAN: readonly string[] = ["preflight", "show-inputs", "last-commit"];

/** The same for commands that judge and show no result of a scan. Throws `UsageError`. */
export function checkJudgingOptions(asked: Asked): void {
  const name = OF_SCAN.find((one) => asked.given.has(one));
  if (name !== undefined)
    throw new UsageError(`--${name} has no effect here: it is about the result of a scan. \`holdfast scan --${name}\` shows it.`);
  checkOptionsFit(asked);
}

/** Options that charts are named in, as `CHART=…`. Of `--values` whoever reads the files says so, and of `--set` nobody can tell: its keys may have the names of charts. */
const NAMING = [
  ["release-name", "releaseName"],
  ["release-namespace", "releaseNamespace"],
  ["kube-version", "kubeVersion"],
] as const;

/** The chart that a value is meant for; undefined where it is meant for all. */
function chartOf(written: string): string | undefined {
  const at = written.indexOf("=");
  const chart = at === -1 ? "*" : written.slice(0, at);
  return chart === "*" ? undefined : chart.replace(/^\.\//u, "").replace(/\/$/u, "");
}

/** Throws `UsageError` where an option names a chart that was not found. */
function checkCharts({ rendering, given }: Pick<ScanConfiguration, "rendering" | "given">, charts: readonly string[]): void {
  for (const [option, key] of NAMING) {
    if (!given.has(option)) continue;
    for (const written of rendering[key]) {
      const chart = chartOf(written);
      if (chart === undefined || charts.includes(chart)) continue;
      throw new UsageError(
        `--${option} ${written}: no chart that is rendered by itself has the name or folder ${JSON.stringify(chart)}\nThere are ${[...new Set(charts)].join(", ")}. Nothing was judged.`,
      );
    }
  }
}

interface Scanned {
  readonly inputs: Pick<Inputs, "rendered" | "notExpanded">;
  readonly problems: readonly Pick<Problem, "code" | "subject">[];
  readonly resources?: readonly unknown[];
  /** Places of the resources that were not chosen. */
  readonly leftOut?: ReadonlySet<number>;
}

/** The options that choose objects. */
const CHOOSING = ["include-namespaces", "exclude-namespaces", "include-kinds", "exclude-kinds", "selector"] as const;

/**
 * Options of the command line that had nothing to work on, each with the reason as a sentence. Throws `UsageError` where one names a chart that was not found.
 */
function optionsWithoutEffect(
  configuration: Pick<ScanConfiguration, "rendering" | "given">,
  { inputs, problems, resources = [], leftOut }: Scanned,
): readonly string[] {
  const { given } = configuration;
  const { rendered = [], notExpanded = [] } = inputs;
  const idle = (names: readonly string[], why: string): readonly string[] =>
    names.filter((name) => given.has(name)).map((name) => `--${name} had no effect: ${why}`);
  const charts = rendered.filter(({ kind }) => kind === "chart");
  const releases = rendered.some(({ kind }) => kind === "release" || kind === "application") || notExpanded.length > 0;
  const isLost = problems.some(({ code }) => code === "chart-invalid");
  const notes: string[] = [];
  // Charts of releases are rendered as their objects say, but for the version of Kubernetes.
  const ofCharts = OF_CHARTS.filter((name) => name !== "kube-version" || !releases);
  if (charts.length > 0) {
    if (!isLost)
      checkCharts(
        configuration,
        [...charts, ...notExpanded].flatMap(({ name, file }) => [name, file]),
      );
  } else if (!isLost)
    notes.push(
      ...idle(
        ofCharts,
        releases
          ? "there is no chart but those of releases, which say themselves how they are rendered"
          : "there is no chart in what was scanned",
      ),
    );
  if (!rendered.some(({ kind }) => kind === "overlay"))
    notes.push(...idle(OF_OVERLAYS, "there is no Kustomize overlay in what was scanned"));
  if (!releases) notes.push(...idle(["chart-cache"], "there is no release in what was scanned"));
  if (resources.length > 0 && leftOut?.size === resources.length) {
    const chosen = CHOOSING.filter((name) => given.has(name)).map((name) => `--${name}`);
    const by = chosen.length === 0 ? "the options that choose objects" : chosen.join(" and ");
    notes.push(`nothing was judged: ${by} ${chosen.length === 1 ? "leaves" : "leave"} out all that was read`);
  }
  return notes;
}

/** Whether the given options had something to work on. */
export function hasEffect(configuration: ScanConfiguration, scanned: Scanned): boolean {
  try {
    checkOptionsFit(configuration);
    return optionsWithoutEffect(configuration, scanned).length === 0;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

/** Says on standard error which options of the command line had nothing to work on. Throws `UsageError` where one names a chart that was not found. */
export function showOptionsWithoutEffect(
  configuration: Pick<ScanConfiguration, "rendering" | "given" | "quiet" | "formats">,
  scanned: Scanned,
  { stderr }: { readonly stderr: NodeJS.WritableStream },
): void {
  const notes = optionsWithoutEffect(configuration, scanned);
  if (!configuration.quiet) for (const note of [...notes, ...viewWithoutEffect(configuration)]) stderr.write(`holdfast: ${note}\n`);
}

/** What to say of a view that no output shows. */
export function viewWithoutEffect({ given, formats }: Pick<ScanConfiguration, "given" | "formats">): readonly string[] {
  const idle = given.has("view") && formats.length > 0 && !formats.includes("pretty");
  return idle
    ? [`--view had no effect: it is about the format pretty, and ${formats.join(", ")} ${formats.length === 1 ? "is" : "are"} written`]
    : [];
}
