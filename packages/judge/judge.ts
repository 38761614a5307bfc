import {
  compareSeverity,
  type ControlEvaluation,
  type ControlResult,
  type Evaluation,
  type Finding,
  type Framework,
  type FrameworkResult,
  type Receipt,
  type ResourceSummary,
  type Result,
  type Status,
  type Summary,
  type Verdict,
} from "@holdfast/core";
import { NO_ACCEPTANCE, type Acceptance } from "./acceptance.ts";
import { attack } from "./attack/attack.ts";
import { compliance, hasData, meanScore, noCounts, strictCompliance } from "./compliance.ts";
import { coverage } from "./coverage.ts";
import { numberedFingerprints } from "./fingerprint.ts";
import { judgeGates } from "./gates/judge-gates.ts";
import type { GateRequest, UngatedResult } from "./gates/request.ts";
import { reach } from "./reach.ts";
import { controlVerdicts, type ControlVerdicts, type JudgedFinding } from "./verdicts.ts";

/** What judgement is told beside what evaluation found. */
export interface JudgeOptions {
  readonly version: string;
  /** RFC 3339; left out where the clock was not given. */
  readonly time?: string;
  readonly gates: GateRequest;
  /** What exceptions accept; nothing where there are none. */
  readonly acceptance?: Acceptance;
  /** What is said of the result before its gates are judged: how it compares with a baseline, what became of a ratchet. */
  readonly compare?: (result: UngatedResult) => Pick<Result, "comparison" | "ratchet">;
}

interface JudgedControl extends ControlVerdicts {
  readonly evaluation: ControlEvaluation;
  readonly findings: readonly JudgedFinding[];
}

/** Gives each finding its fingerprint and its status. */
function withFingerprints(evaluation: Evaluation, accepted: Acceptance["findings"]): readonly JudgedFinding[] {
  const fingerprints = numberedFingerprints(evaluation);
  return evaluation.findings.map((draft, place) => {
    const acceptance = accepted.get(place) ?? null;
    const status = acceptance !== null && acceptance.acceptedBy !== null ? "accepted" : "open";
    return { draft, fingerprint: fingerprints[place] ?? "", status, acceptance };
  });
}

function judgeControls(evaluation: Evaluation, accepted: Acceptance["findings"], receipts: Receipt[]): readonly JudgedControl[] {
  const byControl = Map.groupBy(withFingerprints(evaluation, accepted), ({ draft }) => draft.control);
  return evaluation.controls.map((one) => {
    const findings = byControl.get(one.control.id) ?? [];
    const judged = controlVerdicts(one, findings, receipts.length);
    for (const { receipt } of one.evaluations) receipts.push(receipt);
    return { ...judged, evaluation: one, findings };
  });
}

/** The ids of the frameworks that name each control, in the order of the frameworks. */
function frameworksByControl(frameworks: readonly Framework[]): ReadonlyMap<string, readonly string[]> {
  const naming = new Map<string, string[]>();
  for (const { id, sections } of frameworks) {
    for (const control of new Set(sections.flatMap(({ controls }) => controls))) {
      const ids = naming.get(control);
      if (ids === undefined) naming.set(control, [id]);
      else ids.push(id);
    }
  }
  return naming;
}

function controlResult(
  { evaluation, counts, status, findings }: JudgedControl,
  frameworks: ReadonlyMap<string, readonly string[]>,
): ControlResult {
  const { control, skips } = evaluation;
  const accepted = findings.filter((finding) => finding.status === "accepted").length;
  return {
    id: control.id,
    name: control.name,
    score: control.score,
    severity: control.severity,
    category: control.category,
    ...(control.subCategory === undefined ? {} : { subCategory: control.subCategory }),
    tags: control.tags,
    frameworks: frameworks.get(control.id) ?? [],
    rules: control.rules,
    help: control.help,
    status,
    skips,
    counts,
    compliance: compliance(counts),
    strictCompliance: strictCompliance(counts),
    findings: findings.length - accepted,
    accepted,
  };
}

function countControls(judged: readonly JudgedControl[]): Summary["controls"] {
  const counts = noCounts();
  for (const { status } of judged) counts[status]++;
  return counts;
}

/** A control as a framework judges it: findings that are accepted in this framework alone count there, and nowhere else. */
function asJudgedIn(framework: string, judged: JudgedControl): JudgedControl {
  const isAccepted = ({ status, acceptance }: JudgedFinding): boolean =>
    status === "open" && acceptance !== null && acceptance.acceptedIn.some((one) => one.framework === framework);
  if (!judged.findings.some(isAccepted)) return judged;
  const findings = judged.findings.map((finding): JudgedFinding => (isAccepted(finding) ? { ...finding, status: "accepted" } : finding));
  return { ...controlVerdicts(judged.evaluation, findings, 0), evaluation: judged.evaluation, findings };
}

function frameworkResult(framework: Framework, judged: readonly JudgedControl[], evaluation: Evaluation): FrameworkResult {
  const ids = new Set(framework.sections.flatMap(({ controls }) => controls));
  const own = judged.filter((one) => ids.has(one.evaluation.control.id)).map((one) => asJudgedIn(framework.id, one));
  const evaluations = own.map((one) => one.evaluation);
  return {
    id: framework.id,
    name: framework.name,
    description: framework.description,
    compliance: meanScore(own.map(({ counts }) => compliance(counts))),
    strictCompliance: meanScore(own.map(({ counts }) => strictCompliance(counts))),
    coverage: coverage(
      evaluation.inputs,
      evaluations,
      own.some(({ counts }) => hasData(counts)),
    ),
    reach: reach(evaluations, evaluation.inputs),
    controls: [...ids].toSorted(),
    counts: countControls(own),
    sections: framework.sections,
  };
}

