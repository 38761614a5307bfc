import type { Span } from "../1-parse/ast.ts";
import type { ContextSlot, Operand, Operation, PlannedReplacement, Slot } from "../4-plan/plan.ts";
import type { CodeWriter } from "./code-writer.ts";
import { CollectionEmitter } from "./emit-collection.ts";
import { ExpressionEmitter, type LocalNames } from "./emit-expression.ts";
import { MarkEmitter } from "./emit-marks.ts";
import { checksItself } from "./checks-itself.ts";
import { js, list, literal, negate, type Fragment, type NameTable } from "./fragment.ts";
import type { Unit } from "./unit.ts";
import { ValueShapes } from "./value-shapes.ts";

type Produce = Extract<Operation, { kind: "produce" }>;
type Let = Extract<Operation, { kind: "let" }>;
type Loop = Extract<Operation, { kind: "loop" | "seek" | "every" }>;

/** Where control goes: on with a loop, or behind a block. */
class Target {
  readonly label: Fragment;
  readonly isLoop: boolean;
  used = false;

  constructor(label: Fragment, isLoop: boolean) {
    this.label = label;
    this.isLoop = isLoop;
  }
}

/** What a body does at its ends. */
interface Ends {
  /** Where an operation that fails goes. */
  readonly fail: Target;
  /** What success does in `not`, `logic` and `every`. */
  readonly succeed: (() => void) | null;
}

/** Writes the bodies of one function. */
export class BodyEmitter implements LocalNames {
  readonly expressions: ExpressionEmitter;
  readonly shapes: ValueShapes;
  private readonly unit: Unit;
  private readonly writer: CodeWriter;
  private readonly table: NameTable;
  private readonly slots: Map<Slot, Fragment> = new Map();
  private readonly contexts: Map<ContextSlot, Fragment> = new Map();
  readonly marks: MarkEmitter;
  readonly collections: CollectionEmitter;
  private readonly loops: Target[] = [];
  /** Slots whose values were read before the body that binds them. */
  private readonly read: Set<Slot> = new Set();
  /** Writes what a solution gives; told whether it can be reached more than once. */
  produce: (operation: Produce, many: boolean) => void = () => {};
  answer: (values: readonly Operand[]) => void = () => {};

  constructor(unit: Unit, writer: CodeWriter, table: NameTable) {
    this.unit = unit;
    this.writer = writer;
    this.table = table;
    this.shapes = new ValueShapes(unit.mocked);
    this.expressions = new ExpressionEmitter(unit, this);
    this.marks = new MarkEmitter(unit, table, (operand) => this.expressions.operand(operand));
    this.collections = new CollectionEmitter(this, writer, table);
  }

  slot(slot: Slot): Fragment {
    let name = this.slots.get(slot);
    if (name === undefined) {
      name = this.table.make(slot.hint);
      this.slots.set(slot, name);
    }
    return name;
  }

  context(context: ContextSlot): Fragment {
    if (context.id === 0) return js`c`;
    let name = this.contexts.get(context);
    if (name === undefined) {
      name = this.table.make("replaced");
      this.contexts.set(context, name);
    }
    return name;
  }

  isJson(operand: Operand): boolean {
    return operand.kind === "slot" && this.unit.isJson(operand);
  }

  /** Writes what several bodies begin with: of each group, the first, whose slot stands for those of the others. */
  readFirst(groups: readonly (readonly Let[])[]): void {
    for (const group of groups) {
      const [first] = group;
      if (first === undefined) continue;
      const name = this.slot(first.slot);
      this.writer.line(js`const ${name} = ${this.expressions.expression(first.value)};`);
      for (const { slot } of group) {
        this.slots.set(slot, name);
        this.read.add(slot);
      }
    }
  }

  /** Writes a body as a block that failing leaves. */
  body(operations: readonly Operation[], hint: string): void {
    this.labelled(hint, (fail) => this.operations(operations, { fail, succeed: null }));
  }

  /** Writes one of the bodies of a rule. */
  branch(operations: readonly Operation[], hint: string): void {
    this.marks.forgetFrames();
    this.body(operations, hint);
  }

  private labelled(hint: string, write: (target: Target) => void): void {
    const target = new Target(this.table.make(hint), false);
    this.writer.enclosed(
      () => write(target),
      () => (target.used ? { open: js`${target.label}: {`, close: js`}` } : null),
    );
  }

  private jump(target: Target): Fragment {
    if (target.isLoop && this.loops.at(-1) === target) return js`continue;`;
    target.used = true;
    return target.isLoop ? js`continue ${target.label};` : js`break ${target.label};`;
  }

  private operations(list: readonly Operation[], ends: Ends): void {
    list.forEach((operation, i) => this.operation(operation, ends, list[i + 1]));
  }

