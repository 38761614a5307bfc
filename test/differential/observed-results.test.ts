import { readdirSync, readFileSync } from "node:fs";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import {
  compile,
  fromJson,
  LineCoverage,
  Profile,
  stringify,
  Trace,
  type EvaluateOptions,
  type RegoValue,
} from "../../packages/rego/index.ts";
import { randomQuestion } from "./generate.ts";
import { Random } from "./random.ts";

interface Asked {
  readonly note?: string;
  readonly modules: readonly string[];
  readonly version?: "v0" | "v1";
  readonly query: string;
  readonly input?: RegoValue;
  readonly inputJson?: string;
  readonly data?: RegoValue;
  readonly strict?: boolean;
}

/** What an evaluation gives: its solutions, each as text and sorted, or the code of its problem. */
function outcome(question: Asked, observed: EvaluateOptions): unknown {
  const { program } = compile({
    modules: question.modules.map((source, i) => ({ file: `${i}.rego`, source, version: question.version ?? "v1" })),
  });
  if (program === null) return "refused";
  const input = question.inputJson === undefined ? question.input : fromJson(question.inputJson);
  const { results, problem } = program.evaluate(question.query, {
    queryVersion: question.version ?? "v1",
    strictBuiltinErrors: question.strict === true,
    ...(input === undefined ? {} : { input }),
    ...(question.data === undefined ? {} : { data: question.data }),
    ...observed,
  });
  return results === null ? (problem?.code ?? "refused") : results.map((one) => stringify(one)).toSorted();
}

/** What plain code gives, and then what instrumented code, metered code and code that is both give. */
function outcomes(question: Asked): readonly unknown[] {
  let time = 0;
  const everything = { trace: new Trace({ events: 200 }), coverage: new LineCoverage(), profile: new Profile(() => time++) };
  const limits = { steps: 10_000_000, outputBytes: 10_000_000 };
  return [{}, everything, { limits }, { ...everything, limits }].map((options) => outcome(question, options));
}

const folder = new URL("../../packages/rego/cases/", import.meta.url);

describe("instrumented and metered code give what plain code gives", () => {
  for (const file of readdirSync(folder)) {
    test.each(load(readFileSync(new URL(file, folder), "utf8")) as readonly Asked[])(`${file}: $note`, (question) => {
      const [plain, ...others] = outcomes(question);
      expect(others).toEqual([plain, plain, plain]);
    });
  }

  test("for random programs", { timeout: 120_000 }, () => {
    for (let seed = 0; seed < 300; seed++) {
      const [plain, ...others] = outcomes(randomQuestion(new Random(seed)));
      expect(others, `seed ${seed}`).toEqual([plain, plain, plain]);
    }
  });
});
