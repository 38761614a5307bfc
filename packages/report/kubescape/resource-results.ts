import type { ControlResult, Finding, Fix, Result, Verdict } from "@holdfast/core";
import { resourceId } from "./identifiers.ts";
import { severityName, statusInfo, type StatusInfo } from "./statuses.ts";

interface RulePath {
  readonly resourceID: string;
  readonly failedPath?: string;
  readonly reviewPath?: string;
  readonly deletePath?: string;
  readonly fixPath: { readonly path?: string; readonly value?: string };
}

/** The value of a fix as Kubescape spells it: a text, and YOUR_VALUE where a person must decide. */
function fixValue({ kind, value }: Fix): string {
  if (kind === "choose" && value === undefined) return "YOUR_VALUE";
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

/** What each path of a finding says. One of Kubescape's paths is about one thing: what failed, what to review, what to delete, or what to set. */
function* rulePaths(finding: Finding, result: Result): Iterable<RulePath> {
  const idOf = (place: number): string => {
    const resource = result.resources[place];
    return resource === undefined ? "" : resourceId(resource);
  };
  const own = idOf(finding.resource);
  for (const { path, kind, resource } of finding.paths) {
    yield { resourceID: resource === undefined ? own : idOf(resource), [`${kind}Path`]: path, fixPath: {} };
  }
  for (const fix of finding.fixes) {
    if (fix.path === undefined || fix.kind === "none") continue;
    if (fix.kind === "remove") {
      if (!finding.paths.some(({ path, kind }) => kind === "delete" && path === fix.path))
        yield { resourceID: own, deletePath: fix.path, fixPath: {} };
    } else yield { resourceID: own, fixPath: { path: fix.path, value: fixValue(fix) } };
  }
}

/** What Kubescape calls the actions of its own kinds of objects. */
const ACTIONS = { ignore: "disable", alert_only: "alertOnly" } as const;

function exceptionOf({ acceptedBy }: Finding, { exceptions }: Result): object[] {
  const exception = acceptedBy === undefined ? undefined : exceptions[acceptedBy];
  if (exception === undefined) return [];
  const { id, reason, expires, actions = [] } = exception;
  return [
    {
      name: id,
      policyType: "postureExceptionPolicy",
      actions: actions.map((action) => ACTIONS[action]),
      reason,
      ...(expires === undefined ? {} : { expirationDate: expires }),
    },
  ];
}

function failedRule(name: string, findings: readonly Finding[], result: Result): object {
  const open = findings.some(({ status }) => status === "open");
  const related = findings.flatMap((finding) => finding.related.flatMap((place) => result.resources[place] ?? []));
  return {
    name,
    ...(open ? { status: "failed" } : { status: "passed", subStatus: "w/exceptions" }),
    controlConfigurations: {},
    paths: findings.flatMap((finding) => [...rulePaths(finding, result)]),
    exception: findings.flatMap((finding) => exceptionOf(finding, result)),
    relatedResourcesIDs: [...new Set(related.map(resourceId))],
  };
}

function otherRule(name: string, { status, subStatus }: StatusInfo): object {
  return {
    name,
    status,
    ...(subStatus === undefined ? {} : { subStatus }),
    controlConfigurations: {},
    paths: [],
    exception: [],
    relatedResourcesIDs: [],
  };
}

function controlEntry(control: ControlResult, status: StatusInfo, rules: readonly object[]): object {
  return { controlID: control.id, name: control.name, severity: severityName(control.severity), status, rules };
}

/** The verdict of a control on a resource that has findings of it. */
function withFindings(control: ControlResult, findings: readonly Finding[], result: Result): object {
  const open = findings.some(({ status }) => status === "open");
  const rules = [...Map.groupBy(findings, ({ rule }) => rule)].map(([name, own]) => failedRule(name, own, result));
  return controlEntry(control, statusInfo(open ? "failed" : "accepted", undefined), rules);
}

function withoutFindings(control: ControlResult, { status, skip, receipts = [] }: Verdict, result: Result): object {
  const info = statusInfo(status, skip);
  const names = new Set(receipts.flatMap((place) => result.receipts[place]?.rule ?? []));
  return controlEntry(
    control,
    info,
    [...names].map((name) => otherRule(name, info)),
  );
}

/** The items of `results`: for each resource that anything was judged of, what became of each control. */
export function* resourceResults(result: Result): Iterable<object> {
  const controls = new Map(result.controls.map((control) => [control.id, control]));
  const verdicts = Map.groupBy(result.verdicts, ({ resource }) => resource);
  const findings = Map.groupBy(result.findings, ({ resource }) => resource);
  for (const [place, resource] of result.resources.entries()) {
    const entries: object[] = [];
    for (const [id, own] of Map.groupBy(findings.get(place) ?? [], ({ control }) => control)) {
      const control = controls.get(id);
      if (control !== undefined) entries.push(withFindings(control, own, result));
    }
    for (const verdict of verdicts.get(place) ?? []) {
      const control = controls.get(verdict.control);
      // Verdicts with findings are among those above.
      if (control !== undefined && verdict.status !== "failed" && verdict.status !== "accepted")
        entries.push(withoutFindings(control, verdict, result));
    }
    if (entries.length > 0) yield { resourceID: resourceId(resource), controls: entries };
  }
}
