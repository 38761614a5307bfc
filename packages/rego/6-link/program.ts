// What a compiled program offers. The public interface of the package; `link.ts` makes programs.
import type { Network } from "../builtins/http/network.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { LineCoverage } from "../observe/line-coverage.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { Profile } from "../observe/profile.ts";
import type { Trace } from "../observe/trace.ts";
import type { Limits } from "../runtime/meter.ts";
import type { RegoValue } from "../runtime/value.ts";

/** A source file of a program. */
export interface ModuleSource {
  /** The name that messages show. */
  readonly file: string;
  readonly source: string;
  /** `auto` tries v1 and then v0, as Kubescape does; a warning tells when v0 was needed. Default: `auto`. */
  readonly version?: "v0" | "v1" | "auto";
}

/** A failure of an evaluation as a whole, such as two values for one complete rule. Failing builtins make their expression undefined instead. */
export interface EvaluationProblem {
  /** OPA's code: `eval_conflict_error`, `eval_builtin_error`, `eval_type_error`, `eval_internal_error`; or ours for a limit: `limit_steps`, `limit_output`. */
  readonly code: string;
  readonly message: string;
  readonly file: string | null;
  /** Counts from 1; null when the place is not known. */
  readonly line: number | null;
}

export interface EvaluateOptions {
  /** Plain JSON, never converted or copied: sets and objects with other keys than strings are given as `inputValue` instead. */
  readonly input?: RegoValue;
  /** An input that may hold any Rego value. */
  readonly inputValue?: RegoValue;
  /** The base documents. */
  readonly data?: RegoValue;
  /** Nanoseconds since 1970, for `time.now_ns`. Without it the clock reads the start of 1970. */
  readonly now?: bigint;
  /** Seeds `rand.intn` and `uuid.rfc4122`. */
  readonly seed?: string;
  /** What `opa.runtime()` gives. */
  readonly runtime?: RegoValue;
  /** Receives what `print` and `trace` print, with the place of the call where it is known. */
  readonly print?: (message: string, place: { readonly file: string; readonly line: number } | null) => void;
  /** What `http.send` and `net.lookup_ip_addr` use; without it they fail. `@holdfast/rego/network` opens one. */
  readonly network?: Network;
  /** The only hosts that the network may be asked for. Capabilities with `allow_net` say it for all evaluations of their program. */
  readonly onlyHosts?: readonly string[];
  /** The version of the language that a query is written in. Default: v1. */
  readonly queryVersion?: "v0" | "v1";
  /** The package that a query stands in, as `shop.orders`: it names the package's rules without `data.shop.orders`. */
  readonly queryPackage?: string;
  /** What a query imports, as modules write it behind `import`: `data.shop`, `input.user as who`. */
  readonly queryImports?: readonly string[];
  /** Failing builtins are failures of the evaluation, instead of undefined. */
  readonly strictBuiltinErrors?: boolean;
  /** Ends an evaluation that does too much, with a problem of the code `limit_steps` or `limit_output`. Precompiled programs don't count steps. */
  readonly limits?: Limits;
  /** Told every million steps where an evaluation stands whose steps are counted. */
  readonly progress?: (place: { readonly file: string; readonly line: number }) => void;
  /**
   * These three make a program evaluate instrumented code, which gives the same results more slowly; ordinary evaluations stay as fast as they are. A collector can be given to
   * many evaluations. Precompiled programs tell them nothing.
   */
  readonly coverage?: LineCoverage;
  readonly trace?: Trace;
  readonly profile?: Profile;
  /** Adds the times of what has to be compiled for the evaluation, and of the evaluation itself. */
  readonly metrics?: Metrics;
}

/** One solution of a query: the values of its variables, wildcards left out. */
export type Bindings = Readonly<Record<string, RegoValue>>;

/** What a query gave: its solutions (none when it is undefined), or the failure that ended the evaluation. */
export type QueryResult =
  | { readonly results: readonly Bindings[]; readonly problem: null; readonly diagnostics: readonly Diagnostic[] }
  | { readonly results: null; readonly problem: EvaluationProblem | null; readonly diagnostics: readonly Diagnostic[] };

/** What a rule gave; `value` is undefined where the rule is. */
export type RuleResult =
  | { readonly value: RegoValue | undefined; readonly problem: null }
  | { readonly value: undefined; readonly problem: EvaluationProblem };

/** A rule made ready to be evaluated many times. */
export type PreparedRule = (options: EvaluateOptions) => RuleResult;

/** A compiled program. Immutable; evaluations don't influence each other. */
export interface Program {
  /** Evaluates a query, such as `data.app.allow = x`, over the program's rules. A query that can't be compiled has diagnostics and no results. */
  evaluate(query: string, options?: EvaluateOptions): QueryResult;
  /** The rule or package at a path below `data`, such as `["armo_builtins", "deny"]`, made ready; null when the program has none. */
  rule(path: readonly string[]): PreparedRule | null;
  /** The paths below `data` of all rules that are no functions, sorted. */
  rulePaths(): readonly (readonly string[])[];
  /**
   * Whether the rule at this path, over an array as input, is proven to equal the union of what it gives for each element alone. It may be so without being proven.
   */
  elementwise(path: readonly string[]): boolean;
  /** The paths below `data` of all packages. */
  readonly packages: readonly (readonly string[])[];
  /** The JavaScript that was emitted, and its source map (version 3) as JSON text. */
  readonly code: string;
  readonly map: string;
}
