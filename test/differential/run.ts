// `node test/differential/run.ts [--seed N] [--count N] [--shown N] [--forms] [--taken]`: asks Holdfast and OPA what random programs give, and shows where they differ.
// With --taken it shows the programs that OPA refuses and Holdfast takes instead. Needs `tools/install-peers opa-answers`. With --forms, they are those of generate-forms.ts. Each program is made from its own seed, which is shown, so that it can be made again with --count 1.
import { parseArgs } from "node:util";
import { stringify } from "../../packages/rego/index.ts";
import { opaAnswers } from "./ask-opa.ts";
import { differences, shrunk } from "./differences.ts";
import { randomForms } from "./generate-forms.ts";
import { randomQuestion } from "./generate.ts";
import type { Answer } from "./question.ts";
import { Random } from "./random.ts";

const batch = 500;

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "2000" },
    shown: { type: "string", default: "10" },
    forms: { type: "boolean", default: false },
    taken: { type: "boolean", default: false },
  },
});
const program = opaAnswers();
if (program === null) {
  console.error("opa-answers is missing: build it with tools/install-peers opa-answers");
  process.exitCode = 2;
} else run(program, Number(values.seed), Number(values.count), Number(values.shown));

function run(opa: string, seed: number, count: number, shown: number): void {
  let different = 0;
  let unsuitable = 0;
  let accepted = 0;
  let shownSoFar = 0;
  for (let done = 0; done < count; done += batch) {
    const seeds = Array.from({ length: Math.min(batch, count - done) }, (_, i) => seed + done + i);
    const questions = seeds.map((one) => (values.forms ? randomForms : randomQuestion)(new Random(one)));
    const { found, refused, taken } = differences(opa, questions);
    unsuitable += refused;
    accepted += taken.length;
    different += found.length;
    for (const difference of values.taken ? taken : found) {
      if (shownSoFar++ >= shown) continue;
      const { question, opa: theirs, holdfast } = values.taken ? difference : shrunk(opa, difference);
      console.log(
        `--- seed ${seeds[questions.indexOf(difference.question)]}, ${question.version}${question.strict === true ? ", strict" : ""}`,
      );
      console.log(question.modules[0]);
      console.log(`input ${stringify(question.input ?? null)}\ndata  ${stringify(question.data ?? null)}`);
      console.log(`OPA      ${show(theirs)}\nHoldfast ${show(holdfast)}\n`);
    }
  }
  console.log(`${count} programs from seed ${seed}: ${different} differ; OPA refused ${unsuitable}, of which Holdfast takes ${accepted}`);
  process.exitCode = different === 0 ? 0 : 1;
}

function show(answer: Answer): string {
  return "error" in answer ? `${answer.error.code}: ${answer.error.message.slice(0, 600)}` : stringify(answer.result);
}
