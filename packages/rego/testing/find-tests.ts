// Finds Rego unit tests and makes each of them a rule of its own, as `opa test` sees them. https://www.openpolicyagent.org/docs/policy-testing
import type { Body, Module, Rule, Span, Term } from "../1-parse/ast.ts";
import { parseModule } from "../1-parse/parse-module.ts";
import type { ModuleSource } from "../6-link/program.ts";
import { positionAt } from "../diagnostics/line-table.ts";
import { stringify } from "../runtime/json.ts";

/** A test as it stands in a module. */
export interface RegoTest {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `data.shop_test`. */
  readonly package: string;
  /** Two rules of one name are two tests; the second has `#01` behind its name. */
  readonly name: string;
  /** Named `todo_test_…`: it is told, not run. */
  readonly todo: boolean;
  /** It is a function, which nobody calls. */
  readonly isFunction: boolean;
  /** Where its rule lies below `data`, in the modules that were made for running tests. */
  readonly path: readonly string[];
  /** How many names each of its cases has; 0 for a test without cases. */
  readonly depth: number;
  /** The rule that gives the names of all cases which are tried, below `data`; null for a test without cases. */
  readonly casesPath: readonly string[] | null;
}

/** Tests, and the modules to compile for running them: rules of one name have names of their own there, on the lines where they were. */
export interface FoundTests {
  readonly tests: readonly RegoTest[];
  readonly modules: readonly ModuleSource[];
}

const NAME = /^(?:todo_)?test_/u;
const MADE = "holdfast_made__";

/** Whether a variable is read or bound anywhere in a part of the tree. */
function mentions(part: unknown, name: string): boolean {
  if (typeof part !== "object" || part === null) return false;
  if (Array.isArray(part)) return part.some((each) => mentions(each, name));
  const node = part as Readonly<Record<string, unknown>>;
  if (node["kind"] === "variable" && node["name"] === name) return true;
  return Object.values(node).some((each) => mentions(each, name));
}

/** How many literals of a body are needed until all these variables have occurred. */
function literalsUntil(body: Body, names: readonly string[]): number {
  return Math.max(0, ...names.map((name) => 1 + body.findIndex((literal) => literal.kind !== "some" && mentions(literal, name))));
}

interface Edit extends Span {
  readonly text: string;
}

function edited(source: string, edits: readonly Edit[]): string {
  let text = "";
  let from = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    text += source.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return text + source.slice(from);
}

class TestFinder {
  readonly tests: RegoTest[] = [];
  readonly #counts: Map<string, number> = new Map();
  #made = 0;

  /** The module with its tests told apart. */
  module(given: ModuleSource): ModuleSource {
    const { file, source } = given;
    const asked = given.version ?? "auto";
    const first = parseModule(source, { file, version: asked === "v0" ? "v0" : "v1" }).module;
    const module = first ?? (asked === "auto" ? parseModule(source, { file, version: "v0" }).module : null);
    if (module === null) return given;
    const edits: Edit[] = [];
    const more: string[] = [];
    for (const rule of module.rules) this.#rule(rule, module, edits, more);
    return { ...given, version: module.version, source: edited(source, edits) + more.map((text) => `\n${text}\n`).join("") };
  }

  #rule(rule: Rule, module: Module, edits: Edit[], more: string[]): void {
    const { head, steps } = rule.head.reference;
    if (rule.default || head.kind !== "variable" || !NAME.test(head.name)) return;
    const folder = module.package.steps.map((step) => (step.kind === "scalar" ? String(step.value) : ""));
    const count = this.#count([...folder, head.name]);
    const own = count === 0 ? head.name : `${MADE}${this.#made++}_${head.name}`;
    if (count > 0) edits.push({ ...head.span, text: own });
    const names = steps.filter((step) => step.kind === "variable").map(({ name }) => name);
    const hasCases = names.length > 0 && rule.head.args === null && rule.head.contains === null;
    const casesRule = hasCases ? `${MADE}${this.#made++}_cases` : null;
    if (casesRule !== null) more.push(this.#casesRule(casesRule, rule, steps, names, module));
    this.tests.push({
      file: module.file,
      ...positionAt(module.source, rule.span.start),
      package: ["data", ...folder].join("."),
      name: count === 0 ? head.name : `${head.name}#${String(count).padStart(2, "0")}`,
      todo: head.name.startsWith("todo_"),
      isFunction: rule.head.args !== null,
      path: [...folder, own],
      depth: hasCases ? steps.length : 0,
      casesPath: casesRule === null ? null : [...folder, casesRule],
    });
  }

  /** A rule that collects the names of cases as soon as they are known, before what the test demands of them. */
  #casesRule(name: string, rule: Rule, steps: readonly Term[], names: readonly string[], { source, version }: Module): string {
    const text = ({ start, end }: Span): string => source.slice(start, end);
    const body = rule.body.slice(0, literalsUntil(rule.body, names)).map(({ span }) => text(span));
    const key = `[${steps.map((step) => (step.kind === "scalar" ? stringify(step.value) : text(step.span))).join(", ")}]`;
    return version === "v1" ? `${name} contains ${key} if {\n${body.join("\n")}\n}` : `${name}[${key}] {\n${body.join("\n")}\n}`;
  }

  #count(path: readonly string[]): number {
    const key = JSON.stringify(path);
    const count = this.#counts.get(key) ?? 0;
    this.#counts.set(key, count + 1);
    return count;
  }
}

/** The tests of modules, in the order in which they are written. */
export function findTests(modules: readonly ModuleSource[]): FoundTests {
  const finder = new TestFinder();
  const made = modules.map((module) => finder.module(module));
  return { tests: finder.tests, modules: made };
}
