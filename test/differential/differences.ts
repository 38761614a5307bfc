import { askHoldfast } from "./ask-holdfast.ts";
import { askOpa } from "./ask-opa.ts";
import { agree, type Answer, type Question } from "./question.ts";

export interface Difference {
  readonly question: Question;
  readonly opa: Answer;
  readonly holdfast: Answer;
}

/** Errors of compiling. Where OPA refuses a program that Holdfast evaluates, nothing is said about what it means. */
const refusals: ReadonlySet<string> = new Set([
  "rego_type_error",
  "rego_compile_error",
  "rego_unsafe_var_error",
  "rego_recursion_error",
  // Of OPA itself: a body that it could not put into an order.
  "eval_internal_error",
]);

/** The questions to which the engines give different answers, how many OPA refused, and those among these that Holdfast takes. */
export function differences(
  program: string,
  questions: readonly Question[],
): { readonly found: readonly Difference[]; readonly refused: number; readonly taken: readonly Difference[] } {
  const answers = askOpa(program, questions);
  const found: Difference[] = [];
  const taken: Difference[] = [];
  let refused = 0;
  questions.forEach((question, i) => {
    const opa = answers[i] as Answer;
    const holdfast = askHoldfast(question);
    if ("error" in opa && refusals.has(opa.error.code) && !("error" in holdfast && holdfast.error.code === "crash")) {
      refused++;
      if (!("error" in holdfast && refusals.has(holdfast.error.code))) taken.push({ question, opa, holdfast });
      return;
    }
    // OPA leaves a rule early where some reference in it is undefined, and then doesn't see the errors that stand before that.
    if (!("error" in opa) && "error" in holdfast && holdfast.error.code.startsWith("eval_")) {
      refused++;
      return;
    }
    if (!agree(opa, holdfast)) found.push({ question, opa, holdfast });
  });
  return { found, refused, taken };
}

/** A smaller question with the same kind of difference: without the rules and literals that it does not need. */
export function shrunk(program: string, difference: Difference): Difference {
  let smallest = difference;
  for (let rounds = 0; rounds < 20; rounds++) {
    const smaller = smallerQuestions(smallest.question);
    const { found } = differences(program, smaller);
    const next = found.find((one) => kind(one) === kind(difference));
    if (next === undefined) break;
    smallest = next;
  }
  return smallest;
}

function kind({ opa, holdfast }: Difference): string {
  return `${"error" in opa ? opa.error.code : "result"} ${"error" in holdfast ? holdfast.error.code : "result"}`;
}

function smallerQuestions(question: Question): readonly Question[] {
  const [text = ""] = question.modules;
  const rules = text.trimEnd().split("\n\n");
  const candidates: string[] = [];
  const join = (parts: readonly string[]): string => `${parts.join("\n\n")}\n`;
  for (let i = 1; i < rules.length; i++) candidates.push(join(rules.toSpliced(i, 1)));
  for (let i = 1; i < rules.length; i++) {
    const rule = rules[i] as string;
    const lines = rule.split("\n");
    if (lines.length > 1) lines.forEach((_, line) => candidates.push(join(rules.with(i, lines.toSpliced(line, 1).join("\n")))));
    const literals = rule.split("; ");
    if (literals.length > 1) literals.forEach((_, at) => candidates.push(join(rules.with(i, literals.toSpliced(at, 1).join("; ")))));
    const last = rule.replace(/; [^;]* \}$/, " }");
    if (last !== rule) candidates.push(join(rules.with(i, last)));
    const first = rule.replace(/\{ [^;{}]*; /, "{ ");
    if (first !== rule) candidates.push(join(rules.with(i, first)));
    const otherwise = rule.replace(/ else := .*$/, "");
    if (otherwise !== rule) candidates.push(join(rules.with(i, otherwise)));
  }
  return candidates.map((module) => ({ ...question, modules: [module] }));
}
