import {
  AUDIT_VERDICTS,
  type AuditedException,
  type AuditedFinding,
  type AuditVerdict,
  type WorldEffect,
} from "@holdfast/judge/exceptions";
import { printable } from "@holdfast/report";

/** Findings that are named of one exception. */
const MOST = 5;

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function findingText({ control, resource, fingerprint }: AuditedFinding, returns: readonly string[]): string {
  const { kind, namespace, name } = resource;
  const stays = returns.includes(fingerprint) ? "" : " (another exception accepts it too)";
  return `    ${control} ${kind} ${namespace === "" ? "" : `${namespace}/`}${name}  ${fingerprint.slice(0, 12)}${stays}`;
}

function returning(accepted: number, returns: number): string {
  if (returns === 0) return "none returns";
  if (returns < accepted) return `${returns} of them ${returns === 1 ? "returns" : "return"}`;
  return accepted === 1 ? "it returns" : "all return";
}

function* effectLines({ world, inScope, returns, inert, incomplete, notApplied }: WorldEffect, several: boolean): Iterable<string> {
  const where = several ? `in the ${world === "files" ? "manifests" : "cluster"}: ` : "";
  if (notApplied !== null) yield `  ${where}it does not apply: ${notApplied.detail}`;
  if (inert !== null) {
    yield incomplete
      ? `  ${where}what it accepts is not known, since not all could be read and judged; as far as it was: ${inert.text}`
      : `  ${where}it accepts nothing: ${inert.text}`;
    return;
  }
  const accepts = notApplied === null ? "accepts" : "would accept";
  const back = notApplied === null ? `; without it ${returning(inScope.length, returns.length)}` : "";
  yield `  ${where}${accepts} ${count(inScope.length, "finding")}${back}`;
  for (const finding of inScope.slice(0, MOST))
    yield findingText(finding, notApplied === null ? returns : inScope.map(({ fingerprint }) => fingerprint));
  if (inScope.length > MOST) yield `    … and ${inScope.length - MOST} more; --format json has all`;
}

function* exceptionLines({ exception, scope, verdicts, overBroad, shadowedBy, onlyIn, worlds }: AuditedException): Iterable<string> {
  const { name, file, line, reason, expires } = exception;
  yield `${name}${verdicts.length === 0 ? "" : `  ${verdicts.join(", ").toUpperCase()}`}`;
  yield `  ${file ?? "from the cluster"}${line === null ? "" : `:${line}`}`;
  yield `  ${scope}${expires === null ? "" : `, until ${expires}`}: ${reason}`;
  for (const effect of worlds) yield* effectLines(effect, worlds.length > 1);
  if (onlyIn !== null) yield `  what it is about exists only in the ${onlyIn === "files" ? "manifests" : "cluster"}`;
  for (const { text } of overBroad) yield `  over-broad: ${text}`;
  if (shadowedBy.length > 0)
    yield `  shadowed: ${shadowedBy.join(", ")} ${shadowedBy.length === 1 ? "accepts" : "accept"} all that it accepts`;
}

function counts(audited: readonly AuditedException[]): Readonly<Record<AuditVerdict, number>> {
  const found = Object.fromEntries(
    AUDIT_VERDICTS.map((verdict) => [verdict, audited.filter(({ verdicts }) => verdicts.includes(verdict)).length]),
  );
  return found as Record<AuditVerdict, number>;
}

/** An audit for people. */
export function auditText(audited: readonly AuditedException[]): string {
  const numbers = counts(audited);
  const said = AUDIT_VERDICTS.filter((verdict) => numbers[verdict] > 0).map((verdict) => `${numbers[verdict]} ${verdict}`);
  const sound = audited.filter(({ verdicts }) => verdicts.length === 0).length;
  const lines = audited.flatMap((one) => [...exceptionLines(one), ""]);
  return `${[...lines, `${count(audited.length, "exception")}: ${[...said, `${sound} with nothing against ${sound === 1 ? "it" : "them"}`].join(", ")}`].map(printable).join("\n")}\n`;
}

/** An audit for programs. */
export function auditJson(audited: readonly AuditedException[]): string {
  const exceptions = audited.map(({ exception, ...rest }) => {
    const { name, form, file, line, reason, author, expires } = exception;
    return { id: name, form, file, line, reason, author, expires, ...rest };
  });
  return `${JSON.stringify({ schema: "holdfast.exceptions-audit/v1", counts: counts(audited), exceptions }, null, 2)}\n`;
}
