// One module from several, for engines that take no more than one text for a rule.
import type { Body, Call, Reference, Rule, Span, Term } from "../1-parse/ast.ts";
import { parseModule } from "../1-parse/parse-module.ts";
import type { ModuleSource } from "../6-link/program.ts";
import { declaredNames, FlattenError, namedModule, nameOf, packagePath, type NamedModule } from "./module-names.ts";

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A rule of one of the modules. */
interface Wanted {
  readonly from: NamedModule;
  readonly name: string;
}

/** Writes the rules of modules under names of one package. */
class Flattener {
  readonly #byPackage: ReadonlyMap<string, NamedModule>;
  readonly #entry: string;
  /** Rules that are needed and not yet written. */
  readonly #wanted: Wanted[] = [];
  readonly #seen = new Set<string>();
  readonly written: string[] = [];

  constructor(modules: readonly NamedModule[], entry: string) {
    this.#byPackage = new Map(modules.map((one) => [packagePath(one), one]));
    this.#entry = entry;
  }

  writeFrom(first: NamedModule): void {
    this.#want(first, this.#entry);
    // It grows while it is walked.
    for (const { from, name } of this.#wanted) this.written.push(...this.#group(from, name));
  }

  #want(from: NamedModule, name: string): string {
    const full = from.prefix + name;
    if (!this.#seen.has(full)) {
      this.#seen.add(full);
      this.#wanted.push({ from, name });
    }
    return full;
  }

  /** Documents become functions of one argument, since every document of the package is taken for what the rule says. */
  #isDocument(from: NamedModule, name: string): boolean {
    return from.groups.get(name)?.[0]?.head.args === null && !(from.prefix === "" && name === this.#entry);
  }

