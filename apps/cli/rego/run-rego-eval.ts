import { readFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import {
  answerQuery,
  readDocument,
  type ExplanationView,
  type QueryAnswer,
  type QueryRequest,
  type QuerySolution,
  type RegoValue,
  type RequestHost,
} from "@holdfast/rego";
import type { OpenNetwork } from "@holdfast/rego/network";
import type { ExitCode } from "@holdfast/judge";
import type { CommandContext } from "../commands/define.ts";
import { UsageError } from "../usage-error.ts";
import { describeErrors, describeProblem, jsonErrors, jsonProblem, safeText, type JsonError } from "./compile-sources.ts";
import { compileSettings, engineLimits, isSandboxed, processLimits, type LimitOptions } from "./engine-options.ts";
import { evalFormats, jsonText, type EvalFormat } from "./eval-formats.ts";
import { evalMetrics } from "./eval-metrics.ts";
import { loadNamedSources, type SourceOptions } from "./source-options.ts";

/** What `holdfast rego eval` is told. */
export interface RegoEvalConfiguration extends SourceOptions, LimitOptions {
  readonly query: string;
  readonly data: readonly string[];
  /** A file with the input; undefined for none. */
  readonly input: string | undefined;
  readonly stdinInput: boolean;
  readonly format: EvalFormat;
  readonly fail: boolean;
  readonly failDefined: boolean;
  readonly strictBuiltinErrors: boolean;
  /** The package that the query stands in. */
  readonly queryPackage: string | undefined;
  readonly queryImports: readonly string[];
  readonly explain: ExplanationView | undefined;
  /** How many expressions the profile shows; undefined for no profile. */
  readonly profile: number | undefined;
  readonly coverage: boolean;
  readonly metrics: boolean;
  /** The hosts that rules may ask over the network; `any` is all of them. */
  readonly allowNetwork: readonly string[];
}

async function readInput({ input, stdinInput }: RegoEvalConfiguration, context: CommandContext): Promise<RegoValue | undefined> {
  if (input === undefined && !stdinInput) return undefined;
  if (input !== undefined && stdinInput) throw new UsageError("--input and --stdin-input both give an input: choose one of them");
  const name = input ?? "standard input";
  let content: string;
  try {
    content =
      input === undefined ? await text(context.stdin) : readFileSync(path.resolve(context.environment.workingFolder, input), "utf8");
  } catch (error) {
    throw new UsageError(`${name}: the input can't be read\nName a file of JSON or YAML, or give it with --stdin-input.`, { cause: error });
  }
  const { value, fault } = readDocument(name, content);
  if (fault !== null) throw new UsageError(`${name}: the input can't be read: ${fault}`);
  return value;
}

/** Whether a query holds as `--fail` means it: it has solutions, and not one alone that is false. */
function isDefined(solutions: readonly QuerySolution[]): boolean {
  return solutions.length > 0;
}

/** The time for `time.now_ns`: SOURCE_DATE_EPOCH where it is given, the clock's else. */
export function evaluationTime({ environment }: CommandContext): bigint {
  return BigInt(environment.time === undefined ? Date.now() : Date.parse(environment.time)) * 1_000_000n;
}

async function openAllowedNetwork(hosts: readonly string[]): Promise<OpenNetwork | null> {
  if (hosts.length === 0) return null;
  const { openNetwork } = await import("@holdfast/rego/network");
  return openNetwork({ allow: hosts.includes("any") ? "any" : hosts });
}

/** Answers the request here, or in a process of its own where a limit or the user asks for one. */
async function answered(
  request: QueryRequest,
  configuration: RegoEvalConfiguration,
  host: Omit<RequestHost, "network">,
): Promise<QueryAnswer> {
  const { allowNetwork } = configuration;
  if (isSandboxed(configuration)) {
    const { queryInSandbox } = await import("@holdfast/rego/sandbox");
    return queryInSandbox(request, { ...host, ...processLimits(configuration) });
  }
  const network = await openAllowedNetwork(allowNetwork);
  const answer = answerQuery(request, { ...host, ...(network === null ? {} : { network }) });
  network?.close();
  return answer;
}

function requestOf(configuration: RegoEvalConfiguration, context: CommandContext): Omit<QueryRequest, "modules"> {
  const { query, v0Compatible, strictBuiltinErrors, queryPackage, queryImports, explain, profile, coverage, metrics } = configuration;
  return {
    ...compileSettings(configuration, context.environment.workingFolder),
    ...engineLimits(configuration),
    now: evaluationTime(context).toString(),
    seed: crypto.randomUUID(),
    query,
    queryVersion: v0Compatible ? "v0" : "v1",
    queryImports,
    strictBuiltinErrors,
    coverage,
    metrics,
    ...(queryPackage === undefined ? {} : { queryPackage }),
    ...(explain === undefined ? {} : { explain }),
    ...(profile === undefined ? {} : { profile }),
  };
}

/** Evaluates a query and writes what it gave. Ends with 2 where sources or query are wrong, 4 where the evaluation failed, 1 as --fail and --fail-defined say. */
export async function runRegoEval(configuration: RegoEvalConfiguration, context: CommandContext): Promise<ExitCode> {
  const { stdout, stderr, environment } = context;
  const { query, format } = configuration;
  if (isSandboxed(configuration) && configuration.allowNetwork.length > 0)
    throw new UsageError("--allow-network can't be had in a sandbox\nLeave it out, or --sandbox, --timeout and --max-memory.");
  const reject = (errors: readonly JsonError[], forPeople: string, code: ExitCode): ExitCode => {
    if (format === "json") stdout.write(jsonText({ errors }));
    stderr.write(forPeople);
    return code;
  };
  const started = performance.now();
  const settings = requestOf(configuration, context);
  const input = await readInput(configuration, context);
  const loaded = await loadNamedSources(configuration.data, configuration, environment.workingFolder);
  if (loaded.faults.length > 0) return reject(jsonErrors([], loaded.faults), describeErrors([], loaded.faults, []), 2);
  const loadedMs = performance.now() - started;
  const { modules, data } = loaded;
  const answer = await answered({ ...settings, modules }, configuration, {
    ...(input === undefined ? {} : { input }),
    data,
    clock: () => performance.now() * 1e6,
    print: (message) => stderr.write(safeText(`${message}\n`)),
  });
  const { solutions, problem, diagnostics, explanation, profile, coverage } = answer;
  if (problem !== null) {
    // What was done until then tells more than anything why it failed.
    if (explanation !== null) stderr.write(safeText(explanation.text));
    return reject([jsonProblem(problem)], describeProblem(problem), 4);
  }
  if (solutions === null)
    return reject(jsonErrors(diagnostics, []), describeErrors(diagnostics, [], [...modules, { file: "query", source: query }]), 2);
  const metrics = answer.metrics === null ? null : evalMetrics(loadedMs, answer.metrics);
  const { text: output, notes } = evalFormats[format]({ solutions, metrics, explanation, profile, coverage });
  stdout.write(output);
  stderr.write(notes);
  const defined = isDefined(solutions);
  return (configuration.fail && !defined) || (configuration.failDefined && defined) ? 1 : 0;
}
