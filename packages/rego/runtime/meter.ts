import type { Builtin, BuiltinContext } from "../builtins/define.ts";
import { builtLength, workAfter, workBefore } from "./builtin-work.ts";
import { EvaluationError, type ErrorPlace } from "./evaluation-error.ts";
import { measure } from "./measure.ts";
import type { RegoValue } from "./value.ts";

/** How much an evaluation may do. */
export interface Limits {
  /**
   * How many steps an evaluation may take: turns of loops, calls of functions, evaluations of rules, their bodies and comprehensions, and calls of builtins in
   * proportion to their work. The count is the same on every machine. About ten million steps take a second.
   */
  readonly steps?: number;
  /** How large the result may be as JSON text, in bytes of UTF-8; no text that is built on the way may be longer either. */
  readonly outputBytes?: number;
}

/** How many steps there are between news of where an evaluation stands: about a tenth of a second. */
const NEWS = 1_000_000;

/** Counts what one evaluation does, and ends it where that is too much. Emitted code that is metered calls it. */
export class Meter {
  /** The steps taken so far. */
  steps: number = 0;
  private readonly most: number;
  private readonly mostBytes: number;
  private readonly tell: ((place: ErrorPlace) => void) | null;
  /** How many steps until something is to be done. */
  private next: number;
  private file: string = "";
  private line: number = 0;

  /** `tell` hears every million steps where the evaluation stands. */
  constructor(limits: Limits, tell: ((place: ErrorPlace) => void) | null = null) {
    this.most = limits.steps ?? Infinity;
    this.mostBytes = limits.outputBytes ?? Infinity;
    this.tell = tell;
    this.next = tell === null ? this.most : Math.min(this.most, NEWS);
  }

  /** Counts one step, taken at a place in the sources. */
  step(file: string, line: number): void {
    if (++this.steps > this.next) this.passed({ file, line });
  }

  /** Counts steps that a builtin takes while it is at work. */
  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > this.next) this.passed({ file: this.file, line: this.line });
  }

  /** Calls a builtin and counts its work. */
  call(context: BuiltinContext, builtin: Builtin, file: string, line: number, ...operands: RegoValue[]): RegoValue | undefined {
    this.file = file;
    this.line = line;
    this.spend(workBefore(builtin.name, operands, this.most - this.steps));
    const length = builtLength(builtin.name, operands);
    if (length > this.mostBytes) this.tooLarge("a text", { file, line });
    this.spend(length / 32);
    const result = builtin.evaluate(context, ...operands);
    this.spend(workAfter(result));
    if (typeof result === "string" && result.length > this.mostBytes) this.tooLarge("a text", { file, line });
    return result;
  }

  /** Ends the evaluation if its result is too large. */
  checkOutput(value: RegoValue | undefined, place: ErrorPlace | null): void {
    if (this.mostBytes !== Infinity && measure(value, this.mostBytes) > this.mostBytes) this.tooLarge("the result", place);
  }

  private passed(place: ErrorPlace): void {
    if (this.steps <= this.most) {
      this.tell?.(place);
      this.next = Math.min(this.most, this.steps + NEWS);
      return;
    }
    throw new EvaluationError("limit_steps", `the evaluation took more than the ${this.most} steps that it may take`, place);
  }

  private tooLarge(what: string, place: ErrorPlace | null): never {
    throw new EvaluationError("limit_output", `${what} is larger than the ${this.mostBytes} bytes that it may have`, place);
  }
}
