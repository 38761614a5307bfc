// Which variables a literal needs, and which it binds: by unification, by iterating over what a reference steps through, and by a call's
// result where it is written as the last argument.
import type { Local, ResolvedBody, ResolvedLiteral, ResolvedTerm } from "../2-resolve/resolved.ts";
import { walkBody, walkTerm } from "../2-resolve/walk.ts";
import { sizeOf } from "../runtime/iteration.ts";
import { lookup } from "../runtime/lookup.ts";
import { isObject, type RegoValue } from "../runtime/value.ts";

/** The variables bound so far. Stages 3 and 4 ask the same questions about their own sets of variables. */
export interface Bound {
  has(local: Local): boolean;
}

/** A set of bound variables on top of others. */
class Growing implements Bound {
  readonly added: Set<Local> = new Set();
  private readonly below: Bound;

  constructor(below: Bound) {
    this.below = below;
  }

  has(local: Local): boolean {
    return this.added.has(local) || this.below.has(local);
  }
}

/** The variables of a closure that come from outside. */
function freeLocals(body: ResolvedBody, ends: readonly (ResolvedTerm | null)[], hidden: readonly (Local | null)[]): Local[] {
  const owned = new Set<Local>();
  for (const local of hidden) if (local !== null) owned.add(local);
  const found = new Set<Local>();
  const visitor = {
    body: (inner: ResolvedBody): void => {
      for (const local of inner.owned) owned.add(local);
    },
    literal: (literal: ResolvedLiteral): void => {
      if (literal.kind !== "every") return;
      owned.add(literal.value);
      if (literal.key !== null) owned.add(literal.key);
    },
    term: (term: ResolvedTerm): void => {
      if (term.kind === "local" && !term.local.wildcard) found.add(term.local);
    },
  };
  walkBody(body, visitor);
  for (const end of ends) if (end !== null) walkTerm(end, visitor);
  return [...found].filter((local) => !owned.has(local));
}

/** Every variable that a term mentions: its own, and those that its closures take from outside. */
export function localsOf(term: ResolvedTerm): Local[] {
  const found: Local[] = [];
  collectLocals(term, found);
  return found;
}

/** Asked of nearly every term several times, and so without a visitor. */
function collectLocals(term: ResolvedTerm, found: Local[]): void {
  switch (term.kind) {
    case "constant":
      return;
    case "local":
      found.push(term.local);
      return;
    case "reference":
      if (typeof term.root !== "string") collectLocals(term.root, found);
      for (const step of term.steps) collectLocals(step, found);
      return;
    case "array":
    case "set":
      for (const item of term.items) collectLocals(item, found);
      return;
    case "object":
      for (const [key, value] of term.entries) {
        collectLocals(key, found);
        collectLocals(value, found);
      }
      return;
    case "call":
      for (const argument of term.args) collectLocals(argument, found);
      return;
    case "unify":
      collectLocals(term.left, found);
      collectLocals(term.right, found);
      return;
    case "comprehension":
      found.push(...freeLocals(term.body, [term.key, term.value], []));
      return;
    case "template":
      for (const one of term.parts) if (typeof one !== "string") found.push(...freeLocals(one.body, [one.value], []));
  }
}

/** Whether a term can be evaluated, iterating over what its references step through if need be. */
export function isReady(term: ResolvedTerm, bound: Bound): boolean {
  if (term.kind === "constant") return true;
  if (term.kind === "local") return bound.has(term.local);
  if (isGround(term, bound)) return true;
  const growing = new Growing(bound);
  bindSteps([term], growing);
  return isGround(term, growing);
}

/** Whether all variables of a term are bound already. Asked as often as `localsOf`, and so without making a list. */
export function isGround(term: ResolvedTerm, bound: Bound): boolean {
  switch (term.kind) {
    case "constant":
      return true;
    case "local":
      return bound.has(term.local);
    case "reference":
      return (typeof term.root === "string" || isGround(term.root, bound)) && areGround(term.steps, bound);
    case "array":
    case "set":
      return areGround(term.items, bound);
    case "call":
      return areGround(term.args, bound);
    case "unify":
      return isGround(term.left, bound) && isGround(term.right, bound);
    case "object":
    case "comprehension":
    case "template":
      return localsOf(term).every((local) => bound.has(local));
  }
}

