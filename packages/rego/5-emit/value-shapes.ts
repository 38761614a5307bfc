import type { Expression, Operand, Operation, Slot } from "../4-plan/plan.ts";
import type { RegoValue } from "../runtime/value.ts";

/** What a value is known to be: an array, a string, or an integer that a double holds with room to spare. */
export type Shape = "array" | "text" | "whole";

const texts: ReadonlySet<string> = new Set(
  "concat lower upper replace sprintf substring trim trim_left trim_prefix trim_right trim_space trim_suffix".split(" "),
);
const arrays: ReadonlySet<string> = new Set("array.concat array.reverse array.slice split sort".split(" "));

/** No sum of a count and a few of these leaves the integers that a double holds. */
const mostWhole = 2 ** 31;

/** What the operations of a function tell about the values of its slots, wherever these are defined. */
export class ValueShapes {
  private readonly mocked: ReadonlySet<string>;
  private readonly known: Map<Slot, Shape> = new Map();

  /** `mocked` are functions that may stand for something else. */
  constructor(mocked: ReadonlySet<string>) {
    this.mocked = mocked;
  }

  /** Learns what a slot holds from here on. */
  learn(slot: Slot, shape: Shape | null): void {
    if (shape !== null) this.known.set(slot, shape);
  }

  /** The shape of what an expression gives when it is defined; null where it is not known. */
  of(value: Expression): Shape | null {
    switch (value.kind) {
      case "slot":
        return this.known.get(value) ?? null;
      case "constant":
        return shapeOfConstant(value.value);
      case "array":
        return "array";
      case "template":
        return "text";
      case "format":
        return this.mocked.has(value.builtin.name) ? null : "text";
      case "builtin":
        return this.mocked.has(value.builtin.name) ? null : this.ofCall(value.builtin.name, value.args);
      default:
        return null;
    }
  }

  /** The shape that a body gives to a slot, whichever way it takes. */
  given(slot: Slot, body: readonly Operation[]): Shape | null {
    const shapes = new Set(gifts(slot, body).map((value) => this.of(value)));
    const [only = null] = shapes;
    return shapes.size === 1 ? only : null;
  }

  /** Whether a call of `plus` or `minus` is one of whole numbers. */
  isWholeSum(name: string, args: readonly Operand[]): boolean {
    if (name !== "plus" && name !== "minus") return false;
    return args.every((argument) => this.of(argument) === "whole") && args.some(({ kind }) => kind === "constant");
  }

  private ofCall(name: string, args: readonly Operand[]): Shape | null {
    if (texts.has(name)) return "text";
    if (arrays.has(name)) return "array";
    return name === "count" || this.isWholeSum(name, args) ? "whole" : null;
  }
}

function gifts(slot: Slot, body: readonly Operation[]): readonly Operand[] {
  return body.flatMap((operation) => {
    if (operation.kind === "give") return operation.slot === slot ? [operation.value] : [];
    if (operation.kind === "logic") return operation.bodies.flatMap((one) => gifts(slot, one));
    return "body" in operation ? gifts(slot, operation.body) : [];
  });
}

function shapeOfConstant(value: RegoValue): Shape | null {
  if (typeof value === "string") return "text";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= mostWhole ? "whole" : null;
}
