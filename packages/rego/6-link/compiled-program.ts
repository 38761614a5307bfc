import { parseQuery } from "../1-parse/parse-query.ts";
import { resolveQuery } from "../2-resolve/resolve.ts";
import type { ResolvedProgram, RuleGroup } from "../2-resolve/resolved.ts";
import { findNode } from "../2-resolve/rule-tree.ts";
import { checkQuery } from "../3-check/check.ts";
import { checkQueryTypes } from "../3-check/typing/check-types.ts";
import type { RuleTypes } from "../3-check/typing/rule-types.ts";
import { reachableRules } from "../3-check/recursion.ts";
import { elementwiseRules } from "../4-plan/elementwise.ts";
import { planProgram, planQuery, replacedByQuery, type ReplacedThings } from "../4-plan/plan-program.ts";
import type { EmittedText } from "../5-emit/assemble.ts";
import { emitProgram, emitQuery, programText, type EmittedRule } from "../5-emit/emit-program.ts";
import type { EmitMode } from "../5-emit/unit.ts";
import type { Builtin } from "../builtins/define.ts";
import { positionAt } from "../diagnostics/line-table.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { timed, type Metrics } from "../observe/metrics.ts";
import type { Site } from "../observe/site.ts";
import type { RegoValue } from "../runtime/value.ts";
import { evaluateRule, problemOf } from "./evaluate-rule.ts";
import { linkProgram, linkQuery, type LinkedQuery } from "./link-code.ts";
import type { LinkedProgram } from "./linked-program.ts";
import { isObserved, prepareContext } from "./prepare-context.ts";
import { queryModule } from "./query-module.ts";
import type { Bindings, EvaluateOptions, PreparedRule, Program, QueryResult } from "./program.ts";

const replacesNothing: ReplacedThings = { functions: new Set(), documents: [] };

/** How many queries a program keeps compiled. */
const keptQueries = 64;

interface Variant {
  readonly plan: ReturnType<typeof planProgram>;
  readonly emitted: readonly EmittedRule[];
  readonly linked: LinkedProgram;
}

interface PreparedQuery {
  readonly names: readonly string[];
  readonly sites: readonly Site[];
  readonly run: LinkedQuery;
}

/** A program whose rules are linked when they are first needed, in the variants that are needed. */
export class CompiledProgram implements Program {
  private readonly resolved: ResolvedProgram;
  /** Null when types are not checked. */
  private readonly types: RuleTypes | null;
  private readonly onlyHosts: readonly string[] | null;
  private readonly builtins: ReadonlyMap<string, Builtin>;
  private readonly entrypoints: readonly (readonly string[])[];
  /** The rules that the entrypoints need; null when everything is wanted. */
  private readonly wanted: ReadonlySet<RuleGroup> | null;
  private readonly variants: Map<string, Variant> = new Map();
  private proven: readonly (readonly string[])[] | null = null;
  private readonly queries: Map<string, PreparedQuery> = new Map();

  constructor(
    resolved: ResolvedProgram,
    builtins: ReadonlyMap<string, Builtin>,
    entrypoints: readonly (readonly string[])[],
    types: RuleTypes | null,
    onlyHosts: readonly string[] | null,
  ) {
    this.types = types;
    this.onlyHosts = onlyHosts;
    this.resolved = resolved;
    this.builtins = builtins;
    this.entrypoints = entrypoints;
    this.wanted = entrypoints.length === 0 ? null : reachableRules(resolved, entrypoints);
  }

  get code(): string {
    return this.text().code;
  }

  get packages(): readonly (readonly string[])[] {
    return this.resolved.packages;
  }

  get map(): string {
    return this.text().map();
  }

  private text(): EmittedText {
    const { plan, emitted } = this.variant(modeFor({}, true), replacesNothing, this.wanted);
    return programText(emitted, plan.indexes);
  }

  evaluate(query: string, options: EvaluateOptions = {}): QueryResult {
    const diagnostics: Diagnostic[] = [];
    const prepared = this.query(query, options, diagnostics);
    if (prepared === null) return { results: null, problem: null, diagnostics };
    try {
      const context = prepareContext(this.permitted(options));
      const rows = timed(options.metrics, "evaluate", () => prepared.run(context));
      const results = rows.map((row) => bindings(prepared.names, row));
      context.meter?.checkOutput(results, { file: "query", line: 1 });
      return { results, problem: null, diagnostics };
    } catch (error) {
      return { results: null, problem: problemOf(error), diagnostics };
    }
  }

  rule(path: readonly string[]): PreparedRule | null {
    const node = findNode(this.resolved.root, path);
    if (node === null || node.group?.kind === "function") return null;
    const only = this.entrypoints.some((entrypoint) => isPrefix(entrypoint, path)) ? this.wanted : null;
    // Made now, so that the first evaluation need not.
    const ordinary = this.variant(modeFor({}, true), replacesNothing, only);
    const place =
      node.group === null ? null : { file: node.group.module.file, line: positionAt(node.group.module.source, node.group.span.start).line };
    return (options) => {
      if (isOrdinary(options)) return evaluateRule(ordinary.linked, path, options, place);
      const { linked, plan } = this.variant(modeFor(options, true), replacesNothing, isObserved(options) ? null : only, options.metrics);
      options.coverage?.know(plan.known.sites ?? []);
      return evaluateRule(linked, path, this.permitted(options), place);
    };
  }

