import { makeProblem, type Finding, type Result } from "@holdfast/core";
import { FIX_PROBLEMS, type FixProblemCode } from "./fix-problems.ts";

/** What became of a finding: fixed; a person must decide; no fix is known; there is one, and it was not made; of a stored result: it is not found any more. */
export type FindingOutcome = "fixed" | "decision" | "no-fix" | "not-fixed" | "stale";

/** A finding and what became of it. */
export interface FixedFinding {
  readonly fingerprint: string;
  readonly control: string;
  readonly name: string;
  /** `Kind/name`, with the namespace between them where there is one. */
  readonly resource: string;
  readonly file?: string;
  readonly line?: number;
  readonly outcome: FindingOutcome;
  /** What a person must decide. */
  readonly question?: string;
  /** The field that it is about. */
  readonly path?: string;
  /** What to begin with. */
  readonly value?: unknown;
  /** Of what no machine can write: the changes to make, such as `set spec.hostPID to false`, in the object as it is rendered. */
  readonly changes?: readonly string[];
  /** A change of the template that takes the finding away, as a unified diff with secrets masked. It is never written. */
  readonly proposal?: string;
  /** Why there is no fix, or why it was not made. */
  readonly reason?: string;
  /** Of what was not fixed: the entry in the catalogue of problems, and what to do. */
  readonly code?: FixProblemCode;
  readonly remedy?: string;
}

/** A file that was changed or would be. */
export interface FixedFile {
  readonly file: string;
  /** written; proposed in a dry run; or left as it was. */
  readonly outcome: "written" | "proposed" | "left";
  /** How many findings its change takes away. */
  readonly findings: number;
  /** A unified diff with secrets masked. */
  readonly diff: string;
  /** Of a new file: the kustomization that names it. */
  readonly namedBy?: string;
  /** Why it was left, or left out of the patch. */
  readonly code?: FixProblemCode;
  readonly reason?: string;
}

/** What `holdfast fix` did, as `--json` prints it. */
export interface FixReport {
  readonly schema: "holdfast.fix/v1";
  readonly dryRun: boolean;
  readonly summary: {
    readonly fixed: number;
    readonly files: number;
    readonly decisions: number;
    readonly noFix: number;
    readonly notFixed: number;
    readonly stale: number;
  };
  readonly files: readonly FixedFile[];
  readonly findings: readonly FixedFinding[];
}

/** Why something was left as it was. */
export interface Cause {
  readonly code: FixProblemCode;
  readonly cause: string;
}

function described({ resources, controls }: Result, finding: Finding): Omit<FixedFinding, "outcome"> {
  const { kind = "", namespace = "", name = "", file } = resources[finding.resource] ?? {};
  const place = finding.source?.file ?? file;
  const { line } = finding.source ?? {};
  return {
    fingerprint: finding.fingerprint,
    control: finding.control,
    name: controls.find(({ id }) => id === finding.control)?.name ?? "",
    resource: [kind, ...(namespace === "" ? [] : [namespace]), name].join("/"),
    ...(place === undefined ? {} : { file: place }),
    ...(line === undefined ? {} : { line }),
  };
}

/** What became of a finding that is gone. */
export function fixedFinding(result: Result, finding: Finding): FixedFinding {
  return { ...described(result, finding), outcome: "fixed" };
}

/** What became of a finding that is still there. `left` says why its fix was not made, where it has one. */
export function leftFinding(result: Result, finding: Finding, left: Cause | undefined): FixedFinding {
  const own = described(result, finding);
  if (left !== undefined)
    return {
      ...own,
      outcome: "not-fixed",
      reason: left.cause,
      code: left.code,
      remedy: remedyOf(left, finding),
      ...(left.code === "fix-no-edit" ? { changes: changesOf(finding) } : {}),
    };
  const choice = finding.fixes.find(({ kind }) => kind === "choose");
  if (choice !== undefined) {
    const { path, value, question = "what it is to be" } = choice;
    return { ...own, outcome: "decision", question, ...(path === undefined ? {} : { path }), ...(value === undefined ? {} : { value }) };
  }
  if (finding.noEdit !== undefined) return leftFinding(result, finding, { code: "fix-no-edit", cause: finding.noEdit });
  return { ...own, outcome: "no-fix", reason: finding.fixes.find(({ kind }) => kind === "none")?.reason ?? "no fix is known" };
}

/** What the fixes of a finding do, in words. */
function changesOf({ fixes }: Finding): readonly string[] {
  return fixes.flatMap(({ kind, path = "", value }) => {
    if (kind === "set") return [`set ${path} to ${JSON.stringify(value)}`];
    return kind === "remove" ? [`remove ${path}`] : [];
  });
}

function remedyOf({ code, cause }: Cause, { control }: Finding): string {
  return makeProblem(FIX_PROBLEMS, code, { subject: control, cause }).remedy;
}

/** Adds up what became of files and findings. */
export function fixReport(dryRun: boolean, files: readonly FixedFile[], findings: readonly FixedFinding[]): FixReport {
  const count = (outcome: FindingOutcome): number => findings.filter((one) => one.outcome === outcome).length;
  return {
    schema: "holdfast.fix/v1",
    dryRun,
    summary: {
      fixed: count("fixed"),
      files: files.filter(({ outcome }) => outcome !== "left").length,
      decisions: count("decision"),
      noFix: count("no-fix"),
      notFixed: count("not-fixed"),
      stale: count("stale"),
    },
    files,
    findings,
  };
}
