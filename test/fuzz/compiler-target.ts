import { compile, stringify, type RegoValue } from "../../packages/rego/index.ts";
import { randomQuestion } from "../differential/generate.ts";
import { checkEmittedCode, codeMadeBy } from "./emitted-code.ts";
import type { Target } from "./target.ts";
import { watchShared } from "./untouched.ts";

const document: RegoValue = {
  a: [{ a: 1, b: "x" }, 2],
  b: { a: "b", c: [] },
  c: "text",
  user: "ada",
  items: [{ kind: "Pod", spec: { n: 1 } }],
};
let checkShared: (() => void) | null = null;

/** Texts as modules that are compiled and evaluated: only diagnostics and problems, nothing escapes, and the same happens twice. */
export const compilerTarget: Target = {
  covers: ["1-parse", "2-resolve", "3-check", "4-plan", "5-emit", "6-link"],
  generate: (random) => randomQuestion(random).modules[0] ?? "",
  check(input) {
    const first = outcome(input);
    checkShared ??= watchShared();
    if (outcome(input) !== first) throw new Error("the second answer differs from the first");
    checkShared();
  },
};

function outcome(source: string): string {
  let found = "";
  // What is evaluated is made piece by piece, and the text for builds in one.
  for (const code of codeMadeBy(() => (found = compiledAndEvaluated(source)))) checkEmittedCode(code);
  return found;
}

function compiledAndEvaluated(source: string): string {
  const { program, diagnostics } = compile({ modules: [{ file: "a.rego", source }] });
  if (program === null) return JSON.stringify(diagnostics);
  checkEmittedCode(program.code);
  JSON.parse(program.map);
  const { results, problem } = program.evaluate("data = x", { input: document, data: { d: document, e: [1] } });
  return `${program.code}\n${results === null ? JSON.stringify(problem) : stringify(results)}`;
}