  #use(from: NamedModule, name: string, called: boolean): string {
    const full = this.#want(from, name);
    return !called && this.#isDocument(from, name) ? `${full}(null)` : full;
  }

  /** The edits by which a part of a rule says the same in the one module. */
  #edits(from: NamedModule, rule: Rule, part: unknown): readonly Edit[] {
    const { source, file } = from.module;
    const declared = declaredNames(rule);
    const edits: Edit[] = [];
    const own = (name: string): boolean => from.groups.has(name) && !declared.has(name);
    const reference = (node: Reference, called: boolean): boolean => {
      const { head, steps } = node;
      if (head.kind !== "variable" || declared.has(head.name)) return false;
      const path = from.imports.get(head.name);
      if (path === undefined) return false;
      const target = this.#byPackage.get(path);
      const [step] = steps;
      const dotted = step?.kind === "scalar" && typeof step.value === "string" && source.slice(head.span.end, step.span.start) === ".";
      if (target === undefined || !dotted || !target.groups.has(step.value))
        throw new FlattenError(file, `${source.slice(node.span.start, node.span.end)} is not among the modules`);
      const onlyStep = steps.length === 1;
      edits.push({ start: head.span.start, end: step.span.end, text: this.#use(target, step.value, called && onlyStep) });
      for (const one of steps.slice(1)) walk(one);
      return true;
    };
    const call = ({ operator, infix, args }: Call): void => {
      if (!infix && operator.kind === "reference") {
        const { head } = operator;
        if (!reference(operator, true) && head.kind === "variable" && own(head.name))
          throw new FlattenError(file, `the rule ${head.name} has a reference for a name`);
      }
      if (!infix && operator.kind === "variable" && own(operator.name))
        edits.push({ ...operator.span, text: this.#use(from, operator.name, true) });
      for (const one of args) walk(one);
    };
    const walk = (node: unknown): void => {
      if (typeof node !== "object" || node === null) return;
      if (Array.isArray(node)) {
        for (const one of node) walk(one);
        return;
      }
      const term = node as Term;
      if (term.kind === "call") call(term);
      else if (term.kind === "reference" && reference(term, false)) return;
      else if (term.kind === "variable") {
        if (own(term.name)) edits.push({ ...term.span, text: this.#use(from, term.name, false) });
      } else for (const one of Object.values(node)) walk(one);
    };
    walk(part);
    return edits;
  }

  /** The text of a span with the edits that lie in it. */
  #text(from: NamedModule, span: Span, edits: readonly Edit[]): string {
    let text = "";
    let at = span.start;
    for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
      if (edit.start < at || edit.end > span.end) continue;
      text += from.module.source.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return text + from.module.source.slice(at, span.end);
  }

  #term(from: NamedModule, rule: Rule, term: Term): string {
    const text = this.#text(from, term.span, this.#edits(from, rule, term));
    // `a | b` within a comprehension would be taken for its bar.
    return term.kind === "call" && term.infix ? `(${text})` : text;
  }

  #body(from: NamedModule, rule: Rule, body: Body): string {
    const [first] = body;
    const last = body.at(-1);
    if (first === undefined || last === undefined) return "true";
    return this.#text(from, { start: first.span.start, end: last.span.end }, this.#edits(from, rule, body));
  }

  #group(from: NamedModule, name: string): readonly string[] {
    const rules = from.groups.get(name) ?? [];
    const full = from.prefix + name;
    if (!this.#isDocument(from, name)) return rules.map((rule) => this.#rule(from, rule, full, ""));
    const [first] = rules;
    if (first === undefined) return [];
    const collects = first.head.contains !== null || first.head.reference.steps.length > 0;
    return collects ? this.#collection(from, full, rules) : rules.map((rule) => this.#rule(from, rule, full, "(_)"));
  }

  /** A rule as it was written, under its new name. */
  #rule(from: NamedModule, rule: Rule, name: string, args: string): string {
    const { head } = rule.head.reference;
    const { steps } = rule.head.reference;
    if (steps.length > 0) throw new FlattenError(from.module.file, `the rule ${nameOf(rule)} has a reference for a name`);
    const parts = [rule.head.args, rule.head.contains, rule.head.value, rule.body, rule.else];
    const edits = [...this.#edits(from, rule, parts), { ...head.span, text: name + args }];
    return this.#text(from, rule.span, edits);
  }

  /** A set or object that several rules add to: a function for each of them, and one that puts their results together. */
  #collection(from: NamedModule, full: string, rules: readonly Rule[]): readonly string[] {
    const nested = rules.some(({ head }) => head.contains !== null && head.reference.steps.length > 0);
    const isSet = rules.every(({ head }) => head.contains !== null);
    const parts = rules.map((rule, index) => {
      const { contains, reference, value } = rule.head;
      const [key] = reference.steps;
      if (reference.steps.length > 1 || rule.default || rule.else.length > 0 || (nested && (contains === null || key === undefined)))
        throw new FlattenError(from.module.file, `the rule ${nameOf(rule)} can't be written as a function`);
      const keyText = key === undefined ? "" : this.#term(from, rule, key);
      const containsText = contains === null ? "" : this.#term(from, rule, contains);
      const pair = value === null ? `${keyText}: true` : `${keyText}: ${this.#term(from, rule, value)}`;
      const element = contains === null ? pair : nested ? `[${keyText}, ${containsText}]` : containsText;
      return `${full}_part_${index + 1}(_) := {${element} |\n\t${this.#body(from, rule, rule.body)}\n}`;
    });
    const calls = parts.map((_, index) => `${full}_part_${index + 1}(null)`);
    const joined = isSet ? calls.join(" | ") : `object.union_n([${calls.join(", ")}])`;
    if (!nested) return [...parts, `${full}(_) := ${joined}`];
    const elements = `${full}_elements`;
    return [
      ...parts,
      `${elements}(_) := ${joined}`,
      `${full}(_) := {key: values |\n\tsome key in {one | some [one, _] in ${elements}(null)}\n\tvalues := {value | some [one, value] in ${elements}(null); one == key}\n}`,
    ];
  }
}

/**
 * Puts a module and those it imports into one text that says the same: the rules of imported packages that are needed are there under the name of their package and their
 * own, and every document but `entry` is a function. The modules are of Rego v1; the first is the one whose package remains. Throws a `FlattenError` for what does not
 * parse, is not among the modules, or uses a form that has no such text (rules with longer references as names).
 */
export function flattenModules(modules: readonly ModuleSource[], entry: string): string {
  const named = modules.map(({ source, file }, place) => {
    const { module, diagnostics } = parseModule(source, { file, version: "v1" });
    if (module === null) throw new FlattenError(file, diagnostics[0]?.message ?? "it does not parse");
    return namedModule(module, place === 0);
  });
  const [first] = named;
  if (first === undefined) throw new RangeError("there is no module");
  if (!first.groups.has(entry)) throw new FlattenError(first.module.file, `it has no rule ${entry}`);
  const flattener = new Flattener(named, entry);
  flattener.writeFrom(first);
  const name = first.module.source.slice(first.module.package.span.start, first.module.package.span.end);
  return `package ${name}\n\nimport rego.v1\n\n${flattener.written.join("\n\n")}\n`;
}
