import { meanScore } from "../compliance.ts";
import type { Lock, LockFact } from "./lock-fact.ts";

/** The two scores that have floors. */
export type ScoreName = "compliance" | "strict-compliance";

/** The floors of controls in a lock, and what follows from them for frameworks and the scan as a whole. */
export class Floors {
  readonly #byFact = new Map<string, LockFact[]>();

  constructor({ facts }: Lock) {
    for (const fact of facts.values()) {
      if (!fact.subject.startsWith("control ")) continue;
      const own = this.#byFact.get(fact.fact);
      if (own === undefined) this.#byFact.set(fact.fact, [fact]);
      else own.push(fact);
    }
  }

  /** The floor of the scan, or of a framework (a word as in the file): the mean of those of its controls, as the framework has them. Null where none has one. */
  of(score: ScoreName, framework: string | null): number | null {
    const members = framework === null ? null : new Set((this.#byFact.get(`framework ${framework}`) ?? []).map(({ subject }) => subject));
    const own = (this.#byFact.get(score) ?? []).filter(({ subject }) => members === null || members.has(subject));
    const scoped = framework === null ? [] : (this.#byFact.get(`framework ${framework} ${score}`) ?? []);
    const within = new Map(scoped.map(({ subject, value }) => [subject, value]));
    return meanScore(own.map(({ subject, value }) => Number(within.get(subject) ?? value)));
  }
}
