import type { RegoValue } from "../runtime/value.ts";
import type { Site } from "./site.ts";

/** An expression of a body that is being evaluated, or that holds at present. */
export interface OpenStep {
  readonly site: Site;
  holds: boolean;
  /** The values of the variables that `site.names` names. */
  values: readonly RegoValue[];
  /** The rules and functions that it evaluated. */
  readonly uses: Call[];
}

/** How a rule came to one of its values: the expressions of a body that held. */
export interface Derivation {
  readonly head: Site;
  readonly value: RegoValue;
  readonly keys: readonly RegoValue[];
  readonly input: RegoValue | undefined;
  readonly steps: readonly Pick<OpenStep, "site" | "values" | "uses">[];
}

/** The evaluation of a rule or function, with what it gave. */
export interface Call {
  readonly site: Site;
  readonly derivations: Derivation[];
}

/** A body, or a call with its bodies, under evaluation. */
export class Frame {
  readonly parent: Frame | null;
  readonly site: Site;
  readonly call: Call | null;
  readonly input: RegoValue | undefined;
  /** The number of bodies around. */
  readonly depth: number;
  readonly id: number;
  readonly steps: OpenStep[] = [];
  exited: boolean = false;

  constructor(parent: Frame | null, site: Site, call: Call | null, input: RegoValue | undefined, id: number) {
    this.parent = parent;
    this.site = site;
    this.call = call;
    this.input = input;
    this.depth = parent === null ? 0 : parent.depth + (parent.call === null ? 1 : 0);
    this.id = id;
  }
}
