import type { GateOutcome, Result, Severity } from "@holdfast/core";
import { resultExitCode, type ExitCode } from "../exit-code.ts";

/** A finding that caused a breach. */
export interface GateCause {
  readonly fingerprint: string;
  readonly control: string;
  readonly severity: Severity;
  readonly status: "open" | "accepted";
  readonly resource: { readonly apiVersion: string; readonly kind: string; readonly namespace: string; readonly name: string };
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

/** How the gates of a scan came out: the form of gate-report.schema.json. */
export interface GateReport {
  readonly schema: "holdfast.gates/v1";
  readonly tool: Result["tool"];
  readonly time?: string;
  /** What gates and data call for. Outputs that could not be written are not in it. */
  readonly exitCode: ExitCode;
  /** The worst of all gates; holds where there is none and there is data. */
  readonly outcome: GateOutcome["outcome"];
  readonly gates: readonly GateOutcome[];
  /** The findings that gates name as causes, each once, the most severe first. */
  readonly findings: readonly GateCause[];
}

/** Makes the report on the gates of a result. */
export function gateReport(result: Result): GateReport {
  const exitCode = resultExitCode(result);
  const named = new Set(result.gates.flatMap(({ causes }) => causes));
  const findings = result.findings
    .filter(({ fingerprint }) => named.has(fingerprint))
    .map(({ fingerprint, control, severity, status, resource, message, source }): GateCause => {
      const owner = result.resources[resource];
      const { apiVersion = "", kind = "", namespace = "", name = "" } = owner ?? {};
      const file = source?.file ?? owner?.file;
      const line = source?.line ?? owner?.line;
      const place = { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
      return { fingerprint, control, severity, status, resource: { apiVersion, kind, namespace, name }, message, ...place };
    });
  const breached = result.gates.some(({ outcome }) => outcome === "breached");
  return {
    schema: "holdfast.gates/v1",
    tool: result.tool,
    ...(result.time === undefined ? {} : { time: result.time }),
    exitCode,
    outcome: breached ? "breached" : exitCode === 0 ? "holds" : "no-data",
    gates: result.gates,
    findings,
  };
}
