// `node test/differential/run-builtins.ts [--seed N] [--seeds N] [--calls N] [--only REGEX] [--shown N]`: asks Holdfast and OPA what random calls of builtins give, and
// shows where they differ. Needs `tools/install-peers opa-answers`. Calls that are known to differ are left out: see builtin-differences.ts.
import { parseArgs } from "node:util";
import { stringify } from "../../packages/rego/index.ts";
import { opaAnswers } from "./ask-opa.ts";
import { builtinDifferences } from "./builtin-differences.ts";
import type { Answer } from "./question.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "5" },
    calls: { type: "string", default: "20" },
    only: { type: "string" },
    shown: { type: "string", default: "20" },
  },
});
const program = opaAnswers();
if (program === null) {
  console.error("opa-answers is missing: build it with tools/install-peers opa-answers");
  process.exitCode = 2;
} else run(program);

function run(opa: string): void {
  const only = values.only === undefined ? undefined : new RegExp(values.only, "u");
  let [different, all, suited] = [0, 0, 0];
  for (let i = 0; i < Number(values.seeds); i++) {
    const seed = Number(values.seed) + i;
    const { found, asked, results } = builtinDifferences(opa, seed, Number(values.calls), ({ name }) => only?.test(name) ?? true);
    all += asked;
    suited += results;
    for (const { question, opa: theirs, holdfast } of found) {
      if (different++ >= Number(values.shown)) continue;
      console.log(
        `--- seed ${seed}: ${question.query}\ninput    ${question.inputTerm ?? ""}\nOPA      ${show(theirs)}\nHoldfast ${show(holdfast)}\n`,
      );
    }
  }
  console.log(`${all} calls, ${suited} with a result: ${different} differ`);
  process.exitCode = different === 0 ? 0 : 1;
}

function show(answer: Answer): string {
  return "error" in answer ? `${answer.error.code}: ${answer.error.message.slice(0, 400)}` : stringify(answer.result).slice(0, 600);
}
