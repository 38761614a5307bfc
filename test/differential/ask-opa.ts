import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fromJson, stringify, type RegoValue } from "../../packages/rego/index.ts";
import type { Answer, Question } from "./question.ts";

/** The program that `tools/install-peers opa-answers` builds; null where it has not been built. */
export function opaAnswers(): string | null {
  const folder = process.env["HOLDFAST_PEERS"] ?? path.join(homedir(), ".cache/holdfast/peers");
  const program = path.join(folder, "bin/opa-answers");
  return existsSync(program) ? program : null;
}

/** The question as OPA is asked it. */
function asked(question: Question): RegoValue {
  const told = Object.entries(question).filter(([name]) => name !== "inputValue");
  return Object.fromEntries(told) as RegoValue;
}

/** What OPA answers to each question, all asked of one process. */
export function askOpa(program: string, questions: readonly Question[]): readonly Answer[] {
  const input = questions.map((one) => `${stringify(asked(one))}\n`).join("");
  const { stdout, stderr, status } = spawnSync(program, { input, encoding: "utf8", maxBuffer: 2 ** 30 });
  const lines = stdout.split("\n").filter((line) => line !== "");
  if (status !== 0 || lines.length !== questions.length) throw new Error(`opa-answers ended with ${status}: ${stderr.slice(0, 2000)}`);
  return lines.map((line) => fromJson(line) as unknown as Answer);
}
