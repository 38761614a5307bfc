import type { EvaluationProblem, ModuleSource } from "../6-link/program.ts";
import { emptyAnswer, type QueryAnswer, type QueryRequest } from "../requests/answer-query.ts";
import type { QueryPlace } from "../requests/rule-of-query.ts";
import type { TestAnswer, TestRequest } from "../requests/test-run.ts";
import type { RegoValue } from "../runtime/value.ts";
import type { RegoTest } from "../testing/find-tests.ts";
import type { TestResult } from "../testing/run-test.ts";
import { documentBytes } from "./document-bytes.ts";
import type { RequestSetup, SandboxMessage } from "./messages.ts";
import { effectiveLimits, type SandboxLimits } from "./sandbox-limits.ts";
import { runSandboxProcess, type ProcessEnd } from "./sandbox-process.ts";
import { sandboxProgram } from "./sandbox-program.ts";

export interface RequestOptions {
  /** Plain JSON; undefined for no input. */
  readonly input?: RegoValue;
  readonly data?: RegoValue;
  /** The time and memory for a query, or for each test. Steps are a matter of the request. */
  readonly limits?: Omit<SandboxLimits, "steps">;
  readonly print?: (message: string) => void;
}

const NO_WORD: ProcessEnd = { code: "sandbox_failed", message: "its process ended without a word" };

type Request = RequestSetup["request"];

async function inProcess(
  request: Request,
  progress: Pick<RequestSetup, "done" | "covered">,
  options: RequestOptions,
  onMessage: (message: SandboxMessage) => void,
): Promise<ProcessEnd | null> {
  const limits = effectiveLimits(options.limits ?? {});
  const setup: RequestSetup = { type: "request", request, ...progress, limits };
  const input = options.input === undefined ? Buffer.alloc(0) : documentBytes(options.input);
  const parts = [Buffer.from(JSON.stringify(setup)), input, documentBytes(options.data ?? {})];
  return runSandboxProcess(sandboxProgram(), limits, parts, (message) => {
    if (message.type === "print") options.print?.(message.text);
    else onMessage(message);
  });
}

/** Answers a query in a process of its own, which can reach nothing and is ended where it passes a limit. A limit that was hit is the answer's problem, with the rule that was asked for. */
export async function queryInSandbox(request: QueryRequest, options: RequestOptions = {}): Promise<QueryAnswer> {
  let place: QueryPlace = { file: "query", line: 1 };
  let answer: QueryAnswer | null = null;
  const end = await inProcess({ query: request }, { done: 0, covered: [] }, options, (message) => {
    if (message.type === "query") ({ answer } = message);
    else if (message.type === "at") place = { file: message.file ?? "query", line: message.line ?? 1 };
  });
  const whole = (answer as QueryAnswer | null) ?? emptyAnswer({ ...(end ?? NO_WORD), ...place });
  const { problem } = whole;
  return problem === null || problem.line !== null ? whole : { ...whole, problem: { ...problem, ...place } };
}

/** What the `# METADATA` of packages say: see `packageAnnotation`. */
export type AnnotationsAnswer =
  | { readonly annotations: readonly unknown[]; readonly problem: null }
  /** Its file is the one that was being read. */
  | { readonly annotations: null; readonly problem: EvaluationProblem };

/** Reads the `# METADATA` of modules' packages, in the order of the modules, in a process of its own: parsing has the limits, too. Null for a module that says nothing, or does not parse. */
export async function annotationsInSandbox(
  modules: readonly ModuleSource[],
  options: Pick<RequestOptions, "limits"> = {},
): Promise<AnnotationsAnswer> {
  // Where no text has the word there is nothing to read, and no need of a process.
  if (!modules.some(({ source }) => source.includes("METADATA"))) return { annotations: modules.map(() => null), problem: null };
  let file = modules[0]?.file ?? null;
  let annotations: readonly unknown[] | null = null;
  const end = await inProcess({ annotations: modules }, { done: 0, covered: [] }, options, (message) => {
    if (message.type === "at") ({ file } = message);
    else if (message.type === "annotations") ({ annotations } = message);
  });
  if (annotations !== null) return { annotations, problem: null };
  return { annotations: null, problem: { ...(end ?? NO_WORD), file, line: null } };
}

/** Runs tests in a process of their own. A test that passes a limit is one with an error; those behind it go on in another process. */
export async function testsInSandbox(request: TestRequest, options: RequestOptions = {}): Promise<TestAnswer> {
  const results: TestResult[] = [];
  const covered: string[] = [];
  for (;;) {
    let running: RegoTest | null = null;
    let place: QueryPlace | null = null;
    let answer: TestAnswer | null = null;
    const end = await inProcess({ tests: request }, { done: results.length, covered }, options, (message) => {
      if (message.type === "testing") {
        running = message.test;
        place = null;
      } else if (message.type === "at") place = { file: message.file ?? "", line: message.line ?? 1 };
      else if (message.type === "tests") ({ answer } = message);
      else if (message.type === "tested") {
        results.push(message.result);
        covered.push(...message.covered);
        running = null;
      }
    });
    const whole = answer as TestAnswer | null;
    if (whole !== null) return { ...whole, results: whole.results === null ? null : results };
    const test = running as RegoTest | null;
    const { code, message } = end ?? NO_WORD;
    if (test === null) return stopped({ code, message, file: request.modules[0]?.file ?? null, line: null });
    const reached = (place as QueryPlace | null) ?? test;
    const problem = { code, message, file: reached.file, line: reached.line };
    results.push({ test, outcome: "error", problem, cases: [], failure: null, printed: [], duration: 0 });
  }
}

/** What is said where a limit was passed before the first test. */
function stopped(problem: EvaluationProblem): TestAnswer {
  return { results: null, problem, diagnostics: [], coverage: null };
}
