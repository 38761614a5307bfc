// Stage 5: from plans to JavaScript.
import type { Span } from "../1-parse/ast.ts";
import {
  functionKey,
  type Operand,
  type Operation,
  type PlannedDefinition,
  type PlannedQuery,
  type PlannedRule,
  type ProgramPlan,
} from "../4-plan/plan.ts";
import type { RuleGroup } from "../2-resolve/resolved.ts";
import { exclusiveDefinitions, sharedFields, type Exclusive } from "../4-plan/exclusive-definitions.ts";
import { jsonSlots, jsonSlotsOfBody } from "../4-plan/json-values.ts";
import { BodyEmitter } from "./emit-body.ts";
import { CodeWriter, type CodeLine } from "./code-writer.ts";
import { js, list, literal, type Fragment, type NameTable } from "./fragment.ts";
import { givenValues } from "./given-values.ts";
import { sourceMap } from "./source-map.ts";
import { runtimeNames, Unit, type EmitMode } from "./unit.ts";

/** Emitted JavaScript: the body of a function of `runtime`, `builtins` and `program`. */
export interface EmittedCode {
  readonly code: string;
  /** Makes its source map, version 3. */
  readonly map: () => string;
}

/**
 * Emits a program. The code returns its rules, as `{index, path, kind, alone, evaluate}`; `program.root` must be their tree when they are evaluated.
 */
export function emitProgram(plan: ProgramPlan, mode: EmitMode): EmittedCode {
  const unit = new Unit(mode, plan.mocked, jsonSlots(plan.rules, !mode.anyInput, mode.closed), (one, rule) =>
    one.names.make(rule.path.at(-1) ?? "rule"),
  );
  const writer = new CodeWriter();
  for (const { group } of plan.rules) unit.rule(group);
  for (const rule of plan.rules) emitRule(rule, plan.indexes.get(rule.group) ?? -1, unit, writer);
  const rules = new CodeWriter();
  rules.block(js`return [`, js`];`, () => {
    for (const { group, alone } of plan.rules) {
      const kind = literal(group.kind);
      rules.line(
        js`{ index: ${plan.indexes.get(group) ?? -1}, path: ${literal([...group.path])}, kind: ${kind}, alone: ${literal(alone)}, evaluate: ${unit.rule(group)} },`,
      );
    }
  });
  return finish(unit, [...writer.lines, ...rules.lines]);
}

/** Emits a query over a program. The code returns a function of the context that gives the values of each solution. */
export function emitQuery(
  plan: PlannedQuery,
  mode: EmitMode,
  mocked: ReadonlySet<string>,
  source: { readonly file: string; readonly source: string },
): EmittedCode {
  const unit = new Unit(mode, mocked, jsonSlotsOfBody(plan.body, !mode.anyInput), (one, rule) => {
    const name = one.names.make(rule.path.at(-1) ?? "rule");
    one.definitions.push(js`const ${name} = program.rules[${plan.indexes.get(rule) ?? -1}].evaluate;`);
    return name;
  });
  const writer = new CodeWriter();
  writer.setSource(source);
  const table = unit.names.inner();
  const answers = table.make("answers");
  const body = new BodyEmitter(unit, writer, table);
  body.answer = (values: readonly Operand[]): void =>
    writer.line(js`${answers}.push([${list(values.map((one) => body.expressions.operand(one)))}]);`);
  writer.block(js`return (c) => {`, js`};`, () => {
    writer.line(js`const ${answers} = [];`);
    if (plan.site === null) body.body(plan.body, "query");
    else observedCall(body, writer, unit.site(plan.site), () => body.body(plan.body, "query"));
    writer.line(js`return ${answers};`);
  });
  return finish(unit, writer.lines);
}

function finish(unit: Unit, lines: readonly CodeLine[]): EmittedCode {
  const definitions: CodeLine[] = unit.definitions.map((text) => ({ depth: 0, text, origin: null }));
  const rest = [...definitions, ...lines];
  const text = rest.map((line) => indentation(line.depth) + line.text).join("\n");
  const used = runtimeNames.filter((name) => text.includes(name));
  const imported = js`const { ${list(used as unknown as Fragment[])} } = runtime;`;
  const head: CodeLine[] = [js`"use strict";`, imported].map((text) => ({ depth: 0, text, origin: null }));
  return { code: `"use strict";\n${imported}\n${text}\n`, map: () => sourceMap([...head, ...rest]) };
}

