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
import { namedPlaces } from "../2-resolve/named-places.ts";
import type { RuleGroup } from "../2-resolve/resolved.ts";
import { exclusiveDefinitions, sharedFields, type Exclusive } from "../4-plan/exclusive-definitions.ts";
import { rememberedFunctions } from "../4-plan/remembered-functions.ts";
import { jsonSlots, jsonSlotsOfBody, type JsonSlots } from "../4-plan/json-values.ts";
import { BodyEmitter } from "./emit-body.ts";
import { Assembly, type EmittedText } from "./assemble.ts";
import { CodeWriter } from "./code-writer.ts";
import { js, list, literal, type Fragment } from "./fragment.ts";
import { givenValues } from "./given-values.ts";
import { Unit, type EmitMode, type Piece } from "./unit.ts";

/** A rule and its code. */
export interface EmittedRule {
  readonly rule: PlannedRule;
  readonly piece: Piece;
}

/** Emits the rules of a program, each by itself: `linkProgram` puts them together as functions, `programText` as one text. */
export function emitProgram(plan: ProgramPlan, mode: EmitMode): readonly EmittedRule[] {
  const json = jsonSlots(plan.rules, !mode.anyInput, mode.closed);
  // Steps that are counted, and all that is observed, are those of every call.
  const remembered = mode.metered || mode.observed || plan.mocked.size > 0 ? new Set<RuleGroup>() : rememberedFunctions(plan.rules);
  return plan.rules.map((rule) => ({
    rule,
    piece: pieceOf(rule, mode, plan.mocked, json.get(rule) ?? nothingJson, remembered.has(rule.group)),
  }));
}

/**
 * A whole program as one text, which returns its rules, as `{index, path, kind, alone, evaluate}`; `program.root` must be their tree when they are evaluated. `indexes` are the
 * positions of rules in their program.
 */
export function programText(emitted: readonly EmittedRule[], indexes: ReadonlyMap<RuleGroup, number>): EmittedText {
  const assembly = new Assembly(
    emitted.map(({ piece }) => piece),
    indexes,
  );
  for (const { rule } of emitted) assembly.rule(rule.group);
  const rules = new CodeWriter();
  rules.block(js`return [`, js`];`, () => {
    for (const { rule } of emitted) {
      const { group, alone } = rule;
      const kind = literal(group.kind);
      rules.line(
        js`{ index: ${assembly.index(group)}, path: ${literal([...group.path])}, kind: ${kind}, alone: ${literal(alone)}, evaluate: ${assembly.rule(group)} },`,
      );
    }
  });
  return assembly.finish(rules.lines);
}

/** Emits a query over a program. Its function takes the context and gives the values of each solution. */
export function emitQuery(
  plan: PlannedQuery,
  mode: EmitMode,
  mocked: ReadonlySet<string>,
  source: { readonly file: string; readonly source: string },
): Piece {
  const unit = new Unit(mode, mocked, jsonSlotsOfBody(plan.body, !mode.anyInput));
  const writer = new CodeWriter();
  writer.setSource(source);
  const answers = unit.names.make("answers");
  const body = new BodyEmitter(unit, writer, unit.names);
  body.answer = (values: readonly Operand[]): void =>
    writer.line(js`${answers}.push([${list(values.map((one) => body.expressions.operand(one)))}]);`);
  writer.block(js`return (c) => {`, js`};`, () => {
    writer.line(js`const ${answers} = [];`);
    if (plan.site === null) body.body(plan.body, "query");
    else observedCall(body, writer, unit.site(plan.site), () => body.body(plan.body, "query"));
    writer.line(js`return ${answers};`);
  });
  return unit.piece(writer.lines, null);
}

/** Pieces by the plan that they were made from: rules of a library stand in many programs. */
const knownPieces: WeakMap<PlannedRule, Map<string, Piece[]>> = new WeakMap();

/** So many pieces are kept of a rule, which differ in what is known of its arguments. */
const mostPieces = 4;

/** The piece of one rule: one that was made before, if nothing is known otherwise now. */
function pieceOf(rule: PlannedRule, mode: EmitMode, mocked: ReadonlySet<string>, json: JsonSlots, remembered: boolean): Piece {
  if (mocked.size > 0 || mode.observed) return emitRule(rule, new Unit(mode, mocked, json), false);
  const key = `${mode.strictBuiltinErrors} ${mode.metered} ${remembered}`;
  const byMode = knownPieces.get(rule) ?? new Map<string, Piece[]>();
  knownPieces.set(rule, byMode);
  const pieces = byMode.get(key) ?? [];
  byMode.set(key, pieces);
  for (const piece of pieces) if (isAnsweredBy(json, piece)) return piece;
  const piece = emitRule(rule, new Unit(mode, mocked, json), remembered);
  if (pieces.length < mostPieces) pieces.push(piece);
  return piece;
}

const nothingJson: JsonSlots = new Set();

/** Whether all that was asked for a piece has the same answer. */
function isAnsweredBy(json: JsonSlots, { asked }: Piece): boolean {
  for (const [slot, answer] of asked) if (json.has(slot) !== answer) return false;
  return true;
}

