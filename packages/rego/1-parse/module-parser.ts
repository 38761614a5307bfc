import type { Annotation, Import, Module, Reference, Rule, Variable } from "./ast.ts";
import { mostErrors } from "./describe.ts";
import { applyImport, initialKeywords } from "./keyword-imports.ts";
import { readAnnotations } from "./read-annotations.ts";
import { RuleParser } from "./rule-parser.ts";
import { SyntaxFailure } from "./syntax-failure.ts";
import { token } from "./token-kind.ts";
import type { Tokens } from "./tokenize.ts";

/** Reads a whole file: package, imports, rules. After an error it goes on at the next statement. */
export class ModuleParser extends RuleParser {
  private readonly options: { readonly file: string; readonly version: "v0" | "v1" };
  private readonly metadata: readonly { readonly start: number; readonly end: number }[];
  private path: Reference | null = null;
  private readonly imports: Import[] = [];
  private readonly allRules: Rule[] = [];
  private readonly annotations: Annotation[] = [];
  /** How many of the metadata blocks belong to statements already read. */
  private usedMetadata = 0;
  private failures = 0;
  /** The token at which the statement before the one at hand begins. */
  private previousStatement = 0;

  constructor(
    source: string,
    tokens: Tokens,
    options: { readonly file: string; readonly version: "v0" | "v1" },
    report: (problem: SyntaxFailure) => void,
  ) {
    super(source, tokens, initialKeywords(options.version), options.version === "v1", report);
    this.options = options;
    this.metadata = tokens.metadata;
  }

  module(): Module | null {
    if (this.is(token.end)) {
      this.report(new SyntaxFailure("missing-package", "this file is empty: a Rego file begins with `package`", this.tokenSpan()));
      return null;
    }
    while (!this.is(token.end) && this.failures < mostErrors) this.statementOrRecover();
    this.leftOverMetadata();
    if (this.path === null) return null;
    const { file, version } = this.options;
    return {
      file,
      source: this.source,
      version,
      package: this.path,
      imports: this.imports,
      rules: this.allRules,
      annotations: this.annotations,
    };
  }

  private statementOrRecover(): void {
    const before = this.mark();
    const sameLine = before.at > 0 && !this.onNewLine();
    try {
      this.statement();
    } catch (problem) {
      if (!(problem instanceof SyntaxFailure)) throw problem;
      this.failures++;
      this.reportFailure(problem, before.at, sameLine);
      this.recover(before, problem);
    }
    this.previousStatement = before.at;
  }

  /**
   * Reports why a statement can't be read. Where it begins in the middle of a line, it is more likely the rest of the statement before; or that one
   * lacks its end, and took the beginning of this one for it.
   */
  private reportFailure(problem: SyntaxFailure, statement: number, sameLine: boolean): void {
    if (problem.silent) return;
    if (!sameLine || problem.reached > (this.starts[statement + 1] ?? 0)) {
      this.report(problem);
      return;
    }
    const swallowed = this.firstOfLine(statement);
    if (swallowed > this.previousStatement && this.beginsStatement(swallowed)) {
      const message = `${this.describeToken(swallowed)} begins a statement, but the one before it isn't finished`;
      this.report(new SyntaxFailure("unexpected-token", message, this.tokenSpan(swallowed)));
      return;
    }
    const failing = this.mark();
    this.restore({ at: statement, depth: 0 });
    try {
      this.failUnexpected("a new line");
    } catch (better) {
      if (better instanceof SyntaxFailure && !better.silent) this.report(better);
    }
    this.restore(failing);
  }

  /** The first token of the line of the token `index`. */
  private firstOfLine(index: number): number {
    let first = index;
    while (first > 0 && !this.source.slice(this.ends[first - 1], this.starts[first]).includes("\n")) first--;
    return first;
  }

  /** Moves to the next token that looks like the begin of a statement. After an unclosed bracket the search begins at the bracket. */
  private recover(before: { readonly at: number; readonly depth: number }, problem: SyntaxFailure): void {
    let index = this.at;
    if (problem.kind === "unclosed-bracket") {
      index = before.at;
      while ((this.starts[index] ?? Infinity) < problem.span.start) index++;
    }
    index = Math.max(index, before.at + 1);
    while (index < this.kinds.length - 1 && !this.beginsStatement(index)) index++;
    this.restore({ at: Math.min(index, this.kinds.length - 1), depth: before.depth });
    this.resetState();
  }

