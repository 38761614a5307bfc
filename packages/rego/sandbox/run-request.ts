import type { EvaluationProblem, ModuleSource } from "../6-link/program.ts";
import { packageAnnotation } from "../package-annotation.ts";
import { answerQuery, emptyAnswer, type QueryAnswer, type QueryRequest } from "../requests/answer-query.ts";
import type { RequestHost } from "../requests/request.ts";
import { ruleOfQuery } from "../requests/rule-of-query.ts";
import { TestRun, type TestRequest } from "../requests/test-run.ts";
import { stringify } from "../runtime/json.ts";
import type { RegoValue } from "../runtime/value.ts";
import type { RegoTest } from "../testing/find-tests.ts";
import type { TestResult } from "../testing/run-test.ts";
import type { RequestSetup, SandboxMessage } from "./messages.ts";
import { tell, tellText } from "./parent.ts";

/** Runs a part of the work under a watch that ends it. */
export type Watch = (part: () => void) => void;

function text(message: SandboxMessage): string {
  return stringify(message as unknown as RegoValue);
}

function tooLarge(bytes: number): EvaluationProblem {
  return { code: "limit_output", message: `its result is larger than ${bytes} bytes`, file: null, line: null };
}

function internal(error: unknown): EvaluationProblem {
  return { code: "eval_internal_error", message: error instanceof Error ? error.message : "it failed", file: null, line: null };
}

/** Prints as much as a result may have, and then says that there was more. */
function boundedPrint(bytes: number): (message: string) => void {
  let left = bytes;
  return (message) => {
    if (left < 0) return;
    left -= Buffer.byteLength(message);
    tell({ type: "print", text: left < 0 ? "… more was printed than the limit of the output" : message });
  };
}

/** Answers one request, and tells the parent. */
export function runRequest({ request, limits, done, covered }: RequestSetup, host: Omit<RequestHost, "print">, watch: Watch): void {
  const whole: RequestHost = {
    ...host,
    print: boundedPrint(limits.outputBytes),
    progress: (place) => tell({ type: "at", job: 0, ...place }),
  };
  if ("annotations" in request) readAnnotations(request.annotations, watch);
  else if ("query" in request) runQuery(request.query, limits.outputBytes, whole, watch);
  else runTests(request.tests, { bytes: limits.outputBytes, done, covered }, whole, watch);
}

/** What the package of each module says of itself; null where it says nothing. */
function readAnnotations(modules: readonly ModuleSource[], watch: Watch): void {
  const annotations: unknown[] = [];
  modules.forEach(({ file, source, version = "auto" }, number) => {
    tell({ type: "at", job: number, file, line: null });
    const versions = version === "auto" ? (["v1", "v0"] as const) : [version];
    watch(() => {
      const found = versions.map((one) => packageAnnotation(source, { file, version: one })).find((one) => one !== undefined);
      annotations.push(found ?? null);
    });
  });
  tellText(text({ type: "annotations", annotations }));
}

function runQuery(request: QueryRequest, bytes: number, host: RequestHost, watch: Watch): void {
  let answer: QueryAnswer = emptyAnswer(null);
  try {
    watch(() => {
      tell({ type: "at", job: 0, ...ruleOfQuery(request) });
      answer = answerQuery(request, host);
    });
  } catch (error) {
    answer = emptyAnswer(internal(error));
  }
  const message = text({ type: "query", answer });
  tellText(Buffer.byteLength(message) <= bytes ? message : text({ type: "query", answer: emptyAnswer(tooLarge(bytes)) }));
}

interface TestProgress {
  readonly bytes: number;
  readonly done: number;
  readonly covered: readonly string[];
}

function failed(test: RegoTest, problem: EvaluationProblem): TestResult {
  const place = { file: problem.file ?? test.file, line: problem.line ?? test.line };
  return { test, outcome: "error", problem: { ...problem, ...place }, cases: [], failure: null, printed: [], duration: 0 };
}

function runTests(request: TestRequest, { bytes, done, covered }: TestProgress, host: RequestHost, watch: Watch): void {
  let run: TestRun | null = null;
  watch(() => {
    run = new TestRun(request, host);
  });
  const ready = run as TestRun | null;
  if (ready === null) return;
  ready.coverage?.cover(covered);
  const known = new Set(covered);
  for (const test of ready.tests.slice(done)) {
    tell({ type: "testing", test });
    let result: TestResult | null = null;
    try {
      watch(() => {
        result = ready.run(test);
      });
    } catch (error) {
      result = failed(test, internal(error));
    }
    const news = (ready.coverage?.covered() ?? []).filter((name) => !known.has(name));
    for (const name of news) known.add(name);
    const told = result ?? failed(test, internal(null));
    const message = text({ type: "tested", result: told, covered: news });
    tellText(
      Buffer.byteLength(message) <= bytes ? message : text({ type: "tested", result: failed(test, tooLarge(bytes)), covered: news }),
    );
  }
  const coverage = ready.coverage?.report() ?? null;
  tellText(text({ type: "tests", answer: { results: ready.usable ? [] : null, problem: null, diagnostics: ready.diagnostics, coverage } }));
}