  private operation(operation: Operation, ends: Ends, next: Operation | undefined): void {
    const { writer, expressions } = this;
    if ("span" in operation) writer.at(operation.span);
    switch (operation.kind) {
      case "let": {
        const name = this.slot(operation.slot);
        if (!this.read.has(operation.slot)) writer.line(js`const ${name} = ${expressions.expression(operation.value)};`);
        if (operation.checked && !expressions.isDefined(operation.value) && !checksItself(operation.slot, next))
          writer.line(js`if (${name} === undefined) ${this.jump(ends.fail)}`);
        if (operation.checked || expressions.isDefined(operation.value)) this.shapes.learn(operation.slot, this.shapes.of(operation.value));
        return;
      }
      case "check":
        if (!checksItself(operation.slot, next)) writer.line(js`if (${this.slot(operation.slot)} === undefined) ${this.jump(ends.fail)}`);
        return;
      case "test":
        this.test(operation, ends);
        return;
      case "equal":
        writer.line(js`if (${negate(expressions.comparison(false, operation.left, operation.right))}) ${this.jump(ends.fail)}`);
        return;
      case "shape": {
        const value = expressions.operand(operation.value);
        const wrong =
          operation.type === "array"
            ? js`!Array.isArray(${value}) || ${value}.length !== ${operation.size}`
            : js`objectSize(${value}) !== ${operation.size}`;
        writer.line(js`if (${wrong}) ${this.jump(ends.fail)}`);
        return;
      }
      case "loop":
      case "seek":
        this.loop(operation, (turn) => this.operations(operation.body, { fail: turn, succeed: ends.succeed }));
        return;
      case "every":
        this.every(operation, ends);
        return;
      case "not": {
        this.labelled("absent", (fail) => this.operations(operation.body, { fail, succeed: () => writer.line(this.jump(ends.fail)) }));
        return;
      }
      case "logic":
        this.logic(operation, ends);
        return;
      case "collect":
        this.collections.collect(operation);
        return;
      case "capture":
        writer.line(js`let ${this.slot(operation.slot)};`);
        this.giving(operation.body);
        return;
      case "reserve":
        writer.line(js`let ${this.slot(operation.slot)} = nothing;`);
        return;
      case "once": {
        const name = this.slot(operation.slot);
        writer.block(js`if (${name} === nothing) {`, js`}`, () => {
          writer.line(js`${name} = undefined;`);
          this.giving(operation.body);
        });
        writer.line(js`if (${name} === undefined) ${this.jump(ends.fail)}`);
        this.shapes.learn(operation.slot, this.shapes.given(operation.slot, operation.body));
        return;
      }
      case "with": {
        const replacements = operation.replacements.map((one) => this.replacement(one, operation.span));
        writer.line(js`const ${this.context(operation.context)} = ${this.context(operation.parent)}.replace([${list(replacements)}]);`);
        return;
      }
      case "print":
        this.print(operation);
        return;
      case "succeed":
        ends.succeed?.();
        return;
      case "give":
        writer.line(js`${this.slot(operation.slot)} = ${expressions.operand(operation.value)};`);
        if (ends.fail.isLoop || this.givingTo !== ends.fail) writer.line(this.jump(this.givingTo ?? ends.fail));
        return;
      case "add":
        this.collections.add(operation);
        return;
      case "produce":
        this.produce(operation, ends.fail.isLoop);
        return;
      case "answer":
        this.answer(operation.values);
        return;
      case "frame":
        writer.line(
          js`const ${this.marks.frame(operation.frame)} = c.observer.enter(${this.marks.frame(operation.parent)}, ${this.unit.site(operation.site)});`,
        );
        return;
      case "mark":
        writer.line(this.marks.mark(operation));
    }
  }

  private givingTo: Target | null = null;

  /** A body that gives one value to a slot: the first. */
  private giving(body: readonly Operation[]): void {
    const outer = this.givingTo;
    this.labelled("given", (fail) => {
      this.givingTo = fail;
      this.operations(body, { fail, succeed: null });
    });
    this.givingTo = outer;
  }

  private test(operation: Extract<Operation, { kind: "test" }>, ends: Ends): void {
    const { expressions, writer } = this;
    const code = expressions.expression(operation.value);
    if (expressions.isBoolean(operation.value)) writer.line(js`if (${negate(code)}) ${this.jump(ends.fail)}`);
    else if (
      operation.value.kind === "builtin" &&
      operation.value.builtin.result.kind === "boolean" &&
      !this.unit.mocked.has(operation.value.builtin.name)
    ) {
      writer.line(js`if (${code} !== true) ${this.jump(ends.fail)}`);
    } else if (operation.value.kind === "slot") {
      writer.line(js`if (${code} === undefined || ${code} === false) ${this.jump(ends.fail)}`);
    } else {
      const name = this.table.make("result");
      writer.line(js`const ${name} = ${code};`);
      writer.line(js`if (${name} === undefined || ${name} === false) ${this.jump(ends.fail)}`);
    }
  }

