import type { FrameSlot, Operand, Operation } from "../4-plan/plan.ts";
import { js, list, type Fragment, type NameTable } from "./fragment.ts";
import type { Unit } from "./unit.ts";

/** Writes what tells an observer where an evaluation is. */
export class MarkEmitter {
  private readonly unit: Unit;
  private readonly names: NameTable;
  private readonly operand: (operand: Operand) => Fragment;
  private readonly frames: Map<number, Fragment> = new Map();

  constructor(unit: Unit, names: NameTable, operand: (operand: Operand) => Fragment) {
    this.unit = unit;
    this.names = names;
    this.operand = operand;
  }

  /** The variable of a frame. */
  frame(frame: FrameSlot): Fragment {
    let name = this.frames.get(frame.id);
    if (name === undefined) {
      name = this.names.make("frame");
      this.frames.set(frame.id, name);
    }
    return name;
  }

  /** Makes the names of frames new: each branch of a rule has its own. */
  forgetFrames(): void {
    const own = this.frame({ id: 0 });
    this.frames.clear();
    this.frames.set(0, own);
  }

  /** The call that tells of an event. */
  mark(operation: Extract<Operation, { kind: "mark" }>): Fragment {
    const frame = this.frame(operation.frame);
    const values = operation.values.map((value) => this.operand(value));
    switch (operation.event) {
      case "eval":
        return js`c.observer.eval(${frame}, ${operation.position}, ${this.unit.site(operation.site)});`;
      case "holds":
        return js`c.observer.holds(${frame}, ${operation.position}, [${list(values)}]);`;
      case "exit":
        return js`c.observer.exit(${frame}, ${values[0] ?? js`null`}, [${list(values.slice(1))}]);`;
    }
  }
}
