import type { Evaluation, FindingDraft, Resource } from "@holdfast/core";
import type { FindingAcceptance } from "../acceptance.ts";
import { numberedFingerprints } from "../fingerprint.ts";
import { acceptances, matchExceptions, type AppliedException } from "./apply-exceptions.ts";
import { Estate } from "./estate.ts";
import type { Exception } from "./exception.ts";
import { gapsOf } from "./gaps.ts";
import { inertReason, isIncomplete, objectsInScope, type InertReason } from "./inert-reason.ts";
import { overBroadReasons, type OverBroadReason } from "./over-broad.ts";
import { scopeText } from "./scope.ts";

/** What was scanned of one world: the manifests that should be, or the cluster that is. */
export interface AuditedWorld {
  readonly world: "files" | "cluster";
  readonly evaluation: Evaluation;
  /** The name of the cluster. */
  readonly cluster?: string;
}

/** A finding as an audit names it. */
export interface AuditedFinding {
  readonly fingerprint: string;
  readonly control: string;
  readonly message: string;
  readonly resource: Pick<Resource, "apiVersion" | "kind" | "namespace" | "name">;
}

/** What an exception does in one world. */
export interface WorldEffect {
  readonly world: AuditedWorld["world"];
  /** How many objects it is about. */
  readonly objects: number;
  /** The findings in its scope. Where it applies, it accepts them. */
  readonly inScope: readonly AuditedFinding[];
  /** Fingerprints of those among them that would be open without it, in some judgement at least. */
  readonly returns: readonly string[];
  /** Why nothing is in its scope, as far as the data were read; null where something is. */
  readonly inert: InertReason | null;
  /** True where something could not be read, or its control not judged: what is not seen in its scope may be there all the same. */
  readonly incomplete: boolean;
  /** Why it does not apply there; null where it does. */
  readonly notApplied: { readonly status: "expired" | "premise-failed"; readonly detail: string } | null;
}

/** What can be said against an exception. */
export const AUDIT_VERDICTS = ["inert", "unknown", "over-broad", "expired", "shadowed", "premise-failed"] as const;
export type AuditVerdict = (typeof AUDIT_VERDICTS)[number];

/** What an audit says of an exception. */
export interface AuditedException {
  readonly exception: Exception;
  readonly scope: string;
  /** In the order of AUDIT_VERDICTS; empty where it is needed, narrow and in force. */
  readonly verdicts: readonly AuditVerdict[];
  readonly overBroad: readonly OverBroadReason[];
  /** The names of those that accept all that it accepts. */
  readonly shadowedBy: readonly string[];
  /** The only world that has objects which it is about, where several were scanned. */
  readonly onlyIn: AuditedWorld["world"] | null;
  readonly worlds: readonly WorldEffect[];
}

/** One world with all exceptions applied to it. */
interface Applied {
  readonly world: AuditedWorld;
  readonly estate: Estate;
  readonly applied: readonly AppliedException[];
  readonly whole: ReadonlyMap<number, FindingAcceptance>;
  readonly fingerprints: readonly string[];
}

/** Whether a finding that is accepted is accepted less without an exception: nowhere, or in fewer frameworks. */
function isLost(before: FindingAcceptance, after: FindingAcceptance | undefined): boolean {
  if (after === undefined) return true;
  if (before.acceptedBy !== null && after.acceptedBy === null) return true;
  // What is accepted everywhere by another one misses no framework.
  if (after.acceptedBy !== null) return false;
  return before.acceptedIn.some(({ framework }) => !after.acceptedIn.some((one) => one.framework === framework));
}

/** The places of the findings that return when one exception is taken away. */
function ablate({ world, applied, whole }: Applied, at: number): readonly number[] {
  const one = applied[at];
  if (one === undefined || one.standing.status !== "active" || one.inScope.size === 0) return [];
  const rest = applied.map((each, place) =>
    place === at ? { ...each, inScope: new Map() } : { ...each, inScope: within(each.inScope, one.inScope) },
  );
  const without = acceptances(world.evaluation, rest);
  return [...one.inScope.keys()].filter((place) => {
    const before = whole.get(place);
    return before !== undefined && isLost(before, without.get(place));
  });
}

/** The part of a scope that another one shares: no other finding can change. */
function within<T>(scope: ReadonlyMap<number, T>, other: ReadonlyMap<number, unknown>): ReadonlyMap<number, T> {
  return new Map([...scope].filter(([place]) => other.has(place)));
}

