import { groupOf, identityOf, type KindPattern, type KubernetesObject, type RuleDescription } from "@holdfast/core";
import type { RegoValue } from "@holdfast/rego";
import type { CompiledLibrary, RuleProgram } from "../library/compiled-library.ts";
import { evaluateRule, type RuleOutcome, type RuleSettings } from "./evaluate-rule.ts";
import type { RuleFinding } from "./rule-finding.ts";

/** Characters of a text of a ConfigMap that are kept once the ConfigMap was judged by itself. A longer one is let go whole. */
export const LONGEST_KEPT_TEXT = 256;

/** What stands for a text that was let go. */
const LET_GO = "";
const TEXT_FIELDS = ["data", "binaryData"] as const;

/** Whether objects of a kind may hold texts of any length, and there may be many of them: a ConfigMap takes up to a megabyte. Of Secrets no values are read; other kinds hold settings. */
export function holdsTexts({ group, kind }: KindPattern): boolean {
  return group === "" && kind === "ConfigMap";
}

/** Whether a rule is about nothing but ConfigMaps, each of which it judges by itself: as soon as one is there. */
export function judgesOnArrival({ kinds, needs, aggregate, clouds }: RuleDescription): boolean {
  return kinds.length > 0 && kinds.every(holdsTexts) && needs === null && aggregate === null && clouds.length === 0;
}

/** A ConfigMap without the texts that are longer than {@link LONGEST_KEPT_TEXT}; the same object where it has none. Keys stay. */
export function withoutLongTexts(object: KubernetesObject): KubernetesObject {
  const changed = TEXT_FIELDS.flatMap((field) => {
    const texts = object[field];
    if (typeof texts !== "object" || texts === null || Array.isArray(texts)) return [];
    const isLong = (value: unknown): boolean => typeof value === "string" && value.length > LONGEST_KEPT_TEXT;
    const entries = Object.entries(texts);
    if (!entries.some(([, value]) => isLong(value))) return [];
    return [[field, Object.fromEntries(entries.map(([key, value]: [string, unknown]) => [key, isLong(value) ? LET_GO : value]))]];
  });
  return changed.length === 0 ? object : { ...object, ...(Object.fromEntries(changed) as KubernetesObject) };
}

/** What came of judging one object by one rule: that it counts, or does not, or the outcome where there is more to say. */
type Judgement = "judged" | "not-judged" | RuleOutcome;

/**
 * Judges ConfigMaps of a cluster one by one as they come, by the rules that are about nothing else, and lets go of their long texts: what stays in memory does not grow with these. Rules that look at ConfigMaps beside
 * other objects are evaluated when all is there, and see names, keys and short texts. An object with a finding stays whole, since the finding shows parts of it.
 */
export class JudgedOnArrival {
  readonly #rules: readonly { readonly rule: RuleDescription; readonly program: RuleProgram }[];
  readonly #settings: RuleSettings;
  // An object that a list gives up again takes its judgements with it.
  readonly #known = new WeakMap<KubernetesObject, readonly Judgement[]>();
  /** Of the many objects that every rule judged and found nothing in. */
  readonly #clean: readonly Judgement[];

  /** `rules` are those of the scan. */
  constructor(library: CompiledLibrary, rules: readonly RuleDescription[], parameters: RuleSettings["parameters"]) {
    this.#rules = rules.filter(judgesOnArrival).flatMap((rule) => {
      const program = library.program(rule.name);
      return program === null ? [] : [{ rule, program }];
    });
    // Such rules are about no provider.
    this.#settings = { parameters, cloudProvider: "" };
    this.#clean = this.#rules.map(() => "judged");
  }

  /** Judges an object that has come, and gives what is to be kept of it. Objects of other kinds are kept as they are. */
  take(object: KubernetesObject): KubernetesObject {
    const { apiVersion, kind } = identityOf(object);
    if (!holdsTexts({ group: groupOf(apiVersion), kind })) return object;
    const judgements = this.#rules.map(({ rule, program }): Judgement => {
      const outcome = evaluateRule(rule, program, [object], this.#settings);
      if (outcome.problem !== null || outcome.findings.length > 0) return outcome;
      return outcome.judged.length > 0 ? "judged" : "not-judged";
    });
    const isWhole = judgements.some((one) => typeof one !== "string");
    const kept = isWhole ? object : withoutLongTexts(object);
    this.#known.set(kept, judgements.every((one) => one === "judged") ? this.#clean : judgements);
    return kept;
  }

  /** What a rule says of its input, from what it said of each object; null for a rule that was not evaluated on arrival. */
  outcomeOf(name: string, input: readonly KubernetesObject[]): RuleOutcome | null {
    const place = this.#rules.findIndex(({ rule }) => rule.name === name);
    const one = this.#rules[place];
    if (one === undefined) return null;
    const findings: RuleFinding[] = [];
    const judged: RegoValue[] = [];
    for (const object of input) {
      const judgement = this.#known.get(object)?.[place] ?? evaluateRule(one.rule, one.program, [object], this.#settings);
      if (judgement === "not-judged") continue;
      if (judgement === "judged") {
        judged.push(object as unknown as RegoValue);
        continue;
      }
      if (judgement.problem !== null) return judgement;
      findings.push(...judgement.findings);
      judged.push(...judgement.judged);
    }
    return { problem: null, findings, judged };
  }
}