// A resource shows the worst of its verdicts.
const WORST: readonly Status[] = ["failed", "errored", "accepted", "passed", "skipped"];
const RANK: Readonly<Record<Status, number>> = { failed: 0, errored: 1, accepted: 2, passed: 3, skipped: 4 };

function resourceSummaries(evaluation: Evaluation, judged: readonly JudgedControl[]): readonly ResourceSummary[] {
  const worst = new Uint8Array(evaluation.resources.length).fill(RANK.skipped);
  const open = new Uint32Array(evaluation.resources.length);
  for (const { verdicts, findings } of judged) {
    // By number, since there are so many of them.
    for (let at = 0; at < verdicts.length; at += 1) {
      const verdict = verdicts[at];
      if (verdict === undefined || verdict.resource === null) continue;
      const rank = RANK[verdict.status];
      if (rank < (worst[verdict.resource] ?? 0)) worst[verdict.resource] = rank;
    }
    for (const { draft, status } of findings) if (status === "open") open[draft.resource] = (open[draft.resource] ?? 0) + 1;
  }
  return evaluation.resources.map(({ apiVersion, kind, namespace, name, file, line }, place) => ({
    apiVersion,
    kind,
    namespace,
    name,
    ...(file === null ? {} : { file }),
    ...(line === null ? {} : { line }),
    status: WORST[worst[place] ?? RANK.skipped] ?? "skipped",
    findings: open[place] ?? 0,
  }));
}

/** Compares the first paths of two findings: by text, shorter first where one begins the other. */
function comparePaths(a: Finding, b: Finding): number {
  const left = a.paths[0]?.path ?? a.fixes[0]?.path ?? "";
  const right = b.paths[0]?.path ?? b.fixes[0]?.path ?? "";
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** All findings, the worst controls' first. Those of a control have its severity, so each control's are sorted by themselves. */
function sortedFindings(judged: readonly JudgedControl[]): readonly Finding[] {
  const worstFirst = judged.toSorted(
    ({ evaluation: { control: a } }, { evaluation: { control: b } }) => compareSeverity(a.severity, b.severity) || compareText(a.id, b.id),
  );
  return worstFirst.flatMap(({ evaluation, findings }) =>
    findings
      .map(({ draft, fingerprint, status, acceptance }): Finding => ({
        ...draft,
        fingerprint,
        severity: evaluation.control.severity,
        status,
        ...(acceptance === null || acceptance.acceptedBy === null ? {} : { acceptedBy: acceptance.acceptedBy }),
        ...(acceptance === null || acceptance.acceptedIn.length === 0 ? {} : { acceptedIn: acceptance.acceptedIn }),
      }))
      .sort(
        (a, b) =>
          a.resource - b.resource ||
          compareText(a.rule, b.rule) ||
          comparePaths(a, b) ||
          compareText(a.message, b.message) ||
          compareText(a.fingerprint, b.fingerprint),
      ),
  );
}

function summarise(
  evaluation: Evaluation,
  judged: readonly JudgedControl[],
  resources: readonly ResourceSummary[],
  findings: readonly Finding[],
): Summary {
  const byStatus = noCounts();
  for (const { status } of resources) byStatus[status]++;
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
  let open = 0;
  for (const { status, severity } of findings) {
    if (status !== "open") continue;
    open++;
    bySeverity[severity]++;
  }
  return {
    compliance: meanScore(judged.map(({ counts }) => compliance(counts))),
    strictCompliance: meanScore(judged.map(({ counts }) => strictCompliance(counts))),
    coverage: coverage(
      evaluation.inputs,
      evaluation.controls,
      judged.some(({ counts }) => hasData(counts)),
    ),
    reach: reach(evaluation.controls, evaluation.inputs),
    controls: countControls(judged),
    resources: byStatus,
    findings: open,
    accepted: findings.length - open,
    bySeverity,
  };
}

/** Judges what evaluation found: verdicts, scores, coverage, reach, fingerprints, chains of findings and gates. The evaluation's controls must be sorted by id. */
export function judge(evaluation: Evaluation, options: JudgeOptions): Result {
  const receipts: Receipt[] = [];
  const acceptance = options.acceptance ?? NO_ACCEPTANCE;
  const judged = judgeControls(evaluation, acceptance.findings, receipts);
  const verdicts: Verdict[] = judged.flatMap((one) => one.verdicts);
  const resources = resourceSummaries(evaluation, judged);
  const findings = sortedFindings(judged);
  const frameworks = frameworksByControl(evaluation.allFrameworks);
  const judgedResult: UngatedResult = {
    schema: "holdfast.result/v1",
    tool: { name: "holdfast", version: options.version, library: evaluation.library },
    ...(options.time === undefined ? {} : { time: options.time }),
    inputs: evaluation.inputs,
    summary: summarise(evaluation, judged, resources, findings),
    frameworks: evaluation.frameworks.map((framework) => frameworkResult(framework, judged, evaluation)),
    controls: judged.map((one) => controlResult(one, frameworks)),
    resources,
    receipts,
    verdicts,
    findings,
    attack: attack(evaluation, findings),
    exceptions: acceptance.exceptions,
    // Behind the others, whose places are named elsewhere.
    problems: acceptance.problems.length === 0 ? evaluation.problems : [...evaluation.problems, ...acceptance.problems],
  };
  const ungated = { ...judgedResult, ...options.compare?.(judgedResult) };
  return { ...ungated, gates: judgeGates(options.gates, ungated) };
}
