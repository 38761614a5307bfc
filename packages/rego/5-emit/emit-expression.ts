import type { Span } from "../1-parse/ast.ts";
import type { Builtin } from "../builtins/define.ts";
import { functionKey, type ContextSlot, type Expression, type Operand, type Slot } from "../4-plan/plan.ts";
import { isWorthCounting } from "../runtime/builtin-work.ts";
import { isPlainScalar, isSet, type RegoValue } from "../runtime/value.ts";
import { isPlainProperty, js, list, literal, property, type Fragment } from "./fragment.ts";
import type { Unit } from "./unit.ts";
import type { ValueShapes } from "./value-shapes.ts";

/** The names of one function's slots and contexts. */
export interface LocalNames {
  slot(slot: Slot): Fragment;
  context(context: ContextSlot): Fragment;
  /** Whether a slot's value can only be what JSON has. */
  isJson(operand: Operand): boolean;
  /** What its operations tell about the values of slots. */
  readonly shapes: ValueShapes;
  /** File and line of a place in the sources, as arguments. */
  place(span: Span): Fragment;
}

const operators: Readonly<Record<string, string>> = { equal: "===", neq: "!==" };

const orders: Readonly<Record<string, Fragment>> = { lt: js`<`, lte: js`<=`, gt: js`>`, gte: js`>=` };

/** Writes expressions. */
export class ExpressionEmitter {
  private readonly unit: Unit;
  private readonly names: LocalNames;

  constructor(unit: Unit, names: LocalNames) {
    this.unit = unit;
    this.names = names;
  }

  operand(operand: Operand): Fragment {
    return operand.kind === "slot" ? this.names.slot(operand) : this.unit.constant(operand.value);
  }

  expression(value: Expression): Fragment {
    const { unit, names } = this;
    switch (value.kind) {
      case "slot":
      case "constant":
        return this.operand(value);
      case "input":
        return js`${names.context(value.context)}.input`;
      case "base":
        return js`${names.context(value.context)}.base(${unit.path(value.path)})`;
      case "field":
        return this.field(value.base, value.path);
      case "base-step":
        return js`lookupBase(${this.operand(value.base)}, ${this.operand(value.key)})`;
      case "lookup":
        return this.lookup(value.base, value.key);
      case "item":
        return js`${this.operand(value.base)}[${value.position}]`;
      case "rule":
        return js`${unit.rule(value.rule)}(${names.context(value.context)})`;
      case "document":
        return js`placeOf(${names.context(value.context)}, program.root, ${unit.path(value.path)})`;
      case "step":
        return js`stepPlace(${names.context(value.context)}, ${this.operand(value.base)}, ${this.operand(value.key)})`;
      case "whole":
        return js`wholeOf(${names.context(value.context)}, ${this.operand(value.base)})`;
      case "builtin":
        return this.builtin(value);
      case "function": {
        const context = names.context(value.context);
        const args = value.args.map((one) => this.operand(one));
        return this.mockable(functionKey(value.rule), context, args, js`${unit.rule(value.rule)}(${list([context, ...args])})`);
      }
      case "array":
        return js`[${list(value.items.map((one) => this.operand(one)))}]`;
      case "set":
        return js`RegoSet.of(${list(value.items.map((one) => this.operand(one)))})`;
      case "object":
        return this.object(value.entries);
      case "format":
        return this.format(value);
      case "template":
        if (value.parts.length === 0) return literal("");
        return js`${value.parts.map((part) => (typeof part === "string" ? literal(part) : js`templateText(${this.operand(part)})`)).join(" + ") as Fragment}`;
    }
  }

  /** Whether the expression is `true` or `false` in JavaScript, and never undefined. */
  isBoolean(value: Expression): boolean {
    if (value.kind !== "builtin" || this.unit.mocked.has(value.builtin.name)) return false;
    const { name } = value.builtin;
    if (/^(equal|neq|lt|lte|gt|gte|internal\.member_[23])$/.test(name)) return !this.unit.mode.strictBuiltinErrors || name in operators;
    return false;
  }

  /** Whether the expression always has a value. */
  isDefined(value: Expression): boolean {
    switch (value.kind) {
      case "constant":
      case "array":
      case "set":
      case "object":
      case "template":
        return true;
      case "format":
        return this.isWrittenOut(value.builtin);
      case "builtin":
        return this.isBoolean(value) || (!this.unit.mocked.has(value.builtin.name) && this.isTotal(value.builtin.name, value.args));
      default:
        return false;
    }
  }

  /** Whether a call always has a value, for what its operands are known to be. */
  private isTotal(name: string, args: readonly Operand[]): boolean {
    const { shapes } = this.names;
    if (name === "array.concat") return args.every((argument) => shapes.of(argument) === "array");
    if (this.unit.mode.metered) return false;
    return name === "count" ? args.every((argument) => shapes.of(argument) === "array") : shapes.isWholeSum(name, args);
  }