  private statement(): void {
    const start = this.start();
    if (this.is(token.package)) {
      this.packageStatement(start);
      return;
    }
    if (this.path === null) {
      this.report(new SyntaxFailure("missing-package", "a Rego file begins with `package` and its path", this.tokenSpan()));
      this.path = {
        kind: "reference",
        head: { kind: "variable", name: "data", wildcard: false, span: this.tokenSpan() },
        steps: [],
        span: this.tokenSpan(),
      };
    }
    if (this.is(token.import)) {
      this.takeAnnotations(start, "import");
      this.importStatement(start);
      return;
    }
    const annotations = this.takeAnnotations(start, "rule");
    this.allRules.push(...this.rules(annotations));
  }

  private packageStatement(start: number): void {
    if (this.path !== null) this.fail("misplaced-package", "a file has one `package`, at its beginning", this.tokenSpan());
    this.takeAnnotations(start, "package");
    const keyword = this.tokenSpan();
    this.next();
    const word = this.is(token.name) || (this.kind >= token.package && this.kind <= token.every && !this.onNewLine());
    if (!word) this.failUnexpected("the package's path");
    const head: Variable = { kind: "variable", name: "data", wildcard: false, span: keyword };
    const first = this.variable();
    const rest = this.steps(first);
    const steps = rest.kind === "reference" ? rest.steps : [];
    for (const step of steps) {
      if (step.kind !== "scalar" || typeof step.value !== "string")
        this.fail("invalid-path", "a package's path consists of names and strings", step.span);
    }
    const span = this.spanFrom(first.span.start);
    this.path = {
      kind: "reference",
      head,
      steps: [{ kind: "scalar", value: this.source.slice(first.span.start, first.span.end), span: first.span }, ...steps],
      span,
    };
  }

  private importStatement(start: number): void {
    this.next();
    if (!this.is(token.name)) this.failUnexpected("a path after `import`");
    const term = this.steps(this.variable());
    const path: Reference = term.kind === "reference" ? term : { kind: "reference", head: term, steps: [], span: term.span };
    let alias: string | null = null;
    if (this.accept(token.as)) {
      if (!this.is(token.name)) this.failUnexpected("a name after `as`");
      alias = this.text();
      if (alias === "input" || alias === "data")
        this.fail("invalid-import", `an import can't be called \`${alias}\`, which has a meaning of its own`, this.tokenSpan());
      this.next();
    }
    const entry: Import = { path, alias, span: this.spanFrom(start) };
    const effect = applyImport(entry, this.options.version);
    if (effect.problem !== null) throw effect.problem;
    for (const kind of effect.keywords) this.active.add(kind);
    if (effect.strict) this.strict = true;
    // The token at hand may have become a keyword.
    this.moveTo(this.at);
    this.imports.push(entry);
  }

  /** The annotations of the metadata blocks before `end`, checked for what they stand before. */
  private takeAnnotations(end: number, statement: "package" | "import" | "rule"): readonly Annotation[] {
    const from = this.usedMetadata;
    let to = from;
    while (to < this.metadata.length && (this.metadata[to]?.start ?? end) < end) to++;
    if (to === from) return [];
    this.usedMetadata = to;
    const previous = this.previousEnd();
    const own: Annotation[] = [];
    for (const span of this.metadata.slice(from, to)) {
      if (span.start < previous) {
        this.report(
          new SyntaxFailure("metadata-misplaced", "these metadata belong to nothing: they stand inside a statement", span, {
            warning: true,
          }),
        );
        continue;
      }
      const result = readAnnotations(this.source, span, statement);
      if (result instanceof SyntaxFailure) this.report(result);
      else own.push(result);
    }
    this.annotations.push(...own);
    return own;
  }

  private leftOverMetadata(): void {
    const left = this.metadata[this.usedMetadata];
    if (left === undefined) return;
    this.report(new SyntaxFailure("metadata-misplaced", "these metadata belong to nothing: no statement follows", left, { warning: true }));
  }
}