function areGround(terms: readonly ResolvedTerm[], bound: Bound): boolean {
  for (const term of terms) if (!isGround(term, bound)) return false;
  return true;
}

/** Adds the variables that evaluating the terms binds by iteration. */
function bindSteps(terms: readonly ResolvedTerm[], bound: Growing): void {
  for (let before = -1; before !== bound.added.size;) {
    before = bound.added.size;
    for (const term of terms) bindStepsOnce(term, bound);
  }
}

function bindStepsOnce(term: ResolvedTerm, bound: Growing): void {
  switch (term.kind) {
    case "reference": {
      if (typeof term.root !== "string") {
        bindStepsOnce(term.root, bound);
        if (!isGround(term.root, bound)) return;
      }
      for (const step of term.steps) {
        bindStepsOnce(step, bound);
        bindPattern(step, bound);
      }
      return;
    }
    case "array":
    case "set":
      for (const item of term.items) bindStepsOnce(item, bound);
      return;
    case "object":
      for (const [key, value] of term.entries) {
        bindStepsOnce(key, bound);
        bindStepsOnce(value, bound);
      }
      return;
    case "call":
      for (const argument of term.args) bindStepsOnce(argument, bound);
      if (term.args.length > term.callee.arity) bindResult(term.args, term.callee.arity, bound);
      return;
    case "unify":
      bindStepsOnce(term.left, bound);
      bindStepsOnce(term.right, bound);
      unify(term.left, term.right, bound);
      return;
    case "constant":
    case "local":
    case "comprehension":
    case "template":
  }
}

function bindResult(args: readonly ResolvedTerm[], arity: number, bound: Growing): void {
  const result = args[arity];
  if (result !== undefined && args.slice(0, arity).every((argument) => isReady(argument, bound))) bindPattern(result, bound);
}

/** Binds the variables at the places of a pattern: the variable itself, items of arrays, values of objects. */
function bindPattern(pattern: ResolvedTerm, bound: Growing): void {
  switch (pattern.kind) {
    case "local":
      bound.added.add(pattern.local);
      return;
    case "array":
      for (const item of pattern.items) bindPattern(item, bound);
      return;
    case "object":
      for (const [, value] of pattern.entries) bindPattern(value, bound);
      return;
    default:
  }
}

/** Binds the variables of a pattern to the parts of a value, where the form of neither makes that impossible. */
function bindFrom(pattern: ResolvedTerm, value: ResolvedTerm, bound: Growing): void {
  switch (value.kind) {
    case "constant":
      bindConstant(pattern, value.value, bound);
      return;
    case "local":
    case "reference":
    case "call":
    case "unify":
    case "template":
      bindPattern(pattern, bound);
      return;
    case "comprehension":
      if (pattern.kind !== "object") bindPattern(pattern, bound);
      return;
    default:
      // Collections are compared part by part.
      if (pattern.kind === "local") bindPattern(pattern, bound);
  }
}

function bindConstant(pattern: ResolvedTerm, value: RegoValue, bound: Growing): void {
  if (pattern.kind === "local") bindPattern(pattern, bound);
  else if (pattern.kind === "array" && Array.isArray(value) && value.length === pattern.items.length) {
    pattern.items.forEach((item, i) => bindConstant(item, value[i] ?? null, bound));
  } else if (pattern.kind === "object" && isObject(value) && sizeOf(value) === pattern.entries.length) {
    const values = pattern.entries.map(([key]) => (key.kind === "constant" ? lookup(value, key.value) : undefined));
    if (values.includes(undefined)) return;
    pattern.entries.forEach(([, part], i) => bindConstant(part, values[i] ?? null, bound));
  }
}