const indentations: string[] = [];

function indentation(depth: number): string {
  return (indentations[depth] ??= "  ".repeat(depth));
}

/** Writes the function of one rule. */
function emitRule(rule: PlannedRule, index: number, unit: Unit, writer: CodeWriter): void {
  const { group } = rule;
  const table = unit.names.inner();
  writer.setSource(group.module);
  writer.at(group.span);
  const body = new BodyEmitter(unit, writer, table);
  const emit = new RuleEmitter(rule, index, unit, writer, body, table);
  const params = [js`c`, ...rule.params.map((param) => body.slot(param))];
  writer.block(js`function ${unit.rule(group)}(${list(params)}) {`, js`}`, () => emit.write(table.make("memo"), table.make("result")));
}

/** Code that an observer hears the beginning and end of. */
function observedCall(body: BodyEmitter, writer: CodeWriter, site: Fragment, write: () => void): void {
  const call = body.frame({ id: 0 });
  writer.line(js`const ${call} = c.observer.call(c, ${site});`);
  writer.block(js`try {`, js`} finally {`, write);
  writer.line(js`  c.observer.back(c, ${call});`);
  writer.line(js`}`);
}

class RuleEmitter {
  private readonly rule: PlannedRule;
  /** Its place in the memo of a context. */
  private readonly index: number;
  private readonly group: RuleGroup;
  private readonly unit: Unit;
  private readonly writer: CodeWriter;
  private readonly body: BodyEmitter;
  private readonly table: NameTable;

  constructor(rule: PlannedRule, index: number, unit: Unit, writer: CodeWriter, body: BodyEmitter, table: NameTable) {
    this.rule = rule;
    this.index = index;
    this.group = rule.group;
    this.unit = unit;
    this.writer = writer;
    this.body = body;
    this.table = table;
  }

  write(memo: Fragment, result: Fragment): void {
    const { writer, group, unit } = this;
    if (this.rule.hideable) writer.line(js`if (c.hides(${unit.path(group.path)})) return c.base(${unit.path(group.path)});`);
    const site = this.rule.site === null ? null : unit.site(this.rule.site);
    if (group.kind !== "function") {
      writer.line(js`const ${memo} = c.memo[${this.index}];`);
      if (site !== null) writer.line(js`if (${memo} !== undefined) c.observer.reuse(c, ${site});`);
      const known = group.kind === "complete" ? js`${memo} === absent ? undefined : ${memo}` : memo;
      writer.line(js`if (${memo} !== undefined) return ${known};`);
    }
    this.body.step(group.span);
    if (site === null) this.writeBodies(result);
    else observedCall(this.body, writer, site, () => this.writeBodies(result));
  }

  private writeBodies(result: Fragment): void {
    const { group } = this;
    if (group.kind === "set") this.writeSet(result);
    else if (group.kind === "object") this.writeObject(result);
    else this.writeSingle(result);
  }

  private writeSet(result: Fragment): void {
    const { writer, body } = this;
    writer.line(
      js`const ${result} = ${body.newSet(this.rule.definitions.flatMap((one) => one.branches.flatMap((branch) => givenValues(branch, "produce"))))};`,
    );
    body.produce = (operation): void => writer.line(js`${result}.gather(${body.expressions.operand(operation.value)});`);
    for (const definition of this.rule.definitions) this.definition(definition);
    this.keep(result);
  }

  private writeObject(result: Fragment): void {
    const { writer, body, rule } = this;
    const flat = rule.alone && rule.definitions.every((one) => !one.contains && one.branches.every((branch) => keyCount(branch) === 1));
    writer.line(js`const ${result} = new ${flat ? js`ObjectBuilder` : js`LayeredDocument`}();`);
    for (const definition of rule.definitions) {
      body.produce = (operation): void => {
        const value = body.expressions.operand(operation.value);
        const keys = list(operation.keys.map((key) => body.expressions.operand(key)));
        if (flat) writer.line(js`if (!${result}.add(${keys}, ${value})) conflictingKeys(${body.place(operation.span)});`);
        else writer.line(js`${result}.${definition.contains ? js`add` : js`put`}([${keys}], ${value});`);
      };
      this.definition(definition);
    }
    this.keep(rule.alone ? js`${result}.build()` : result);
  }

