// Why a test failed: the expression that did not hold, and what stands in it.
import type { Body, Literal, Module, Term } from "../1-parse/ast.ts";
import { parseModule } from "../1-parse/parse-module.ts";
import type { EvaluateOptions, ModuleSource, Program } from "../6-link/program.ts";
import { positionAt } from "../diagnostics/line-table.ts";
import { Trace, type TraceEvent } from "../observe/trace.ts";
import { display } from "../runtime/display.ts";
import { own } from "../runtime/own.ts";
import type { RegoValue } from "../runtime/value.ts";
import type { RegoTest } from "./find-tests.ts";

/** The last expression of a test that did not hold. */
export interface TestFailure {
  readonly file: string;
  readonly line: number;
  /** The expression as it is written. */
  readonly text: string;
  /** Its variables, calls and references, with their values in Rego's notation; null where a part is undefined. */
  readonly values: readonly { readonly text: string; readonly value: string | null }[];
}

/** How many events are looked through, and how many parts of an expression are shown. */
const MOST_EVENTS = 10_000;
const MOST_PARTS = 12;

const VALUE = "holdfast_made__value";

/**
 * Evaluates a test that failed once more, to tell which of its expressions did not hold: of several, the one that is furthest down, where it was evaluated last. `module` is the one that was
 * made for the test. Null where no expression failed: the test gave another value than true.
 */
export function explainFailure(program: Program, test: RegoTest, module: ModuleSource, options: EvaluateOptions): TestFailure | null {
  const trace = new Trace({ events: MOST_EVENTS, derivations: 0, only: ["data", ...test.path].join(".") });
  const { print: _, ...quiet } = options;
  program.rule(test.path)?.({ ...quiet, trace });
  const failed = furthest(trace.events.filter(({ operation, whole }) => operation === "Fail" && !whole));
  if (failed === null) return null;
  const { file, line, text, locals } = failed;
  const parsed = parseModule(module.source, { file, version: module.version === "v0" ? "v0" : "v1" }).module;
  const literal = parsed === null ? null : literalAt(parsed, failed);
  if (parsed === null || literal === null) return { file, line, text, values: [] };
  return { file, line, text, values: new Parts(program, parsed, quiet, locals).of(literal) };
}

function furthest(events: readonly TraceEvent[]): TraceEvent | null {
  let found: TraceEvent | null = null;
  for (const event of events) {
    if (found === null || event.line > found.line || (event.line === found.line && event.column >= found.column)) found = event;
  }
  return found;
}

function literalAt(module: Module, { line, column }: TraceEvent): Literal | null {
  const bodies: readonly Body[] = module.rules.flatMap((rule) => [rule.body, ...rule.else.map(({ body }) => body)]);
  const found = bodies.flat().find(({ span }) => {
    const position = positionAt(module.source, span.start);
    return position.line === line && position.column === column;
  });
  return found ?? null;
}

/** What of an expression is worth telling: the parts of its term, or the whole collection that it went through. */
function termOf(literal: Literal): { readonly term: Term; readonly whole: boolean } | null {
  switch (literal.kind) {
    case "expression":
      return { term: literal.term, whole: false };
    case "every":
    case "some-in":
      return { term: literal.domain, whole: true };
    default:
      return null;
  }
}

/** The parts of an expression, each evaluated on its own where the expression stands. */
class Parts {
  readonly #program: Program;
  readonly #module: Module;
  readonly #options: EvaluateOptions;
  readonly #locals: Readonly<Record<string, RegoValue>>;

  constructor(program: Program, module: Module, options: EvaluateOptions, locals: Readonly<Record<string, RegoValue>>) {
    this.#program = program;
    this.#module = module;
    this.#locals = locals;
    const { package: name, imports, version } = module;
    this.#options = {
      ...options,
      queryVersion: version,
      queryPackage: this.#text(name),
      queryImports: imports
        .filter(({ path }) => path.head.kind === "variable" && (path.head.name === "data" || path.head.name === "input"))
        .map(({ path, alias }) => this.#text(path) + (alias === null ? "" : ` as ${alias}`)),
    };
  }

  of(literal: Literal): TestFailure["values"] {
    const told = termOf(literal);
    if (told === null || !("with" in literal)) return [];
    const mocks = literal.with.map((each) => ` ${this.#text(each)}`).join("");
    const used = new Set<string>();
    const parts = new Map<string, Term>();
    if (told.whole && told.term.kind !== "variable") parts.set(this.#text(told.term), told.term);
    collect(told.term, !told.whole, (term) => {
      if (term.kind === "variable") used.add(term.name);
      else if (!parts.has(this.#text(term))) parts.set(this.#text(term), term);
    });
    const variables = [...used].flatMap((name) => {
      const value = own(this.#locals, name);
      return value === undefined ? [] : [{ text: name, value: display(value) }];
    });
    const others = [...parts.keys()].slice(0, MOST_PARTS).flatMap((text) => {
      const values = this.#values(text, mocks);
      // Of several, none can be told to be the one.
      return values.length > 1 ? [] : [{ text: text.replaceAll(/\s+/gu, " "), value: values[0] ?? null }];
    });
    return [...others, ...variables];
  }

  /** The values of a part, in Rego's notation: none where it is undefined, or can't be told; several where it has a variable that is not bound. */
  #values(text: string, mocks: string): readonly string[] {
    const needed = Object.entries(this.#locals).filter(([name]) => new RegExp(`\\b${name}\\b`, "u").test(text + mocks));
    const query = [...needed.map(([name, value]) => `${name} := ${display(value)}`), `${VALUE} := ${text}${mocks}`].join("\n");
    const { results } = this.#program.evaluate(query, this.#options);
    return (results ?? []).flatMap((row) => {
      const value = own(row, VALUE);
      return value === undefined ? [] : [display(value)];
    });
  }

  #text({ span }: { readonly span: { readonly start: number; readonly end: number } }): string {
    return this.#module.source.slice(span.start, span.end);
  }
}

/** Tells the variables, calls and references of a term, from the outside in. Comprehensions have names of their own, and `_` several values. */
function collect(term: Term, outermost: boolean, tell: (term: Term) => void): void {
  const each = (terms: readonly Term[]): void => terms.forEach((one) => collect(one, false, tell));
  switch (term.kind) {
    case "variable":
      if (!term.wildcard) tell(term);
      return;
    case "call":
      // A comparison that failed has nothing to tell but its sides.
      if (!(outermost && term.infix) && !hasWildcard(term)) tell(term);
      each(term.args);
      return;
    case "reference":
      if (!hasWildcard(term)) tell(term);
      each([term.head, ...term.steps]);
      return;
    case "array":
    case "set":
      each(term.items);
      return;
    case "object":
      each(term.entries.flat());
      return;
    default:
  }
}

function hasWildcard(part: unknown): boolean {
  if (typeof part !== "object" || part === null) return false;
  if (Array.isArray(part)) return part.some(hasWildcard);
  const node = part as Readonly<Record<string, unknown>>;
  if (node["kind"] === "comprehension") return false;
  return node["wildcard"] === true || Object.values(node).some(hasWildcard);
}
