import type { KindPattern, RuleDescription, Skip } from "@holdfast/core";
import { isWorkload } from "./owners.ts";
import { matchesKind, patternsOf } from "./wanted-kinds.ts";

/** A kind that the cluster may have objects of, none of which was read. */
export interface UnreadKind {
  readonly group: string;
  /** `*` for every kind of the group. */
  readonly kind: string;
  readonly reason: "forbidden" | "failed" | "excluded" | "not-asked";
  /** What was tried, and what came of it. */
  readonly detail: string;
}

/** Kinds of a cluster that could not be read, or that the user left out: what is not seen must not be taken for absent. */
export class UnreadKinds {
  readonly #kinds: readonly UnreadKind[];

  constructor(kinds: readonly UnreadKind[]) {
    this.#kinds = kinds;
  }

  /** Why a rule can't be evaluated without what was not read; null where it can. */
  skipOf(rule: RuleDescription): Skip | null {
    const missing = this.#kinds.filter((one) => patternsOf(rule).some((pattern) => needs(pattern, one)));
    const blocking = missing.filter((one) => !this.#mayLack(rule, one));
    const [first] = blocking;
    if (first === undefined) return null;
    const detail = blocking.map((one) => one.detail).join("; ");
    const kinds = blocking.map(({ group, kind }) => (group === "" ? kind : `${group}/${kind}`)).toSorted();
    if (blocking.every(({ reason }) => reason === "excluded")) return { reason: "excluded", kinds, detail };
    return { reason: "needs-input", input: "cluster-objects", kinds, providedBy: providerOf(first), detail };
  }

  /** Workloads that a user leaves out, or does not ask for, keep others from being judged no more than workloads of other namespaces do. A rule about nothing that was asked for simply has nothing to judge. */
  #mayLack(rule: RuleDescription, { group, kind, reason }: UnreadKind): boolean {
    if (reason === "forbidden" || reason === "failed") return false;
    const somethingRead = rule.kinds.some((pattern) => !this.#kinds.some((one) => needs(pattern, one)));
    return somethingRead ? isWorkload({ group, kind }) : reason === "not-asked";
  }
}

/** A rule about whatever there is judges objects one by one, and lacks none. */
function needs(pattern: KindPattern, unread: UnreadKind): boolean {
  if (pattern.kind === "*") return false;
  return unread.kind === "*" ? pattern.group === unread.group : matchesKind(pattern, unread);
}

function providerOf({ reason }: UnreadKind): string {
  if (reason === "forbidden") return "an account that may read them: `holdfast scan --preflight` prints the role to apply";
  if (reason === "not-asked") return "a scan of the namespace or the cluster, which reads more than the one object";
  return "another scan, when the API server answers";
}