  rulePaths(): readonly (readonly string[])[] {
    const paths = this.resolved.groups.filter((group) => group.kind !== "function").map((group) => group.path);
    return paths.toSorted((a, b) => (a.join("\0") < b.join("\0") ? -1 : 1));
  }

  elementwise(path: readonly string[]): boolean {
    this.proven ??= [...elementwiseRules(this.variant(modeFor({}, true), replacesNothing, this.wanted).plan)].map((group) => group.path);
    return this.proven.some((proven) => proven.length === path.length && proven.every((name, i) => name === path[i]));
  }

  /** What an evaluation may do, as the program's capabilities have it. */
  private permitted(options: EvaluateOptions): EvaluateOptions {
    const { onlyHosts } = this;
    if (onlyHosts === null) return options;
    // Whoever evaluates can allow less, never more.
    const both = options.onlyHosts?.filter((host) => onlyHosts.includes(host)) ?? onlyHosts;
    return { ...options, onlyHosts: both };
  }

  private query(text: string, options: EvaluateOptions, diagnostics: Diagnostic[]): PreparedQuery | null {
    const mode = modeFor(options, false);
    const version = options.queryVersion ?? "v1";
    const { queryPackage = null, queryImports = [] } = options;
    const key = `${modeKey(mode)} ${version} ${JSON.stringify([queryPackage, queryImports])} ${text}`;
    const known = this.queries.get(key);
    if (known !== undefined) {
      options.coverage?.know(known.sites);
      return known;
    }
    const { metrics } = options;
    const parsed = timed(metrics, "query_parse", () => parseQuery(text, { file: "query", version }));
    diagnostics.push(...parsed.diagnostics);
    if (parsed.body === null) return null;
    const module = queryModule(text, queryPackage, queryImports, version, diagnostics);
    if (module === null) return null;
    const { body } = parsed;
    const resolved = timed(metrics, "query_compile", () => {
      const query = resolveQuery(module, body, this.resolved, this.builtins, diagnostics);
      if (diagnostics.length === 0) checkQuery(query, diagnostics);
      if (diagnostics.length === 0 && this.types !== null) checkQueryTypes(query, this.types, diagnostics);
      return query;
    });
    if (diagnostics.length > 0) return null;
    const { plan: program, linked } = this.variant(mode, replacedByQuery(resolved), null, metrics);
    const sites = [...(program.known.sites ?? [])];
    const prepared = timed(metrics, "query_compile", () => {
      const plan = planQuery(resolved, program.known);
      return {
        names: plan.names,
        sites,
        run: linkQuery(emitQuery(plan, mode, program.mocked, module), plan.indexes, this.builtins, linked),
      };
    });
    options.coverage?.know(sites);
    if (this.queries.size >= keptQueries) this.queries.clear();
    this.queries.set(key, prepared);
    return prepared;
  }

  private variant(mode: EmitMode, replaced: ReplacedThings, only: ReadonlySet<RuleGroup> | null, metrics?: Metrics): Variant {
    const key = `${modeKey(mode)} ${only === null ? "all" : "wanted"} ${JSON.stringify([[...replaced.functions].toSorted(), replaced.documents])}`;
    let variant = this.variants.get(key);
    if (variant === undefined) {
      const plan = timed(metrics, "plan", () => planProgram(this.resolved, replaced, only, mode.observed));
      const emitted = timed(metrics, "emit", () => emitProgram(plan, mode));
      const linked = timed(metrics, "link", () => linkProgram(emitted, plan.indexes, this.builtins, this.resolved.packages));
      variant = { plan, emitted, linked };
      this.variants.set(key, variant);
    }
    return variant;
  }
}

function modeFor(options: EvaluateOptions, closed: boolean): EmitMode {
  return {
    strictBuiltinErrors: options.strictBuiltinErrors ?? false,
    anyInput: options.inputValue !== undefined,
    closed,
    metered: options.limits !== undefined,
    observed: isObserved(options),
  };
}

/** Whether an evaluation can do with the code that was made in advance. */
function isOrdinary(options: EvaluateOptions): boolean {
  const { strictBuiltinErrors = false, inputValue, limits } = options;
  return !strictBuiltinErrors && inputValue === undefined && limits === undefined && !isObserved(options);
}

function modeKey(mode: EmitMode): string {
  return `${mode.strictBuiltinErrors ? "strict" : "lax"},${mode.anyInput ? "any" : "json"},${mode.closed ? "closed" : "open"},${mode.metered ? "metered" : "unmetered"},${mode.observed ? "observed" : "plain"}`;
}

function bindings(names: readonly string[], row: readonly RegoValue[]): Bindings {
  return Object.fromEntries(names.map((name, i) => [name, row[i] as RegoValue]));
}

function isPrefix(path: readonly string[], of: readonly string[]): boolean {
  return path.every((name, i) => name === of[i]);
}
