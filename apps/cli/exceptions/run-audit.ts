import { worstExitCode, type ExitCode } from "@holdfast/judge";
import { auditExceptions, type AuditedException, type AuditVerdict } from "@holdfast/judge/exceptions";
import { printable } from "@holdfast/report";
import type { CommandContext } from "../commands/define.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { expiryTime } from "./accept.ts";
import { auditJson, auditText } from "./audit-text.ts";
import { dataExitCode, lossExitCode, judgeWithExceptions } from "./exceptions-to-judge.ts";

/** What an audit is told beside what to scan. */
export interface AuditRequest {
  readonly failOn: readonly AuditVerdict[];
  readonly format: "pretty" | "json";
}

/** Which exceptions break what was asked for, in one line; null where none does. */
function breach(audited: readonly AuditedException[], failOn: readonly AuditVerdict[]): string | null {
  const failing = audited.filter(({ verdicts }) => verdicts.some((verdict) => failOn.includes(verdict)));
  if (failing.length === 0) return null;
  const named = failing.map(
    ({ exception, verdicts }) => `${exception.name} (${verdicts.filter((one) => failOn.includes(one)).join(", ")})`,
  );
  return `${failing.length} of ${audited.length} ${audited.length === 1 ? "exception" : "exceptions"}: ${named.join(", ")}`;
}

/** `holdfast exceptions audit`: proves what each exception does. */
export async function runAudit(configuration: ScanConfiguration, request: AuditRequest, context: CommandContext): Promise<ExitCode> {
  const { exceptions, worlds } = await judgeWithExceptions(configuration, context);
  const audited = auditExceptions(worlds, exceptions, expiryTime(context.environment));
  const { stdout, stderr } = context;
  stdout.write(request.format === "json" ? auditJson(audited) : auditText(audited));
  const message = breach(audited, request.failOn);
  if (message !== null) stderr.write(`holdfast: --fail-on ${request.failOn.join(",")}: ${printable(message)}\n`);
  return worstExitCode([message === null ? 0 : 1, dataExitCode(worlds, stderr), lossExitCode(worlds, stderr)]);
}
