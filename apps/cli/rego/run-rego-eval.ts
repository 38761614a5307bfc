import { readFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { evaluateExpressions, readDocument, type EvaluateOptions, type QuerySolution, type RegoValue } from "@holdfast/rego";
import type { OpenNetwork } from "@holdfast/rego/network";
import type { ExitCode } from "@holdfast/judge";
import type { CommandContext } from "../commands/define.ts";
import { UsageError } from "../usage-error.ts";
import { compileModules, describeErrors, jsonErrors, safeText, type JsonError } from "./compile-sources.ts";
import { evalFormats, jsonText, type EvalFormat } from "./eval-formats.ts";
import { loadNamedSources, type SourceOptions } from "./source-options.ts";

/** What `holdfast rego eval` is told. */
export interface RegoEvalConfiguration extends SourceOptions {
  readonly query: string;
  readonly data: readonly string[];
  /** A file with the input; undefined for none. */
  readonly input: string | undefined;
  readonly stdinInput: boolean;
  readonly format: EvalFormat;
  readonly fail: boolean;
  readonly failDefined: boolean;
  readonly strictBuiltinErrors: boolean;
  readonly metrics: boolean;
  /** How many steps the evaluation may take; undefined for any number. */
  readonly maxSteps: number | undefined;
  /** How many bytes the result may have as JSON; undefined for any number. */
  readonly maxOutput: number | undefined;
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

/** The limits of an evaluation, as its option, where there are some: counting costs time. */
function limitsOf({ maxSteps, maxOutput }: RegoEvalConfiguration): Pick<EvaluateOptions, "limits"> {
  if (maxSteps === undefined && maxOutput === undefined) return {};
  const steps = maxSteps === undefined ? {} : { steps: maxSteps };
  return { limits: { ...steps, ...(maxOutput === undefined ? {} : { outputBytes: maxOutput }) } };
}

/** Evaluates a query and writes what it gave. Ends with 2 where sources or query are wrong, 4 where the evaluation failed, 1 as --fail and --fail-defined say. */
export async function runRegoEval(configuration: RegoEvalConfiguration, context: CommandContext): Promise<ExitCode> {
  const { stdout, stderr, environment } = context;
  const { query, format } = configuration;
  const reject = (errors: readonly JsonError[], forPeople: string, code: ExitCode): ExitCode => {
    if (format === "json") stdout.write(jsonText({ errors }));
    stderr.write(forPeople);
    return code;
  };
  const started = performance.now();
  const input = await readInput(configuration, context);
  const loaded = loadNamedSources(configuration.data, configuration, environment.workingFolder);
  if (loaded.faults.length > 0) return reject(jsonErrors([], loaded.faults), describeErrors([], loaded.faults, []), 2);
  const read = performance.now();
  const { program, diagnostics } = compileModules(loaded.modules, configuration);
  if (program === null) return reject(jsonErrors(diagnostics, []), describeErrors(diagnostics, [], loaded.modules), 2);
  const compiled = performance.now();
  const network = await openAllowedNetwork(configuration.allowNetwork);
  const result = evaluateExpressions(program, query, {
    ...(network === null ? {} : { network }),
    ...(input === undefined ? {} : { input }),
    data: loaded.data,
    now: evaluationTime(context),
    seed: crypto.randomUUID(),
    queryVersion: configuration.v0Compatible ? "v0" : "v1",
    strictBuiltinErrors: configuration.strictBuiltinErrors,
    ...limitsOf(configuration),
    print: (message) => stderr.write(safeText(`${message}\n`)),
  });
  network?.close();
  const evaluated = performance.now();
  if (result.solutions === null) {
    if (result.problem === null)
      return reject(jsonErrors(result.diagnostics, []), describeErrors(result.diagnostics, [], [{ file: "query", source: query }]), 2);
    const { code, message, file, line } = result.problem;
    const place = line === null ? "" : `  at ${file ?? "query"}:${line}\n`;
    const location = line === null ? {} : { location: { file: file === "query" ? "" : (file ?? ""), row: line, col: 1 } };
    return reject([{ message, code, ...location }], safeText(`${code}: ${message}\n${place}`), 4);
  }
  const nanoseconds = (milliseconds: number): number => Math.round(milliseconds * 1e6);
  const metrics = {
    timer_rego_load_ns: nanoseconds(read - started),
    timer_rego_module_compile_ns: nanoseconds(compiled - read),
    timer_rego_query_eval_ns: nanoseconds(evaluated - compiled),
  };
  stdout.write(evalFormats[format](result.solutions, configuration.metrics ? metrics : null));
  const defined = isDefined(result.solutions);
  return (configuration.fail && !defined) || (configuration.failDefined && defined) ? 1 : 0;
}
