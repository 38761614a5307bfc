import type { Builtin } from "../../packages/rego/builtins/define.ts";
import { fromJson, stringify } from "../../packages/rego/index.ts";
import { plainNumbers } from "../../packages/rego/runtime/plain-numbers.ts";
import { askHoldfast } from "./ask-holdfast.ts";
import { askOpa } from "./ask-opa.ts";
import { comparable, randomCall } from "./builtin-calls.ts";
import type { Difference } from "./differences.ts";
import { agree, type Answer, type Question } from "./question.ts";
import { Random } from "./random.ts";

/** Calls in which a difference is known, told by what stands in their operands, and why it stays. */
interface KnownDifference {
  readonly calls: RegExp;
  /** The operands in Rego's notation, as `Question.inputTerm` has them. */
  readonly operands: RegExp;
  readonly why: string;
}

export const knownDifferences: readonly KnownDifference[] = [
  {
    calls: /^time\.add_date$/,
    operands: /, [^,]*(?:[0-9]{8}|[eE])[^,]*[,\]]/,
    why: "dates so far away that Go's calendar overflows, which gives a time that has nothing to do with them",
  },
  {
    calls: /^yaml\./,
    operands: /[\u2028\u2029]|\\u202[89]/,
    why: "U+2028 and U+2029, which YAML 1.1 takes for line breaks and YAML 1.2 for characters",
  },
  {
    calls: /^yaml\.marshal$/,
    operands: /"(?:=|\\n(?:[^"\\]|\\.)*|(?:[^"\\]|\\.)*(?:\\ufeff|\u0085|\\u0085)(?:[^"\\]|\\.)*)"/,
    why: "the layout of texts that begin with a line break, are `=`, or contain U+0085 or U+FEFF; their meaning is the same",
  },
  {
    calls: /^strings\.render_template$/,
    operands: /printf/,
    why: "the names of Go's types in what printf remarks about operands that don't fit their verb",
  },
  {
    calls: /^crypto\.x509\.parse_certificates$/,
    operands: /./,
    why: "certificates whose inner parts are broken: how far Go reads them before it refuses them",
  },
  {
    calls: /^graphql\.(?:parse|parse_and_verify|is_valid|schema_is_valid)$/,
    operands: /\{"(?:Operations|Definitions)": /,
    why: "syntax trees made by hand in which required members are missing: OPA takes those for empty texts",
  },
  {
    calls: /^providers\.aws\.sign_req$/,
    operands: /"url": "(?!https?:\/\/)/,
    why: "addresses without a host",
  },
  {
    calls: /^net\.cidr_merge$/,
    operands: /::ffff:/i,
    why: "IPv4 networks in the notation of IPv6, on which OPA panics, or doesn't join them with others",
  },
];

/** The known difference that may show in a call. */
function knownDifference(question: Question): KnownDifference | undefined {
  const [, name = ""] = /(?:^|= )([\w.]+)\(/.exec(question.query) ?? [];
  return knownDifferences.find(({ calls, operands }) => calls.test(name) && operands.test(question.inputTerm ?? ""));
}

/** What is no answer: OPA failed, or could not write what it found. */
const failures: ReadonlySet<string> = new Set(["panic", "timeout", "answer", "question"]);

/** An answer as far as engines must agree about builtins: which of several errors comes first they may choose, and which text of one number a set keeps. */
function withoutCode(answer: Answer): Answer {
  return "error" in answer
    ? { error: { code: "any", message: "" } }
    : { result: answer.result.map((one) => plainNumbers(fromJson(stringify(one)))) };
}

/** The calls, some for each builtin that the filter names, about which the engines disagree where no difference is known, and how many gave a result. */
export function builtinDifferences(
  program: string,
  seed: number,
  calls: number,
  wanted: (builtin: Builtin) => boolean,
): { readonly found: readonly Difference[]; readonly results: number; readonly asked: number } {
  const questions = comparable
    .filter(wanted)
    .flatMap((builtin, number) =>
      Array.from({ length: calls }, (_, i) => randomCall(builtin, new Random(seed * 1_000_003 + number * 1009 + i))),
    );
  const answers = askOpa(program, questions);
  const found: Difference[] = [];
  questions.forEach((question, i) => {
    const opa = answers[i] as Answer;
    if (("error" in opa && failures.has(opa.error.code)) || knownDifference(question) !== undefined) return;
    const holdfast = askHoldfast(question);
    const crashed = "error" in holdfast && holdfast.error.code === "crash";
    if (crashed || !agree(withoutCode(opa), withoutCode(holdfast))) found.push({ question, opa, holdfast });
  });
  return { found, results: answers.filter((one) => "result" in one).length, asked: questions.length };
}
