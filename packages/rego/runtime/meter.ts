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

/** Counts what one evaluation does, and ends it where that is too much. Emitted code that is metered calls it. */
export class Meter {
  /** The steps taken so far. */
  steps: number = 0;
  private readonly most: number;
  private readonly mostBytes: number;
  private file: string = "";
  private line: number = 0;

  constructor(limits: Limits) {
    this.most = limits.steps ?? Infinity;
    this.mostBytes = limits.outputBytes ?? Infinity;
  }

  /** Counts one step, taken at a place in the sources. */
  step(file: string, line: number): void {
    if (++this.steps > this.most) this.stop({ file, line });
  }

  /** Counts steps that a builtin takes while it is at work. */
  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > this.most) this.stop({ file: this.file, line: this.line });
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

  private stop(place: ErrorPlace): never {
    throw new EvaluationError("limit_steps", `the evaluation took more than the ${this.most} steps that it may take`, place);
  }

  private tooLarge(what: string, place: ErrorPlace | null): never {
    throw new EvaluationError("limit_output", `${what} is larger than the ${this.mostBytes} bytes that it may have`, place);
  }
}
