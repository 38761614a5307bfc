import type { Span } from "../1-parse/ast.ts";
import type { ContextSlot, Expression, Operand, Operation, Slot } from "./plan.ts";

interface Block {
  readonly operations: Operation[];
  /** How many loops are around it. */
  readonly loops: number;
}

/** Writes the operations of one rule: nested blocks, slots, and what can be moved out of loops. */
export class BlockBuilder {
  private readonly blocks: Block[];
  private nextSlot = 0;
  /** The context in force. */
  context: ContextSlot = { id: 0, level: 0 };
  private nextContext = 1;
  /** The block in which a slot is known to be defined. */
  private readonly defined: Map<Slot, Block> = new Map();
  private readonly inputs: Map<ContextSlot, Slot> = new Map();
  /** The levels at which reserved slots get their values, further inside than where they are reserved. */
  private readonly given: Map<Slot, number> = new Map();

  /**
   * The bindings of an instrumented plan, which forgets those of a block behind it. It computes everything where it is written: nothing is moved out of loops.
   * Null for ordinary plans.
   */
  private readonly scoped: Map<unknown, unknown> | null;

  constructor(operations: Operation[], scoped: Map<unknown, unknown> | null) {
    this.scoped = scoped;
    this.blocks = [{ operations, loops: 0 }];
  }

  get level(): number {
    return this.blocks.length - 1;
  }

  get loops(): number {
    return this.block.loops;
  }

  private get block(): Block {
    const block = this.blocks.at(-1);
    if (block === undefined) throw new Error("no block is open");
    return block;
  }

  slot(hint: string): Slot {
    return { kind: "slot", id: this.nextSlot++, hint, named: false, level: this.level };
  }

  /** A slot that the loop to be opened next binds. */
  loopSlot(hint: string): Slot {
    return { kind: "slot", id: this.nextSlot++, hint, named: false, level: this.level + 1 };
  }

  /** The input of the context in force, read once. */
  input(span: Span): Slot {
    const { context } = this;
    let slot = this.inputs.get(context);
    if (slot === undefined) {
      slot = { kind: "slot", id: this.nextSlot++, hint: "input", named: true, level: context.level };
      this.inputs.set(context, slot);
      const operation: Operation = { kind: "let", slot, value: { kind: "input", context }, checked: false, span };
      const operations = this.blocks[context.level]?.operations ?? [];
      const home = operations.findIndex((one) => one.kind === "with" && one.context === context);
      operations.splice(home + 1, 0, operation);
    }
    return slot;
  }

  makeContext(): ContextSlot {
    return { id: this.nextContext++, level: this.level };
  }

  push(operation: Operation): void {
    this.block.operations.push(operation);
  }

  /** Adds an operation whose body is what `write` adds, and goes on behind it. */
  inside(operation: Operation, body: Operation[], write: () => void): void {
    this.push(operation);
    this.within(body, write);
  }

  /** Writes a body of the operation added last. */
  within(body: Operation[], write: () => void, isLoop: boolean = false): void {
    this.blocks.push({ operations: body, loops: this.block.loops + (isLoop ? 1 : 0) });
    const depth = this.blocks.length;
    const known = this.scoped === null ? null : new Set(this.scoped.keys());
    write();
    if (known !== null) for (const one of this.scoped?.keys() ?? []) if (!known.has(one)) this.scoped?.delete(one);
    this.blocks.length = depth - 1;
  }

  /** Opens a loop: all that is added until the enclosing block ends is inside it. */
  loop(operation: Operation, body: Operation[]): void {
    this.push(operation);
    this.blocks.push({ operations: body, loops: this.block.loops + 1 });
  }

  /** Adds a `let`, at the outermost block that has all it needs when it may move; fails here when it is undefined. */
  bind(value: Expression, hint: string, span: Span, checked: boolean = true): Slot {
    const slot = this.slot(hint);
    const home = isCheap(value) ? this.homeFor(Math.max(levelOf(value), this.givenLevel(value))) : this.level;
    if (home === this.level) {
      this.push({ kind: "let", slot, value, checked, span });
      if (checked) this.defined.set(slot, this.block);
    } else {
      slot.level = home;
      this.before(home, { kind: "let", slot, value, checked: false, span });
      if (checked) this.check(slot, span);
    }
    return slot;
  }

  /** Fails here when the slot is undefined, unless that was found out before. */
  check(slot: Slot, span: Span): void {
    const known = this.defined.get(slot);
    if (known !== undefined && this.blocks.includes(known)) return;
    this.push({ kind: "check", slot, span });
    this.defined.set(slot, this.block);
  }

  /** Reserves a slot for a value that depends only on what is bound at `level`; null when no loop lies between. */
  reserve(hint: string, level: number): Slot | null {
    const home = this.homeFor(level);
    if (home === this.level) return null;
    const slot = this.slot(hint);
    slot.level = home;
    this.given.set(slot, this.level);
    this.before(home, { kind: "reserve", slot });
    return slot;
  }

  /** The deepest level at which a reserved slot that the expression reads gets its value. */
  private givenLevel(value: Expression): number {
    if (value.kind === "slot") return this.given.get(value) ?? 0;
    if (value.kind === "field") return this.givenLevel(value.base);
    if (value.kind === "lookup" || value.kind === "base-step") return Math.max(this.givenLevel(value.base), this.givenLevel(value.key));
    return 0;
  }

  /** The outermost block that sees everything bound at `level`, if a loop lies between it and here; else the present one. */
  private homeFor(level: number): number {
    const home = this.blocks[level];
    return this.scoped === null && home !== undefined && home.loops < this.block.loops ? level : this.level;
  }

  private before(level: number, operation: Operation): void {
    const operations = this.blocks[level]?.operations;
    if (operations !== undefined) operations.splice(operations.length - 1, 0, operation);
  }
}

/** Whether evaluating it needlessly does no harm and costs next to nothing. */
function isCheap(value: Expression): boolean {
  return value.kind === "input" || value.kind === "base" || value.kind === "field" || value.kind === "lookup" || value.kind === "base-step";
}

/** The deepest level of what an expression reads. */
export function levelOf(value: Expression): number {
  switch (value.kind) {
    case "slot":
      return value.level;
    case "constant":
      return 0;
    case "input":
    case "base":
    case "rule":
    case "document":
      return value.context.level;
    case "field":
    case "item":
      return levelOf(value.base);
    case "lookup":
    case "base-step":
      return Math.max(levelOf(value.base), levelOf(value.key));
    case "step":
      return Math.max(value.context.level, levelOf(value.base), levelOf(value.key));
    case "whole":
      return Math.max(value.context.level, levelOf(value.base));
    case "builtin":
    case "function":
      return Math.max(value.context.level, deepest(value.args));
    case "array":
    case "set":
      return deepest(value.items);
    case "object":
      return deepest(value.entries.flat());
    case "format":
      return Math.max(value.context.level, deepest(value.parts.flatMap((part) => (typeof part === "string" ? [] : [part.operand]))));
    case "template":
      return deepest(value.parts.filter((part) => typeof part !== "string"));
  }
}

function deepest(operands: readonly Operand[]): number {
  return operands.reduce((level, operand) => Math.max(level, levelOf(operand)), 0);
}
