import type { ResolvedTerm, RuleGroup, RuleNode } from "../2-resolve/resolved.ts";
import type { Site } from "../observe/site.ts";
import type { RegoValue } from "../runtime/value.ts";
import { documentStart } from "./document-start.ts";

/** What the planner knows of the program's rules. */
export interface KnownRules {
  readonly root: RuleNode;
  /** The position of each rule in the program. */
  readonly indexes: ReadonlyMap<RuleGroup, number>;
  /** The values of rules that are constants, and that nothing replaces. */
  readonly constants: ReadonlyMap<RuleGroup, RegoValue>;
  /** Collects the places that instrumented code tells about; null for ordinary plans. */
  readonly sites: Site[] | null;
}

/** The value of the rule that a reference begins with, where that is a constant. */
export function constantOf(term: ResolvedTerm, rules: KnownRules): RegoValue | undefined {
  if (term.kind !== "reference" || term.root !== "data") return undefined;
  const start = documentStart(rules.root, term.steps);
  return start.kind === "rule" ? rules.constants.get(start.rule) : undefined;
}
