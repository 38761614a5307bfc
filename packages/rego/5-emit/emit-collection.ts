import type { Span } from "../1-parse/ast.ts";
import type { Operand, Operation, Slot } from "../4-plan/plan.ts";
import { isScalar } from "../runtime/value.ts";
import type { CodeWriter } from "./code-writer.ts";
import type { ExpressionEmitter } from "./emit-expression.ts";
import { js, type Fragment, type NameTable } from "./fragment.ts";
import { additionOfDistinctKeys, givenValues } from "./given-values.ts";
import type { ValueShapes } from "./value-shapes.ts";

/** What writes the bodies that collections are made by. */
interface Bodies {
  readonly expressions: ExpressionEmitter;
  readonly shapes: ValueShapes;
  slot(slot: Slot): Fragment;
  isJson(operand: Operand): boolean;
  body(operations: readonly Operation[], hint: string): void;
  step(span: Span): void;
  place(span: Span): Fragment;
}

/** Writes how arrays, sets and objects are made by comprehensions. */
export class CollectionEmitter {
  private readonly bodies: Bodies;
  private readonly writer: CodeWriter;
  private readonly names: NameTable;
  /** The variables of objects that are being built. */
  private readonly builders: Map<Slot, Fragment> = new Map();
  /** Additions whose keys are known to be different. */
  private readonly distinct: Set<Operation> = new Set();

  constructor(bodies: Bodies, writer: CodeWriter, names: NameTable) {
    this.bodies = bodies;
    this.writer = writer;
    this.names = names;
  }

  /** A set that these values are going to be added to. */
  newSet(values: readonly Operand[]): Fragment {
    const json =
      values.length > 0 && values.every((value) => this.bodies.isJson(value) || (value.kind === "constant" && isScalar(value.value)));
    return json ? js`RegoSet.ofJson()` : js`new RegoSet()`;
  }

  /** Writes a collection: its beginning, the body that fills it, and what is made of it at the end. */
  collect(operation: Extract<Operation, { kind: "collect" }>): void {
    const start =
      operation.collects === "set"
        ? this.newSet(givenValues(operation.body, "add"))
        : operation.collects === "array"
          ? js`[]`
          : js`new ObjectBuilder()`;
    const name = this.bodies.slot(operation.slot);
    this.bodies.step(operation.span);
    if (operation.collects === "object") {
      const builder = this.names.make("builder");
      this.builders.set(operation.slot, builder);
      this.writer.line(js`const ${builder} = ${start};`);
      const distinct = additionOfDistinctKeys(operation.body);
      if (distinct !== null) this.distinct.add(distinct);
      this.bodies.body(operation.body, "collected");
      this.writer.line(js`const ${name} = ${builder}.build();`);
    } else {
      this.writer.line(js`const ${name} = ${start};`);
      this.bodies.body(operation.body, "collected");
      if (operation.collects === "array") this.bodies.shapes.learn(operation.slot, "array");
    }
  }

  /** Writes that a value is put into a collection. */
  add(operation: Extract<Operation, { kind: "add" }>): void {
    const { writer } = this;
    const { expressions } = this.bodies;
    const value = expressions.operand(operation.value);
    if (operation.collects === "array") writer.line(js`${this.bodies.slot(operation.to)}.push(${value});`);
    else if (operation.collects === "set") writer.line(js`${this.bodies.slot(operation.to)}.gather(${value});`);
    else if (operation.key !== null) {
      const builder = this.builders.get(operation.to) ?? this.bodies.slot(operation.to);
      if (this.distinct.has(operation)) {
        writer.line(js`${builder}.set(${expressions.operand(operation.key)}, ${value});`);
        return;
      }
      writer.line(
        js`if (!${builder}.add(${expressions.operand(operation.key)}, ${value})) conflictingKeys(${this.bodies.place(operation.span)});`,
      );
    }
  }
}