function unify(left: ResolvedTerm, right: ResolvedTerm, bound: Growing): void {
  if (isReady(left, bound)) bindFrom(right, left, bound);
  if (isReady(right, bound)) bindFrom(left, right, bound);
  for (const [a, b] of unifiedPairs(left, right)) unify(a, b, bound);
}

/** The parts of two collections of the same shape that must be equal; none when the shapes can't be compared part by part. */
export function unifiedPairs(left: ResolvedTerm, right: ResolvedTerm): readonly (readonly [ResolvedTerm, ResolvedTerm])[] {
  if (left.kind === "array" && right.kind === "array" && left.items.length === right.items.length) {
    return left.items.map((item, i) => [item, right.items[i] ?? item] as const);
  }
  if (left.kind === "object" && right.kind === "object" && left.entries.length === right.entries.length) {
    const values = new Map(right.entries.map(([key, value]) => [sameKey(key), value]));
    const pairs: (readonly [ResolvedTerm, ResolvedTerm])[] = [];
    for (const [key, value] of left.entries) {
      const other = values.get(sameKey(key));
      if (other === undefined) return [];
      pairs.push([value, other]);
    }
    return pairs;
  }
  return [];
}

/** What two keys have in common that are the same constant or the same variable. */
function sameKey(key: ResolvedTerm): unknown {
  if (key.kind === "constant") return key.value;
  return key.kind === "local" ? key.local : key;
}

/** What a literal binds, and which variables it lacks, given those that are bound. */
export function bindingsOf(
  literal: ResolvedLiteral,
  bound: Bound,
): { readonly binds: ReadonlySet<Local>; readonly lacks: readonly Local[] } {
  const growing = new Growing(bound);
  const needed: Local[] = [];
  // The values of replacements are needed before the literal is evaluated: what it binds itself comes too late.
  const before: Local[] = [];
  for (const one of literal.with) {
    if (one.kind === "document") before.push(...localsOf(one.value));
    else if (!("arity" in one.by)) before.push(...localsOf(one.by));
  }
  switch (literal.kind) {
    case "term":
      bindSteps([literal.term], growing);
      if (!isGround(literal.term, growing)) needed.push(...localsOf(literal.term));
      break;
    case "negated": {
      const inner = literal.literal;
      needed.push(...(inner.kind === "term" ? localsOf(inner.term) : bindingsOf(inner, bound).lacks));
      break;
    }
    case "some-in":
      bindSteps([literal.domain], growing);
      needed.push(...localsOf(literal.domain));
      for (const pattern of [literal.key, literal.value]) {
        if (pattern === null) continue;
        if (needed.every((local) => growing.has(local))) bindPattern(pattern, growing);
        bindSteps([pattern], growing);
        needed.push(...localsOf(pattern));
      }
      break;
    case "every":
      bindSteps([literal.domain], growing);
      needed.push(...localsOf(literal.domain), ...freeLocals(literal.body, [], [literal.key, literal.value]));
      break;
    case "not-body":
      needed.push(...freeLocals(literal.body, [], []));
      break;
    case "logic":
      for (const operand of literal.operands) needed.push(...freeLocals(operand, [], []));
      break;
    case "print":
      for (const argument of literal.args) needed.push(...freeLocals(argument.body, [argument.value], []));
  }
  const lacks = [...before.filter((local) => !bound.has(local)), ...needed.filter((local) => !growing.has(local))];
  return { binds: growing.added, lacks };
}

/** What evaluating terms at the end of a body binds and lacks. */
export function bindingsOfTerms(
  terms: readonly ResolvedTerm[],
  bound: Bound,
): { readonly binds: ReadonlySet<Local>; readonly lacks: readonly Local[] } {
  const growing = new Growing(bound);
  bindSteps(terms, growing);
  const lacks = areGround(terms, growing) ? [] : terms.flatMap(localsOf).filter((local) => !growing.has(local));
  return { binds: growing.added, lacks };
}