function audited(draft: FindingDraft, fingerprint: string, resources: readonly Resource[]): AuditedFinding {
  const resource = resources[draft.resource];
  const { apiVersion = "", kind = "", namespace = "", name = "" } = resource ?? {};
  return { fingerprint, control: draft.control, message: draft.message, resource: { apiVersion, kind, namespace, name } };
}

function effectIn(one: Applied, at: number): WorldEffect | null {
  const applied = one.applied[at];
  if (applied === undefined) return null;
  const { exception, standing, inScope } = applied;
  const { evaluation, world } = one.world;
  const findings = [...inScope.keys()].flatMap((place) => {
    const draft = evaluation.findings[place];
    return draft === undefined ? [] : [audited(draft, one.fingerprints[place] ?? "", evaluation.resources)];
  });
  return {
    world,
    objects: objectsInScope(exception, one.estate),
    inScope: findings.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)),
    returns: ablate(one, at)
      .map((place) => one.fingerprints[place] ?? "")
      .toSorted(),
    inert: inScope.size > 0 ? null : inertReason(exception, evaluation, one.estate),
    incomplete: isIncomplete(exception, evaluation, one.estate),
    notApplied: standing.status === "active" ? null : standing,
  };
}

/** Those that take the effect from an exception: in every world where it accepts something, and of these the ones that accept some of it. */
function shadowsOf(worlds: readonly Applied[], at: number, effects: readonly WorldEffect[]): readonly string[] {
  const active = effects.filter(({ notApplied, inScope }) => notApplied === null && inScope.length > 0);
  if (active.length === 0 || active.some(({ returns }) => returns.length > 0)) return [];
  const names = worlds.flatMap(({ applied }) => {
    const own = applied[at]?.inScope ?? new Map();
    return applied.flatMap(({ exception, standing, inScope }, place) =>
      place !== at && standing.status === "active" && [...own.keys()].some((key) => inScope.has(key)) ? [exception.name] : [],
    );
  });
  return [...new Set(names)];
}

function onlyWorld(effects: readonly WorldEffect[]): AuditedWorld["world"] | null {
  const [first, ...others] = effects.filter(({ objects }) => objects > 0);
  return first !== undefined && others.length === 0 && effects.length > 1 ? first.world : null;
}

/** Proves what each exception does: what it accepts, what would return without it, and what speaks against it. */
export function auditExceptions(
  worlds: readonly AuditedWorld[],
  exceptions: readonly Exception[],
  now: number,
): readonly AuditedException[] {
  const applied = worlds.map((world): Applied => {
    const { evaluation, cluster } = world;
    const matched = matchExceptions(evaluation, exceptions, { now, ...(cluster === undefined ? {} : { cluster }) });
    return {
      world,
      estate: new Estate(evaluation.resources, cluster ?? null, gapsOf(evaluation)),
      applied: matched,
      whole: acceptances(evaluation, matched),
      fingerprints: numberedFingerprints(evaluation),
    };
  });
  const controls = [
    ...new Map(worlds.flatMap(({ evaluation }) => evaluation.allControls).map((control) => [control.id, control])).values(),
  ];
  return exceptions.map((exception, at): AuditedException => {
    const effects = applied.flatMap((one) => effectIn(one, at) ?? []);
    const overBroad = overBroadReasons(exception, controls);
    const shadowedBy = shadowsOf(applied, at, effects);
    const expired = effects.some(({ notApplied }) => notApplied?.status === "expired");
    const nothing = !expired && effects.every(({ inert }) => inert !== null);
    const incomplete = effects.some((effect) => effect.incomplete);
    const holds: Readonly<Record<AuditVerdict, boolean>> = {
      inert: nothing && !incomplete,
      unknown: nothing && incomplete,
      "over-broad": overBroad.length > 0,
      expired,
      shadowed: shadowedBy.length > 0,
      "premise-failed": effects.some(({ notApplied }) => notApplied?.status === "premise-failed"),
    };
    return {
      exception,
      scope: scopeText(exception),
      verdicts: AUDIT_VERDICTS.filter((verdict) => holds[verdict]),
      overBroad,
      shadowedBy,
      onlyIn: onlyWorld(effects),
      worlds: effects,
    };
  });
}
