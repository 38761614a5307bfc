import type { KindPattern, RuleDescription } from "@holdfast/core";
import type { Discovery, ServedKind } from "./cluster-access.ts";
import type { ClusterRequest } from "./cluster-request.ts";
import { isWorkload } from "./owners.ts";

/** A kind to read, and what for. */
export interface WantedKind {
  readonly kind: ServedKind;
  /** False for a kind that is read only because others are judged by it. */
  readonly judged: boolean;
}

/** What is to be read for some rules. */
export interface WantedKinds {
  readonly wanted: readonly WantedKind[];
  /** Kinds that rules are about and that the user wants left out. */
  readonly excluded: readonly ServedKind[];
  /** Kinds that rules are about and that the server does not have. */
  readonly notServed: readonly KindPattern[];
  /** Groups that rules may need and that did not answer, each with the reason. */
  readonly silentGroups: ReadonlyMap<string, string>;
  /** Names of kinds in the request that neither the server nor a rule knows. */
  readonly unknown: readonly string[];
}

const NODE: KindPattern = { group: "", kind: "Node" };
/** Objects that tell of moments: nobody keeps them, there are more of them than of all others, and a rule about any kind does not mean them. */
const EVENTS: ReadonlySet<string> = new Set(["/Event", "events.k8s.io/Event"]);

/** Whether a pattern of a rule is about a kind. */
export function matchesKind(pattern: KindPattern, { group, kind }: Pick<ServedKind, "group" | "kind">): boolean {
  if (pattern.group !== "*" && pattern.group !== group) return false;
  return pattern.kind === "*" ? !EVENTS.has(`${group}/${kind}`) : pattern.kind === kind;
}

/** The kinds that must be read to evaluate a rule. Rules about one provider's clusters need the nodes, by which the provider is known. */
export function patternsOf(rule: RuleDescription): readonly KindPattern[] {
  return rule.clouds.length > 0 ? [...rule.kinds, NODE] : rule.kinds;
}

/** Whether a user means a kind by a name: `Deployment`, `deployments` or `apps/Deployment`, in any case. */
export function isCalled(kind: { readonly group: string; readonly kind: string; readonly resource?: string }, name: string): boolean {
  const wanted = name.toLowerCase();
  const names = [kind.kind, kind.resource ?? kind.kind].map((one) => one.toLowerCase());
  return names.some((one) => wanted === one || wanted === `${kind.group}/${one}` || wanted === `${one}.${kind.group}`);
}

/** One of each kind that several groups serve under one name is enough: the older groups repeat the objects of the newer ones. */
function withoutRepeated(kinds: readonly ServedKind[]): readonly ServedKind[] {
  const moved = new Set(kinds.filter(({ group }) => group !== "extensions").map(({ kind }) => kind));
  return kinds.filter(({ group, kind }) => group !== "extensions" || !moved.has(kind));
}

/** Finds what the server must be asked for so that these rules can be evaluated. */
export function wantedKinds(rules: readonly RuleDescription[], discovery: Discovery, request: ClusterRequest): WantedKinds {
  const { includeKinds, excludeKinds } = request;
  const isExcluded = (kind: ServedKind): boolean => excludeKinds.some((name) => isCalled(kind, name));
  const isJudged = (kind: ServedKind): boolean => includeKinds.length === 0 || includeKinds.some((name) => isCalled(kind, name));
  const kinds = withoutRepeated(discovery.kinds);

  const wanted = new Map<ServedKind, boolean>();
  const excluded = new Set<ServedKind>();
  const notServed = new Map<string, KindPattern>();
  const silent = new Map<string, string>();
  for (const rule of rules) {
    const patterns = patternsOf(rule);
    // Nodes tell whether a rule about files of nodes can apply, but it does not need them: it can be judged without.
    const read = rule.layout === null ? patterns : [...patterns, NODE];
    const own = kinds.filter((kind) => read.some((pattern) => matchesKind(pattern, kind)));
    // A rule about none of the kinds that were asked for has nothing to judge, so nothing is read for it.
    if (includeKinds.length > 0 && !own.some(isJudged)) continue;
    for (const kind of own) {
      if (isExcluded(kind)) excluded.add(kind);
      // Other workloads are judged by the rule, not needed by it.
      else if (isJudged(kind) || !isWorkload(kind)) wanted.set(kind, isJudged(kind));
    }
    for (const pattern of patterns) {
      if (pattern.kind !== "*" && !discovery.kinds.some((kind) => matchesKind(pattern, kind)))
        notServed.set(`${pattern.group}/${pattern.kind}`, pattern);
      for (const [group, cause] of discovery.silentGroups) if (pattern.group === group || pattern.group === "*") silent.set(group, cause);
    }
  }
  const known = [...discovery.kinds, ...rules.flatMap((rule) => rule.kinds)];
  return {
    wanted: [...wanted].map(([kind, judged]) => ({ kind, judged })),
    excluded: [...excluded],
    notServed: [...notServed.values()],
    silentGroups: silent,
    unknown: [...includeKinds, ...excludeKinds].filter((name) => !known.some((kind) => isCalled(kind, name))),
  };
}
