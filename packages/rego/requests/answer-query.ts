import { evaluateExpressions, withoutCaptures, type QuerySolution } from "../6-link/query-expressions.ts";
import type { EvaluateOptions, EvaluationProblem } from "../6-link/program.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { LineCoverage, type CoverageReport } from "../observe/line-coverage.ts";
import { Metrics } from "../observe/metrics.ts";
import { Profile, type ProfileEntry } from "../observe/profile.ts";
import { Trace } from "../observe/trace.ts";
import { explain, type Explanation, type ExplanationView } from "./explain.ts";
import { compileRequest, type RequestHost, type SourceRequest } from "./request.ts";

/** A query over modules, and what is wanted beside its solutions. Those options that `EvaluateOptions` has too mean the same. */
export interface QueryRequest extends SourceRequest {
  readonly query: string;
  readonly queryVersion?: "v0" | "v1";
  readonly queryPackage?: string;
  readonly queryImports?: readonly string[];
  readonly strictBuiltinErrors?: boolean;
  readonly explain?: ExplanationView;
  /** How many expressions a profile shows; it is made where this is given. */
  readonly profile?: number;
  readonly coverage?: boolean;
  readonly metrics?: boolean;
}

/** What came of a query. What was not wanted is null. */
export interface QueryAnswer {
  /** Null where there are errors among the diagnostics, or a problem. */
  readonly solutions: readonly QuerySolution[] | null;
  readonly problem: EvaluationProblem | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly explanation: Explanation | null;
  readonly profile: readonly ProfileEntry[] | null;
  readonly coverage: CoverageReport | null;
  /** Nanoseconds by `Metrics`'s names. */
  readonly metrics: Readonly<Record<string, number>> | null;
}

/** An answer that has nothing but a problem, or diagnostics. */
export function emptyAnswer(problem: EvaluationProblem | null, diagnostics: readonly Diagnostic[] = []): QueryAnswer {
  return { solutions: null, problem, diagnostics, explanation: null, profile: null, coverage: null, metrics: null };
}

/** Compiles the modules and evaluates the query. What was collected of an evaluation that failed is told as well. */
export function answerQuery(request: QueryRequest, host: RequestHost): QueryAnswer {
  const metrics = request.metrics === true ? new Metrics(host.clock) : undefined;
  const { program, diagnostics } = compileRequest(request, host.data, metrics);
  if (program === null) return emptyAnswer(null, diagnostics);
  const trace = request.explain === undefined ? undefined : new Trace();
  const profile = request.profile === undefined ? undefined : new Profile(host.clock);
  const coverage = request.coverage === true ? new LineCoverage() : undefined;
  const { now, seed, limits, queryVersion, queryPackage, queryImports, strictBuiltinErrors } = request;
  const { input, data, network, progress } = host;
  const options: Optional<EvaluateOptions> = {
    input,
    data,
    network,
    seed,
    limits,
    queryVersion,
    queryPackage,
    queryImports,
    strictBuiltinErrors,
    trace,
    profile,
    coverage,
    metrics,
    progress,
    now: now === undefined ? undefined : BigInt(now),
    print: host.print,
  };
  const result = evaluateExpressions(program, request.query, given(options));
  return {
    solutions: result.solutions,
    problem: result.problem,
    diagnostics: [...diagnostics, ...result.diagnostics],
    explanation:
      trace === undefined || request.explain === undefined ? null : explain(trace, request.explain, result.solutions?.length ?? null),
    profile: profile?.top(request.profile).map((entry) => ({ ...entry, text: withoutCaptures(entry.text) })) ?? null,
    coverage: coverage?.report() ?? null,
    metrics: metrics?.report() ?? null,
  };
}

type Optional<T> = { readonly [K in keyof T]: T[K] | undefined };

/** Options without those that were left out. */
function given(options: Optional<EvaluateOptions>): EvaluateOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as EvaluateOptions;
}