  /** A step by a key that is not known to be a name; a position in an array is read at once. */
  private lookup(base: Operand, key: Operand): Fragment {
    const [from, at] = [this.operand(base), this.operand(key)];
    const isPosition = this.names.shapes.of(key) === "whole";
    if (isPosition && this.names.shapes.of(base) === "array") return js`${from}[${at}]`;
    if (isPosition && key.kind === "constant") return js`(Array.isArray(${from}) ? ${from}[${at}] : lookup(${from}, ${at}))`;
    return js`lookup(${from}, ${at})`;
  }

  /** What is no JSON may be a set or have keys of other types; these are asked where the properties are not found. */
  private field(base: Operand, path: readonly string[]): Fragment {
    const from = this.operand(base);
    const json = this.names.isJson(base);
    if (!path.every((name) => isPlainProperty(name, json))) {
      return path.reduce<Fragment>(
        (code, name) => (json && isPlainProperty(name, json) ? js`${code}${property(name)}` : js`lookupName(${code}, ${literal(name)})`),
        from,
      );
    }
    const direct = path.reduce<Fragment>((code, name) => js`${code}${property(name)}`, from);
    if (json) return direct;
    const [only = ""] = path;
    return path.length === 1
      ? js`${direct} ?? lookupName(${from}, ${literal(only)})`
      : js`${direct} ?? lookupPath(${from}, ${this.unit.path(path)})`;
  }

  private builtin({ builtin, args, context: contextSlot, span }: Extract<Expression, { kind: "builtin" }>): Fragment {
    const codes = args.map((one) => this.operand(one));
    return this.call(builtin, args, codes, contextSlot, span);
  }

  /** A call of a builtin. `args` are the operands that `codes` stand for, where they are known. */
  private call(builtin: Builtin, args: readonly Operand[], codes: readonly Fragment[], contextSlot: ContextSlot, span: Span): Fragment {
    const context = this.names.context(contextSlot);
    const plain =
      this.unit.mode.metered && isWorthCounting(builtin.name)
        ? js`c.meter.call(${context}, ${this.unit.builtin(builtin, false)}, ${this.names.place(span)}, ${list(codes)})`
        : this.original(builtin, args, codes, context);
    // An error of the builtin ends a strict evaluation, and then tells which it was and where.
    const original = this.unit.mode.strictBuiltinErrors
      ? js`(${context}.reach(${this.names.place(span)}, ${literal(builtin.name)}), ${plain})`
      : plain;
    // What stands for a relation is not told which part of its results is looked at.
    const given = builtin.relation === true ? codes.slice(0, builtin.args.length) : codes;
    return this.mockable(builtin.name, context, given, original);
  }

  /** Texts and operands put together, where nothing wants to see the call. */
  private format({ builtin, format, parts, context, span }: Extract<Expression, { kind: "format" }>): Fragment {
    const { unit } = this;
    const operands = parts.flatMap((part) => (typeof part === "string" ? [] : [part.operand]));
    if (!this.isWrittenOut(builtin)) {
      const codes = [literal(format), js`[${list(operands.map((one) => this.operand(one)))}]`];
      return this.call(builtin, [], codes, context, span);
    }
    const texts = parts.map((part) => {
      if (typeof part === "string") return literal(part);
      const { operand, verb } = part;
      if (operand.kind === "constant" && typeof operand.value === "string" && verb !== "d") return literal(operand.value);
      const code = this.operand(operand);
      const shape = this.names.shapes.of(operand);
      if (shape === (verb === "d" ? "whole" : "text") || (shape === "whole" && verb === "v")) return code;
      const fits = verb === "d" ? js`typeof ${code} === "number" && (${code} | 0) === ${code}` : js`typeof ${code} === "string"`;
      return js`(${fits} ? ${code} : ${unit.builtin(builtin, true)}(${literal(`%${verb}`)}, [${code}]))`;
    });
    return (typeof parts[0] === "string" ? texts : [literal(""), ...texts]).join(" + ") as Fragment;
  }

  /** Whether nothing wants to see the calls of a builtin. */
  private isWrittenOut({ name }: Builtin): boolean {
    const { mode, mocked } = this.unit;
    return !mode.metered && !mode.strictBuiltinErrors && !mocked.has(name);
  }