  /** Writes a loop. `write` writes its body, with the target that goes on to the next turn. */
  private loop(operation: Loop, write: (turn: Target) => void): void {
    const { writer, expressions } = this;
    const { item } = operation;
    const key = operation.kind === "seek" ? null : operation.key;
    const over = expressions.operand(operation.over);
    const index = this.table.make("i");
    const places = operation.kind === "loop" ? operation.context : null;
    const isArray = operation.kind !== "seek" && places === null && this.shapes.of(operation.over) === "array";
    const items = isArray ? over : this.table.make("items");
    const turn = new Target(this.table.make("next"), true);
    const head: Fragment[] = [];
    if (operation.kind === "seek") {
      const path = this.unit.path(operation.path);
      const key = literal(JSON.stringify(operation.path));
      const wanted = expressions.operand(operation.equals);
      writer.line(js`const ${items} = c.indexes.find(${over}, ${key}, ${path}, ${wanted}, ${literal(operation.ordered)});`);
      head.push(js`const ${this.slot(operation.item)} = ${items}[${index}];`);
    } else if (places !== null) {
      writer.line(js`const ${items} = keysOfPlace(${over});`);
      const name = key === null ? this.table.make("key") : this.slot(key);
      head.push(js`const ${name} = ${items}[${index}];`);
      if (item !== null) {
        head.push(js`const ${this.slot(item)} = stepPlace(${this.context(places)}, ${over}, ${name});`);
        head.push(js`if (${this.slot(item)} === undefined) continue;`);
      }
    } else if (isArray) {
      if (key !== null) head.push(js`const ${this.slot(key)} = ${index};`);
      if (key !== null) this.shapes.learn(key, "whole");
      if (item !== null) head.push(js`const ${this.slot(item)} = ${items}[${index}];`);
    } else {
      const ordered = operation.kind === "loop" && operation.ordered;
      writer.line(js`const ${items} = ${ordered ? js`elementsInOrder` : js`elements`}(${over});`);
      if (key !== null) {
        const keys = this.table.make("keys");
        writer.line(js`const ${keys} = ${ordered ? js`keysInOrder` : js`keysOf`}(${over});`);
        head.push(js`const ${this.slot(key)} = ${keys} === null ? ${index} : ${keys}[${index}];`);
      }
      if (item !== null) head.push(js`const ${this.slot(item)} = ${items}[${index}];`);
    }
    this.loops.push(turn);
    writer.enclosed(
      () => {
        this.step(operation.span);
        for (const line of head) writer.line(line);
        write(turn);
        this.loops.pop();
      },
      () => {
        const label = turn.used ? js`${turn.label}: ` : js``;
        return { open: js`${label}for (let ${index} = 0; ${index} < ${items}.length; ${index}++) {`, close: js`}` };
      },
    );
  }

  private every(operation: Extract<Operation, { kind: "every" }>, ends: Ends): void {
    const { writer } = this;
    const over = this.expressions.operand(operation.over);
    if (this.shapes.of(operation.over) !== "array")
      writer.line(js`if (typeof ${over} !== "object" || ${over} === null) ${this.jump(ends.fail)}`);
    this.loop(operation, (turn) => {
      this.labelled("unmet", (fail) => this.operations(operation.body, { fail, succeed: () => writer.line(this.jump(turn)) }));
      writer.line(this.jump(ends.fail));
    });
  }

  private logic(operation: Extract<Operation, { kind: "logic" }>, ends: Ends): void {
    const { writer } = this;
    const one = (body: readonly Operation[], met: Target): void =>
      this.labelled("unmet", (fail) => this.operations(body, { fail, succeed: () => writer.line(this.jump(met)) }));
    if (operation.operator === "or") {
      this.labelled("met", (met) => {
        for (const body of operation.bodies) one(body, met);
        writer.line(this.jump(ends.fail));
      });
    } else {
      for (const body of operation.bodies) {
        this.labelled("met", (met) => {
          one(body, met);
          writer.line(this.jump(ends.fail));
        });
      }
    }
  }

  private replacement(one: PlannedReplacement, span: Span): Fragment {
    if (one.kind === "document") {
      if (one.leavesNames) return js`badDocumentPath(${this.place(span)})`;
      const root = one.root === "input" ? js`"input"` : js`"data"`;
      return js`{ root: ${root}, path: ${this.unit.path(one.path)}, value: ${this.expressions.operand(one.value)} }`;
    }
    const name = literal(one.target);
    if ("value" in one) return js`{ root: "function", name: ${name}, mock: { value: ${this.expressions.operand(one.value)} } }`;
    if ("rule" in one) return js`{ root: "function", name: ${name}, mock: { call: ${this.unit.rule(one.rule)} } }`;
    const builtin = this.unit.builtin(one.builtin, false);
    return js`{ root: "function", name: ${name}, mock: { call: (c, ...args) => ${builtin}.evaluate(c, ...args) } }`;
  }

  /** Counts a step, where steps are counted. */
  step(span: Span): void {
    if (this.unit.mode.metered) this.writer.line(js`c.meter.step(${this.place(span)});`);
  }

  /** File and line of a place in the sources, as arguments. */
  place(span: Span): Fragment {
    const { file, line } = this.writer.placeAt(span);
    return js`${literal(file)}, ${line}`;
  }

  private print(operation: Extract<Operation, { kind: "print" }>): void {
    const texts = list(operation.args.map((one) => js`templateText(${this.slot(one)})`));
    this.writer.line(js`${this.context(operation.context)}.print([${texts}].join(" "), ${this.place(operation.span)});`);
  }
}
