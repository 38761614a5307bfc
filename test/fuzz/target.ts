import type { Random } from "../differential/random.ts";

/** What is fuzzed: how its inputs are made, and what must hold for each. Inputs are texts, so that they can be kept, mutated and minimised alike. */
export interface Target {
  /** The folders below `packages/rego/` whose coverage guides the search. */
  readonly covers: readonly string[];
  /** A new input, made from a grammar. */
  generate(random: Random): string;
  /** Throws, with a sentence that says what does not hold. */
  check(input: string): void;
}
