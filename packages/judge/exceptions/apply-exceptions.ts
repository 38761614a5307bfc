import type { Control, Evaluation, ExceptionSummary, Framework, Problem } from "@holdfast/core";
import type { Acceptance, FindingAcceptance } from "../acceptance.ts";
import { Estate } from "./estate.ts";
import type { Exception } from "./exception.ts";
import { timeValue } from "./fields.ts";
import { gapsOf } from "./gaps.ts";
import { acceptedIn, Candidate, concernsControl, coversObject, type AcceptedWhere } from "./match.ts";
import { premiseFault } from "./premises/check.ts";
import { premiseText } from "./premises/premise.ts";
import { scopeText } from "./scope.ts";

/** What exceptions are applied with. */
export interface ApplyOptions {
  /** Milliseconds since 1970, to tell what is expired. */
  readonly now: number;
  /** The name of the cluster, where one is scanned. */
  readonly cluster?: string;
}

/** Whether an exception applies in a scan at all, and why it does not. */
export type Standing = { readonly status: "active" } | { readonly status: "expired" | "premise-failed"; readonly detail: string };

/** An exception in a scan: whether it applies, and what is in its scope, whether it applies or not. */
export interface AppliedException {
  readonly exception: Exception;
  readonly standing: Standing;
  /** For which judgement, by the place of the finding in the evaluation. */
  readonly inScope: ReadonlyMap<number, AcceptedWhere>;
}

function standingOf(exception: Exception, estate: Estate, now: number): Standing {
  const { expires, premises } = exception;
  // What is no time has passed.
  if (expires !== null && !(timeValue(expires) > now)) return { status: "expired", detail: `it expired at ${expires}` };
  for (const premise of premises) {
    const fault = premiseFault(premise, estate);
    if (fault !== null) return { status: "premise-failed", detail: `its premise "${premiseText(premise)}" does not hold: ${fault}` };
  }
  return { status: "active" };
}

/** The frameworks that are judged and have a control. */
export function judgedFrameworks(frameworks: readonly Framework[], control: string): readonly Framework[] {
  return frameworks.filter(({ sections }) => sections.some(({ controls }) => controls.includes(control)));
}

/** Finds out for each exception what is in its scope. */
export function matchExceptions(
  evaluation: Evaluation,
  exceptions: readonly Exception[],
  options: ApplyOptions,
): readonly AppliedException[] {
  const estate = new Estate(evaluation.resources, options.cluster ?? null, gapsOf(evaluation));
  const scopes = exceptions.map(() => new Map<number, AcceptedWhere>());
  const controls = new Map<string, Control>(evaluation.controls.map(({ control }) => [control.id, control]));
  const concerned = new Map<string, { readonly places: readonly number[]; readonly frameworks: readonly Framework[] }>();
  for (const [place, draft] of evaluation.findings.entries()) {
    const control = controls.get(draft.control);
    if (control === undefined) continue;
    let own = concerned.get(control.id);
    if (own === undefined) {
      own = {
        places: exceptions.flatMap((exception, at) => (concernsControl(exception, control) ? [at] : [])),
        frameworks: judgedFrameworks(evaluation.frameworks, control.id),
      };
      concerned.set(control.id, own);
    }
    if (own.places.length === 0) continue;
    const candidate = new Candidate(draft, estate);
    for (const at of own.places) {
      const exception = exceptions[at];
      if (exception === undefined) continue;
      const where = acceptedIn(exception, control, draft.rule, own.frameworks);
      if (where !== null && coversObject(exception, candidate)) scopes[at]?.set(place, where);
    }
  }
  return exceptions.map((exception, at) => ({
    exception,
    standing: standingOf(exception, estate, options.now),
    inScope: scopes[at] ?? new Map(),
  }));
}

/** What some exceptions make of a finding, the first that accepts it being the one that is named. `frameworks` are those that are judged and have its control. */
function acceptanceOf(
  place: number,
  applied: readonly (readonly [at: number, inScope: ReadonlyMap<number, AcceptedWhere>])[],
  frameworks: readonly Framework[],
): FindingAcceptance | null {
  const byFramework = new Map<string, number>();
  for (const [at, inScope] of applied) {
    const where = inScope.get(place);
    if (where === "everywhere") return { acceptedBy: at, acceptedIn: [] };
    for (const id of where ?? []) if (!byFramework.has(id)) byFramework.set(id, at);
  }
  if (byFramework.size === 0) return null;
  // Whoever judges by several frameworks has it accepted when each of them accepts it.
  const everywhere = frameworks.every(({ id }) => byFramework.has(id));
  const list = [...byFramework]
    .map(([framework, exception]) => ({ framework, exception }))
    .toSorted((a, b) => (a.framework < b.framework ? -1 : 1));
  return { acceptedBy: everywhere ? (list[0]?.exception ?? null) : null, acceptedIn: list };
}

/** What the active ones among some exceptions make of all findings, by the place of the finding. */
export function acceptances(evaluation: Evaluation, applied: readonly AppliedException[]): ReadonlyMap<number, FindingAcceptance> {
  const active = applied.flatMap(({ standing, inScope }, at) => (standing.status === "active" ? [[at, inScope] as const] : []));
  const places = new Set(active.flatMap(([, inScope]) => [...inScope.keys()]));
  const frameworks = new Map<string, readonly Framework[]>();
  const found = new Map<number, FindingAcceptance>();
  for (const place of [...places].toSorted((a, b) => a - b)) {
    const control = evaluation.findings[place]?.control ?? "";
    let own = frameworks.get(control);
    if (own === undefined) frameworks.set(control, (own = judgedFrameworks(evaluation.frameworks, control)));
    const acceptance = acceptanceOf(place, active, own);
    if (acceptance !== null) found.set(place, acceptance);
  }
  return found;
}

/** What a result says of an exception. */
function exceptionSummary({ exception, standing, inScope }: AppliedException): ExceptionSummary {
  const { name, form, reason, author, file, line, expires, controls } = exception;
  return {
    id: name,
    form,
    status: standing.status,
    ...(standing.status === "active" ? {} : { detail: standing.detail }),
    scope: scopeText(exception),
    ...(controls.length === 0 ? {} : { actions: [...new Set(controls.map(({ action }) => action))].toSorted() }),
    reason,
    ...(author === null ? {} : { author }),
    ...(file === null ? {} : { file }),
    ...(line === null ? {} : { line }),
    ...(expires === null ? {} : { expires }),
    accepts: standing.status === "active" ? inScope.size : 0,
  };
}

/** Applies exceptions to what a scan found. `listed` are such as were found and do not apply, and `problems` what is wrong with some. */
export function applyExceptions(
  evaluation: Evaluation,
  exceptions: readonly Exception[],
  options: ApplyOptions,
  others: { readonly listed?: readonly ExceptionSummary[]; readonly problems?: readonly Problem[] } = {},
): Acceptance {
  const applied = matchExceptions(evaluation, exceptions, options);
  return {
    findings: acceptances(evaluation, applied),
    exceptions: [...applied.map(exceptionSummary), ...(others.listed ?? [])],
    problems: others.problems ?? [],
  };
}