  private original(builtin: Builtin, args: readonly Operand[], codes: readonly Fragment[], context: Fragment): Fragment {
    const [left, right] = args;
    const [leftCode, rightCode] = codes;
    if (left !== undefined && right !== undefined && leftCode !== undefined && rightCode !== undefined) {
      if (builtin.name in operators) return this.comparison(builtin.name === "neq", left, right);
      if (builtin.name === "internal.member_2" && right.kind === "constant") {
        const options = scalarOptions(right.value);
        const sought = options?.some((one) => typeof one === "number" || typeof one === "bigint") ? js`plainIfSame(${leftCode})` : leftCode;
        if (options !== null) return js`${this.unit.scalarSet(options)}.has(${sought})`;
      }
      const { shapes } = this.names;
      if (shapes.isWholeSum(builtin.name, args)) return js`${leftCode} ${builtin.name === "plus" ? js`+` : js`-`} ${rightCode}`;
      if (builtin.name in orders && shapes.of(left) === "whole" && shapes.of(right) === "whole")
        return js`(${leftCode} ${orders[builtin.name] ?? js``} ${rightCode})`;
    }
    if (builtin.name === "count" && left !== undefined && this.names.shapes.of(left) === "array") return js`${leftCode ?? js``}.length`;
    if (builtin.direct !== undefined && !this.unit.mode.strictBuiltinErrors) {
      const direct = js`${this.unit.builtin(builtin, true)}(${list(codes)})`;
      if (builtin.name === "object.get") return this.objectGet(args, direct);
      const sign = orders[builtin.name];
      if (sign === undefined || leftCode === undefined || rightCode === undefined) return direct;
      // Numbers, where they are asked for, are compared without a call.
      if (isNumberConstant(right)) return js`(typeof ${leftCode} === "number" ? ${leftCode} ${sign} ${rightCode} : ${direct})`;
      return isNumberConstant(left) ? js`(typeof ${rightCode} === "number" ? ${leftCode} ${sign} ${rightCode} : ${direct})` : direct;
    }
    return js`${this.unit.builtin(builtin, false)}.evaluate(${list([context, ...codes])})`;
  }

  /** `object.get`: known names are read as properties, and the builtin is asked where they are not found. */
  private objectGet([base, key]: readonly Operand[], direct: Fragment): Fragment {
    if (base === undefined || key?.kind !== "constant") return direct;
    const path = Array.isArray(key.value) ? (key.value as readonly RegoValue[]) : [key.value];
    const json = this.names.isJson(base);
    const names = path.filter((name) => typeof name === "string" && isPlainProperty(name, json)) as readonly string[];
    if (names.length === 0 || names.length < path.length) return direct;
    const found = names.reduce<Fragment>((code, name) => js`${code}${property(name)}`, this.operand(base));
    return js`(${found} ?? ${direct})`;
  }

  /** `left === right`, or the comparison by value where that is not enough. */
  comparison(negated: boolean, left: Operand, right: Operand): Fragment {
    const a = this.operand(left);
    const b = this.operand(right);
    const constant = left.kind === "constant" ? left.value : right.kind === "constant" ? right.value : undefined;
    if (typeof constant === "number" || typeof constant === "bigint") {
      const other = left.kind === "constant" ? b : a;
      if (this.names.shapes.of(left.kind === "constant" ? right : left) === "whole")
        return negated ? js`${other} !== ${literal(constant)}` : js`${other} === ${literal(constant)}`;
      return negated ? js`!isNumber(${other}, ${literal(constant)})` : js`isNumber(${other}, ${literal(constant)})`;
    }
    const isText = this.names.shapes.of(left) === "text" || this.names.shapes.of(right) === "text";
    if (isText || (constant !== undefined && isPlainScalar(constant))) return negated ? js`${a} !== ${b}` : js`${a} === ${b}`;
    return negated ? js`!equals(${a}, ${b})` : js`equals(${a}, ${b})`;
  }

  private mockable(key: string, context: Fragment, args: readonly Fragment[], original: Fragment): Fragment {
    if (!this.unit.mocked.has(key)) return original;
    const name = literal(key);
    return js`(${context}.mocks !== null && ${context}.mocks.has(${name}) ? ${context}.callMock(${name}, [${list(args)}]) : ${original})`;
  }

  private object(entries: readonly (readonly [Operand, Operand])[]): Fragment {
    const names = new Set<RegoValue>();
    for (const [key] of entries)
      if (key.kind === "constant" && typeof key.value === "string" && key.value !== "__proto__") names.add(key.value);
    if (names.size === entries.length) {
      return js`{ ${list(entries.map(([key, value]) => js`${this.operand(key)}: ${this.operand(value)}`))} }`;
    }
    // Keys that are computed win over those that are written out.
    const ordered = [...entries.filter(([key]) => key.kind === "constant"), ...entries.filter(([key]) => key.kind !== "constant")];
    return js`objectOf([${list(ordered.map(([key, value]) => js`[${this.operand(key)}, ${this.operand(value)}]`))}])`;
  }
}

function isNumberConstant(operand: Operand | undefined): boolean {
  return operand?.kind === "constant" && typeof operand.value === "number";
}

/** The elements of a constant array or set of scalars. */
function scalarOptions(value: RegoValue): readonly RegoValue[] | null {
  const items = Array.isArray(value) ? (value as readonly RegoValue[]) : isSet(value) ? value.items : null;
  return items !== null && items.every(isPlainScalar) ? items : null;
}