/** Writes the function of one rule; of one whose results are remembered, that which looks for them, and that which works them out. */
function emitRule(rule: PlannedRule, unit: Unit, remembered: boolean): Piece {
  const { group } = rule;
  const writer = new CodeWriter();
  writer.setSource(group.module);
  writer.at(group.span);
  const body = new BodyEmitter(unit, writer, unit.names);
  const emit = new RuleEmitter(rule, unit, writer, body);
  const params = [js`c`, ...rule.params.map((param) => body.slot(param))];
  if (remembered) emitRemembering(group, params, unit, writer);
  writer.block(js`function ${remembered ? unit.work(group) : unit.rule(group)}(${list(params)}) {`, js`}`, () =>
    emit.write(unit.names.make("memo"), unit.names.make("result")),
  );
  return unit.piece(writer.lines, group);
}

/** Writes the function that looks for what a rule gave for its arguments before. */
function emitRemembering(group: RuleGroup, params: readonly Fragment[], unit: Unit, writer: CodeWriter): void {
  const [calls, known] = [unit.names.make("calls"), unit.names.make("known")];
  const args = list(params.slice(1));
  const [find, keep] = params.length === 2 ? [js`find`, js`keep`] : [js`findPair`, js`keepPair`];
  writer.block(js`function ${unit.rule(group)}(${list(params)}) {`, js`}`, () => {
    writer.line(js`const ${calls} = (c.memo[${unit.index(group)}] ??= new RememberedCalls());`);
    writer.line(js`const ${known} = ${calls}.${find}(${args});`);
    writer.line(js`return ${known} !== nothing ? ${known} : ${calls}.${keep}(${args}, ${unit.work(group)}(${list(params)}));`);
  });
}

/** Code that an observer hears the beginning and end of. */
function observedCall(body: BodyEmitter, writer: CodeWriter, site: Fragment, write: () => void): void {
  const call = body.marks.frame({ id: 0 });
  writer.line(js`const ${call} = c.observer.call(c, ${site});`);
  writer.block(js`try {`, js`} finally {`, write);
  writer.line(js`  c.observer.back(c, ${call});`);
  writer.line(js`}`);
}

class RuleEmitter {
  private readonly rule: PlannedRule;
  /** Its place in the memo of a context. */
  private readonly index: Fragment;
  private readonly group: RuleGroup;
  private readonly unit: Unit;
  private readonly writer: CodeWriter;
  private readonly body: BodyEmitter;

  constructor(rule: PlannedRule, unit: Unit, writer: CodeWriter, body: BodyEmitter) {
    this.rule = rule;
    this.index = unit.index(rule.group);
    this.group = rule.group;
    this.unit = unit;
    this.writer = writer;
    this.body = body;
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
      js`const ${result} = ${body.collections.newSet(this.rule.definitions.flatMap((one) => one.branches.flatMap((branch) => givenValues(branch, "produce"))))};`,
    );
    body.produce = (operation): void => writer.line(js`${result}.gather(${body.expressions.operand(operation.value)});`);
    for (const definition of this.rule.definitions) this.definition(definition);
    this.keep(result);
  }

  private writeObject(result: Fragment): void {
    const { writer, body, rule } = this;
    const flat = rule.alone && rule.definitions.every((one) => !one.contains && one.branches.every((branch) => keyCount(branch) === 1));
    writer.line(js`const ${result} = new ${flat ? js`ObjectBuilder` : js`LayeredDocument`}();`);
    for (const { keys, isSet } of flat ? [] : namedPlaces(this.group)) {
      writer.line(js`${result}.open([${list(keys.map((key) => this.unit.constant(key)))}], ${literal(isSet)});`);
    }
    for (const definition of rule.definitions) {
      body.produce = (operation): void => {
        const value = body.expressions.operand(operation.value);
        const keys = list(operation.keys.map((key) => body.expressions.operand(key)));
        if (flat) writer.line(js`if (!${result}.add(${keys}, ${value})) conflictingKeys(${body.place(operation.span)});`);
        else writer.line(js`${result}.${definition.contains ? js`add` : js`put`}([${keys}], ${value});`);
        if (given !== null) writer.line(js`${given} = true;`);
      };
      const given = definition.branches.length > 1 ? this.chained() : null;
      this.definition(definition, given);
    }
    this.keep(rule.alone ? js`${result}.build()` : result);
  }

  private keep(value: Fragment): void {
    this.writer.line(js`return (c.memo[${this.index}] = ${value});`);
  }

  /** The branches in turn: those behind an `else` where `given`, if there is such a variable, has not been set. */
  private definition(definition: PlannedDefinition, given: Fragment | null = null): void {
    const { writer, body } = this;
    writer.setSource(definition.module);
    writer.at(definition.span);
    definition.branches.forEach((branch, i) => {
      body.step(definition.span);
      if (given === null || i === 0) body.branch(branch, "body");
      else writer.block(js`if (${given} === undefined) {`, js`}`, () => body.branch(branch, "otherwise"));
    });
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
    const name = this.unit.names.make("chosen");
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
    if (writer.hasReturned) return;
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
