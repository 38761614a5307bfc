import type { RegoValue } from "../runtime/value.ts";
import type { Derivation, Frame } from "./frame.ts";
import type { Site } from "./site.ts";

/** What happens: a body is entered, gives a value (`Exit`) or is come back to (`Redo`); an expression is evaluated, fails or is come back to; `trace` says something. */
export type Operation = "Enter" | "Eval" | "Exit" | "Fail" | "Redo" | "Note";

/** One event of an evaluation. */
export interface TraceEvent {
  readonly operation: Operation;
  /** The body, by the order in which bodies were entered, and the body around it; null for the outermost. */
  readonly query: number;
  readonly parent: number | null;
  /** How many bodies are around. */
  readonly depth: number;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Whether it is about a body as a whole, or an expression. */
  readonly whole: boolean;
  readonly text: string;
  /** What the variables of the body are bound to, as far as they are. */
  readonly locals: Readonly<Record<string, RegoValue>>;
  /** Of `trace`. */
  readonly message: string | null;
}

export interface TraceOptions {
  /** How many events are kept. Default: 10,000. */
  readonly events?: number;
  /** How many values of rules are kept together with what made them. Default: 10,000. */
  readonly derivations?: number;
  /** Which bodies' events are kept, by the path of the rule (`data.a.p`). Default: all. */
  readonly only?: string;
}

/** Collects what evaluations do, up to a bound. `renderTrace` shows it, `explainFindings` tells which steps made the values of a rule. */
export class Trace {
  readonly events: TraceEvent[] = [];
  /** How many events there were beyond those that are kept. */
  omitted: number = 0;
  /** How many values of rules there were beyond those that can be explained. */
  omittedDerivations: number = 0;
  readonly derivations: Derivation[] = [];
  private readonly mostEvents: number;
  private readonly mostDerivations: number;
  private readonly only: string | null;

  constructor(options: TraceOptions = {}) {
    this.mostEvents = options.events ?? 10_000;
    this.mostDerivations = options.derivations ?? 10_000;
    this.only = options.only ?? null;
  }

  add(operation: Operation, frame: Frame, site: Site, message: string | undefined): void {
    if (this.only !== null && frame.site.text !== this.only) return;
    if (this.events.length >= this.mostEvents) {
      this.omitted++;
      return;
    }
    this.events.push({
      operation,
      query: frame.id,
      parent: bodyAround(frame)?.id ?? null,
      depth: frame.depth,
      file: site.file,
      line: site.line,
      column: site.column,
      whole: site === frame.site,
      text: site.text,
      locals: localsOf(frame),
      message: message ?? null,
    });
  }

  /** Whether there is room for one more value. */
  mayDerive(): boolean {
    if (this.derivations.length < this.mostDerivations) return true;
    this.omittedDerivations++;
    return false;
  }

  derived(derivation: Derivation): void {
    this.derivations.push(derivation);
  }
}

function bodyAround(frame: Frame): Frame | null {
  let around = frame.parent;
  while (around !== null && around.call !== null) around = around.parent;
  return around;
}

/** The variables of a body and of those around it in the same rule. */
function localsOf(frame: Frame): Readonly<Record<string, RegoValue>> {
  const locals: [string, RegoValue][] = [];
  for (let one: Frame | null = frame; one !== null && one.call === null; one = one.parent) {
    for (const { site, values } of one.steps) {
      site.names.forEach((name, i) => {
        const value = values[i];
        if (name !== "_" && value !== undefined) locals.push([name, value]);
      });
    }
  }
  return Object.fromEntries(locals.toReversed());
}
