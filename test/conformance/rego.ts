// `npm run conformance -- rego DIR --actual FILE`: evaluates every case of the groups in DIR through the public API, and writes down what came out.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { compile, fromJson, stringify, type Diagnostic, type EvaluateOptions, type RegoValue } from "../../packages/rego/index.ts";

/** What a case gives to an evaluation; what it expects is not looked at. */
interface Case {
  readonly modules?: readonly string[] | null;
  readonly query: string;
  readonly data?: RegoValue;
  readonly input?: RegoValue;
  readonly input_term?: string;
  readonly strict_error?: boolean;
}

type Answer = { readonly result: RegoValue } | { readonly error: { readonly code: string; readonly message: string } };

/** Evaluates the cases and returns how many there were. The folder's name ends in the version of the language. */
export function runRegoConformance(folder: string, actualFile: string): number {
  const version = /v0[/\\]?$/.test(folder) ? "v0" : "v1";
  const lines: string[] = [];
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .toSorted()) {
    const cases = fromJson(readFileSync(path.join(folder, file), "utf8")) as unknown as readonly Case[];
    cases.forEach((one, index) => lines.push(stringify({ file, index, ...answerSafely(one, version) })));
  }
  writeFileSync(actualFile, lines.map((line) => `${line}\n`).join(""));
  return lines.length;
}

function answerSafely(one: Case, version: "v0" | "v1"): Answer {
  try {
    return answer(one, version);
  } catch (error) {
    return { error: { code: "crash", message: error instanceof Error ? (error.stack ?? error.message) : String(error) } };
  }
}

function answer(one: Case, version: "v0" | "v1"): Answer {
  const modules = (one.modules ?? []).map((source, i) => ({ file: `test-${i}.rego`, source, version }));
  const { program, diagnostics } = compile({ modules });
  if (program === null) return failed(diagnostics);
  const { results, problem, diagnostics: ofQuery } = program.evaluate(one.query, { ...optionsFor(one), queryVersion: version });
  if (results !== null) return { result: results };
  return problem === null ? failed(ofQuery) : { error: { code: problem.code, message: problem.message } };
}

function optionsFor(one: Case): EvaluateOptions {
  return {
    ...(one.data === undefined || one.data === null ? {} : { data: one.data }),
    ...(one.input === undefined ? {} : { input: one.input }),
    ...(one.input_term === undefined ? {} : inputFromTerm(one.input_term)),
    strictBuiltinErrors: one.strict_error === true,
    now: BigInt(Date.now()) * 1_000_000n,
  };
}

/** The value of a term: that of a query without rules. */
function inputFromTerm(term: string): EvaluateOptions {
  const { program } = compile({ modules: [] });
  const value = program?.evaluate(`x = ${term}`).results?.[0]?.["x"];
  return value === undefined ? {} : { inputValue: value };
}

function failed(diagnostics: readonly Diagnostic[]): Answer {
  const first = diagnostics.find((one) => one.severity === "error");
  return { error: { code: first?.code ?? "unknown", message: first === undefined ? "" : `${first.file}:${first.line}: ${first.message}` } };
}
