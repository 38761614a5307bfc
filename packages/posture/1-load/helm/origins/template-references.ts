import { LineIndex } from "../../../yaml/line-index.ts";
import { actionsOf } from "./template-actions.ts";
import type { Action } from "./template-actions.ts";
import { fieldOf, ITEM_KEY, referencesOf } from "./template-expression.ts";
import type { Reference, Scope } from "./template-expression.ts";

/** What an expression that writes something may stand for. */
export interface OutputReferences {
  /** The lines that it stands on. */
  readonly line: number;
  readonly endLine: number;
  /** The named template that it is in. */
  readonly define: string | undefined;
  readonly references: readonly Reference[];
}

/** A scope that blocks open and close. */
class BlockScope implements Scope {
  readonly dot: readonly Reference[];
  readonly define: string | undefined;
  /** The scope of the block around this one. */
  readonly outer: BlockScope | undefined;
  readonly #variables = new Map<string, readonly Reference[]>();

  constructor(dot: readonly Reference[], define: string | undefined, outer?: BlockScope) {
    this.dot = dot;
    this.define = define;
    this.outer = outer;
    if (outer === undefined) this.#variables.set("$", dot);
  }

  readonly variable = (name: string): readonly Reference[] => this.#variables.get(name) ?? this.outer?.variable(name) ?? [];

  declare(name: string, references: readonly Reference[]): void {
    this.#variables.set(name, references);
  }

  /** Sets a variable anew, in whichever block it was declared: until then it may have had its earlier value. */
  assign(name: string, references: readonly Reference[]): void {
    if (this.#variables.has(name) || this.outer === undefined) this.#variables.set(name, [...this.variable(name), ...references]);
    else this.outer.assign(name, references);
  }
}

const ROOT: readonly Reference[] = [{ of: "root", path: [] }];
const DECLARED = /^(?:(?<first>\$\w*)\s*,\s*)?(?<last>\$\w*)\s*(?<sign>:?=)\s*/u;

/** What the expressions of a template that write something may stand for, in their order. */
export function outputReferences(text: string): readonly OutputReferences[] {
  const lines = new LineIndex(text);
  const found: OutputReferences[] = [];
  const file = new BlockScope(ROOT, undefined);
  const scopes: BlockScope[] = [];
  for (const action of actionsOf(text)) {
    const scope = scopes.at(-1) ?? file;
    if (action.kind === "output") {
      const references = referencesOf(action.code, scope);
      const [line, endLine] = [lines.placeOf(action.start).line, lines.placeOf(action.end - 1).line];
      if (references.length > 0) found.push({ line, endLine, define: scope.define, references });
    } else if (action.kind === "assignment") {
      assign(action, scope);
    } else if (action.kind === "control") {
      control(action.code, scope, scopes);
    }
  }
  return found;
}

function assign({ code }: Action, scope: BlockScope): void {
  const { last, sign } = DECLARED.exec(code)?.groups ?? {};
  if (last === undefined) return;
  const references = referencesOf(code.replace(DECLARED, ""), scope);
  if (sign === ":=") scope.declare(last, references);
  else scope.assign(last, references);
}

function control(code: string, scope: BlockScope, scopes: BlockScope[]): void {
  const [word = ""] = /^\w+/u.exec(code) ?? [];
  const rest = code.slice(word.length).trim();
  switch (word) {
    case "define": {
      const name = /^["`](?<name>[^"`]*)["`]/u.exec(rest)?.groups?.["name"] ?? "";
      scopes.push(new BlockScope([{ of: "argument", define: name, path: [] }], name));
      return;
    }
    case "if":
      scopes.push(inner(rest, scope, scope.dot));
      return;
    case "with":
      scopes.push(inner(rest, scope));
      return;
    case "range":
      scopes.push(inner(rest, scope, undefined, true));
      return;
    case "block":
      scopes.push(new BlockScope(scope.dot, scope.define, scope));
      return;
    case "end":
      scopes.pop();
      return;
    case "else":
      elseScope(rest, scopes);
  }
}

/** A block whose dot is what its expression stands for, or each item of that. */
function inner(expression: string, scope: BlockScope, dot?: readonly Reference[], items = false): BlockScope {
  const declared = DECLARED.exec(expression)?.groups;
  const whole = referencesOf(declared === undefined ? expression : expression.replace(DECLARED, ""), scope);
  const value = items ? fieldOf(whole, "*") : whole;
  const made = new BlockScope(dot ?? value, scope.define, scope);
  if (declared?.["last"] !== undefined) made.declare(declared["last"], value);
  if (items && declared?.["first"] !== undefined) made.declare(declared["first"], fieldOf(whole, ITEM_KEY));
  return made;
}

/** What follows `else` sees what stood around the block; `else with` opens another in its place. */
function elseScope(rest: string, scopes: BlockScope[]): void {
  const closed = scopes.pop();
  if (closed === undefined) return;
  const outer = closed.outer ?? closed;
  const [word = ""] = /^\w+/u.exec(rest) ?? [];
  const expression = rest.slice(word.length).trim();
  scopes.push(word === "with" ? inner(expression, outer) : inner(word === "if" ? expression : ".", outer, outer.dot));
}
