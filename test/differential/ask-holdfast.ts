import { compile, type Diagnostic } from "../../packages/rego/index.ts";
import type { Answer, Question } from "./question.ts";

/** What Holdfast's engine answers. An exception is the error `crash`. */
export function askHoldfast(question: Question): Answer {
  try {
    return answer(question);
  } catch (error) {
    return { error: { code: "crash", message: error instanceof Error ? (error.stack ?? error.message) : String(error) } };
  }
}

function answer({ modules, version, query, data, input, inputValue, strict }: Question): Answer {
  const { program, diagnostics } = compile({ modules: modules.map((source, i) => ({ file: `${i}.rego`, source, version })) });
  if (program === null) return failed(diagnostics);
  const outcome = program.evaluate(query, {
    queryVersion: version,
    strictBuiltinErrors: strict === true,
    ...(data === undefined ? {} : { data }),
    ...(input === undefined ? {} : { input }),
    ...(inputValue === undefined ? {} : { inputValue, now: BigInt(Date.now()) * 1_000_000n }),
  });
  if (outcome.results !== null) return { result: outcome.results };
  return outcome.problem === null ? failed(outcome.diagnostics) : { error: outcome.problem };
}

function failed(diagnostics: readonly Diagnostic[]): Answer {
  const first = diagnostics.find((one) => one.severity === "error");
  return { error: { code: first?.code ?? "none", message: first === undefined ? "" : `${first.file}:${first.line}: ${first.message}` } };
}