  private keep(value: Fragment): void {
    this.writer.line(js`return (c.memo[${this.index}] = ${value});`);
  }

  private definition(definition: PlannedDefinition): void {
    this.writer.setSource(definition.module);
    this.writer.at(definition.span);
    for (const branch of definition.branches) {
      this.body.step(definition.span);
      this.body.branch(branch, "body");
    }
  }

  private writeSingle(result: Fragment): void {
    const { writer, body, rule, group } = this;
    const isFunction = group.kind === "function";
    const memo = js`c.memo[${this.index}]`;
    const done = (value: Fragment): Fragment => (isFunction ? js`return ${value};` : js`return (${memo} = ${value});`);
    const exclusive = exclusiveDefinitions(rule, this.unit.mocked);
    const direct = rule.definitions.map((_, i) => rule.constant !== null || givesOnce(rule, i, exclusive));
    if (direct.includes(false)) writer.line(js`let ${result};`);
    if (rule.site === null) body.readFirst(sharedFields(rule));
    rule.definitions.forEach((definition, i) => {
      writer.setSource(definition.module);
      writer.at(definition.span);
      const chained = definition.branches.length > 1 && rule.constant === null;
      const target = chained ? this.chained() : result;
      this.body.step(definition.span);
      const alone = rule.definitions.every((_, j) => j >= i || exclusive(i, j));
      definition.branches.forEach((branch, j) => {
        body.produce = (operation, many): void => {
          const value = body.expressions.operand(operation.value);
          if (direct[i] === true) writer.line(done(value));
          else this.assign(target, value, (chained || alone) && !many, operation.span);
        };
        if (j === 0 || rule.constant !== null) body.branch(branch, "body");
        else writer.block(js`if (${target} === undefined) {`, js`}`, () => body.branch(branch, "otherwise"));
      });
      if (chained) writer.block(js`if (${target} !== undefined) {`, js`}`, () => this.assign(result, target, i === 0, definition.span));
    });
    this.fallback(direct.includes(false) ? result : null, done);
  }

  private chained(): Fragment {
    const name = this.table.make("chosen");
    this.writer.line(js`let ${name};`);
    return name;
  }

  private assign(target: Fragment, value: Fragment, isFirst: boolean, span: Span): void {
    const { group, writer } = this;
    const what = group.kind === "function" ? js`"function"` : js`"rule"`;
    if (!isFirst) {
      const conflict = js`conflictingValues(${what}, ${literal(functionKey(group))}, ${this.body.place(span)});`;
      writer.line(js`if (${target} !== undefined && !equals(${target}, ${value})) ${conflict}`);
    }
    writer.line(js`${target} = ${value};`);
  }

  /** What is given where nothing was returned before. `result` is where definitions left what they gave; null if all returned it at once. */
  private fallback(result: Fragment | null, done: (value: Fragment) => Fragment): void {
    const { writer, rule, group, body } = this;
    if (rule.constant !== null && rule.definitions.some((one) => one.branches[0]?.[0]?.kind === "produce")) return;
    if (result !== null) {
      const keep = group.kind === "function" ? js`return ${result};` : js`return (c.memo[${this.index}] = ${result});`;
      writer.line(js`if (${result} !== undefined) ${keep}`);
    }
    if (rule.fallback !== null) {
      body.produce = (operation): void => writer.line(done(body.expressions.operand(operation.value)));
      this.definition(rule.fallback);
      if (rule.fallback.branches[0]?.[0]?.kind === "produce") return;
    }
    if (group.kind !== "function") writer.line(js`c.memo[${this.index}] = absent;`);
    writer.line(js`return undefined;`);
  }
}

/** Whether what a definition gives is the rule's value, whatever the others say: it gives one value, and none of them can give another. */
function givesOnce(rule: PlannedRule, position: number, exclusive: Exclusive): boolean {
  const [only, ...others] = rule.definitions[position]?.branches ?? [];
  if (only?.at(-1)?.kind !== "produce" || others.length > 0) return false;
  return rule.definitions.every((_, other) => other === position || exclusive(position, other));
}

function keyCount(operations: readonly Operation[]): number {
  const last = operations.at(-1);
  if (last?.kind === "produce") return last.keys.length;
  return last?.kind === "loop" || last?.kind === "seek" ? keyCount(last.body) : 1;
}
