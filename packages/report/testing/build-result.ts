// Results made by hand for tests: the parts that matter to a test are given, and counts that follow from them are added.
import {
  severityOf,
  type Attack,
  type ControlResult,
  type Finding,
  type FrameworkResult,
  type Problem,
  type ResourceSummary,
  type Result,
  type StatusCounts,
  type Summary,
  type Verdict,
} from "@holdfast/core";

/** A control as a test names it. */
export type ControlPart = Pick<ControlResult, "id" | "name" | "score"> & Partial<ControlResult>;

/** A finding as a test names it; the fingerprint is made up where none is given. */
export type FindingPart = Pick<Finding, "control" | "resource" | "message" | "fixes"> & Partial<Finding>;

/** The parts of a result. */
export interface ResultParts {
  readonly roots?: readonly string[];
  readonly ignored?: number;
  readonly time?: string;
  readonly scores?: Partial<Pick<Summary, "compliance" | "strictCompliance" | "coverage" | "reach">>;
  readonly frameworks?: readonly (Pick<FrameworkResult, "id" | "name" | "controls"> & Partial<FrameworkResult>)[];
  readonly controls?: readonly ControlPart[];
  readonly resources?: readonly (Omit<ResourceSummary, "status" | "findings"> & Partial<ResourceSummary>)[];
  readonly findings?: readonly FindingPart[];
  readonly attack?: Attack;
  readonly exceptions?: Result["exceptions"];
  readonly gates?: Result["gates"];
  readonly problems?: readonly Problem[];
}

const NO_COUNTS: StatusCounts = { passed: 0, failed: 0, accepted: 0, skipped: 0, errored: 0 };

/** A resource as a test names it, with its place in a file where it has one. */
export function resourceAt(kind: string, name: string, file?: string, line?: number): NonNullable<ResultParts["resources"]>[number] {
  const [first = "", second] = name.split("/");
  const identity = { apiVersion: kind.includes("Role") ? "rbac.authorization.k8s.io/v1" : "apps/v1", kind };
  const place = { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
  return { ...identity, namespace: second === undefined ? "" : first, name: second ?? first, ...place };
}

function controlOf(part: ControlPart, findings: readonly Finding[]): ControlResult {
  const own = findings.filter(({ control }) => control === part.id);
  const open = own.filter(({ status }) => status === "open").length;
  const failed = new Set(own.filter(({ status }) => status === "open").map(({ resource }) => resource)).size;
  const counts = part.counts ?? { ...NO_COUNTS, failed, passed: part.status === "skipped" ? 0 : 4 };
  const judged = counts.passed + counts.failed;
  return {
    severity: severityOf(part.score),
    category: "Workload",
    tags: ["security"],
    frameworks: ["nsa"],
    rules: [`rule-of-${part.id}`],
    help: { description: `${part.name}: what it is.`, why: "Why it matters.", fix: "How to mend it.", limits: "" },
    status: failed > 0 ? "failed" : "passed",
    skips: [],
    compliance: judged === 0 ? null : (100 * counts.passed) / judged,
    strictCompliance: judged === 0 ? null : (100 * counts.passed) / (judged + counts.accepted),
    findings: open,
    accepted: own.length - open,
    ...part,
    counts,
  };
}

function count(items: readonly { readonly status: keyof StatusCounts }[]): StatusCounts {
  const counts = { ...NO_COUNTS };
  for (const { status } of items) counts[status]++;
  return counts;
}

/** A whole result of its parts. */
export function buildResult(parts: ResultParts): Result {
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
  const scores = new Map((parts.controls ?? []).map(({ id, score, severity }) => [id, severity ?? severityOf(score)]));
  const findings: Finding[] = [];
  for (const part of parts.findings ?? []) {
    const severity = part.severity ?? scores.get(part.control) ?? "unknown";
    const fingerprint = (findings.length + 1).toString(16).padStart(32, "0");
    const more = { rule: `rule-of-${part.control}`, status: "open" as const, related: [], paths: [], evidence: [] };
    findings.push({ fingerprint, ...more, ...part, severity });
  }
  const open = findings.filter(({ status }) => status === "open");
  for (const { severity } of open) bySeverity[severity]++;
  const resources: ResourceSummary[] = [];
  for (const part of parts.resources ?? []) {
    const own = open.filter(({ resource }) => resource === resources.length).length;
    resources.push({ status: own > 0 ? "failed" : "passed", findings: own, ...part });
  }
  const controls = (parts.controls ?? []).map((part) => controlOf(part, findings));
  const problems = parts.problems ?? [];
  const files = [...new Set([...resources, ...problems].flatMap(({ file }) => file ?? []))].toSorted();
  const lost = problems.filter(({ stage, effect }) => stage === "load" && effect === "lost").length;
  const produced = resources.filter(({ file }) => file !== undefined).length;
  const sums = { documents: produced + lost, produced, resources: produced, notKubernetes: 0, lost };
  const reach = { answerable: controls.filter(({ status }) => status !== "skipped").length, total: controls.length };
  const all = { compliance: null, strictCompliance: null, coverage: controls.length === 0 ? null : 100, reach, ...parts.scores };
  const frameworks: FrameworkResult[] = [];
  for (const part of parts.frameworks ?? []) {
    const own = controls.filter(({ id }) => part.controls.includes(id));
    frameworks.push({ description: "", ...all, counts: count(own), sections: [], ...part });
  }
  const verdicts = controls.map(({ id, status }): Verdict => ({ control: id, resource: null, status }));
  return {
    schema: "holdfast.result/v1",
    tool: { name: "holdfast", version: "0.1.0", library: "sha256:0123456789abcdef" },
    ...(parts.time === undefined ? {} : { time: parts.time }),
    inputs: {
      roots: parts.roots ?? ["deploy"],
      kind: "files",
      files: files.map((file) => ({ file, loader: "yaml", documents: 1, resources: 1, notKubernetes: 0, lost: 0 })),
      account: {
        files: files.length,
        ignored: parts.ignored ?? 0,
        ...sums,
        partial: problems.filter(({ effect }) => effect === "partial").length,
      },
    },
    summary: {
      ...all,
      controls: count(controls),
      resources: count(resources),
      findings: open.length,
      accepted: findings.length - open.length,
      bySeverity,
    },
    frameworks,
    controls,
    resources,
    receipts: [],
    verdicts,
    findings,
    ...(parts.attack === undefined ? {} : { attack: parts.attack }),
    exceptions: parts.exceptions ?? [],
    gates: parts.gates ?? [],
    problems,
  };
}
