import type { Builtin } from "../../packages/rego/builtins/define.ts";
import { fromJson, stringify } from "../../packages/rego/index.ts";
import { plainNumbers } from "../../packages/rego/runtime/plain-numbers.ts";
import { askHoldfast } from "./ask-holdfast.ts";
import { askOpa } from "./ask-opa.ts";
import { comparable, randomCall } from "./builtin-calls.ts";
import type { Difference } from "./differences.ts";
import { agree, type Answer } from "./question.ts";
import { Random } from "./random.ts";

/** Builtins in which differences are known, and what they are. */
export const knownDifferences: ReadonlyMap<string, string> = new Map([
  ["abs", "OPA loses digits of large integers"],
  ["ceil", "OPA loses digits of large integers, and the sign between -1 and 0"],
  ["floor", "OPA loses digits of large integers, and the sign between -1 and 0"],
  ["round", "OPA loses digits of large integers"],
  ["format_int", "OPA loses digits of large numbers with an exponent"],
  ["bits.rsh", "OPA shifts by the lowest 64 bits"],
  ["bits.lsh", "OPA shifts by the lowest 64 bits"],
  ["yaml.marshal", "other quotes, the same meaning"],
  ["yaml.unmarshal", "white space beyond ASCII"],
  ["crypto.x509.parse_certificates", "certificates whose inner parts are broken"],
  ["graphql.parse", "syntax trees with other members, comments"],
  ["graphql.parse_query", "comments"],
  ["graphql.parse_schema", "comments, extensions without directives"],
  ["graphql.parse_and_verify", "syntax trees with other members, comments"],
  ["graphql.is_valid", "syntax trees with other members"],
  ["strings.render_template", "types of numbers in remarks of printf"],
  ["strings.replace_n", "OPA cuts characters into bytes where a pattern is empty"],
  ["replace", "OPA cuts characters into bytes where the pattern is empty"],
  ["time.add_date", "dates beyond those that a time can have"],
  ["regex.globs_match", "stars that match nothing"],
  ["graphql.schema_is_valid", "syntax trees with other members"],
  ["providers.aws.sign_req", "sets in bodies, times with exponents"],
  ["io.jwt.decode_verify", "OPA compares times as doubles"],
  ["rego.parse_module", "comments, templates in backticks"],
  ["json.verify_schema", "schemas that are neither objects nor texts"],
  ["net.cidr_contains_matches", "operands that are no collections"],
  ["net.cidr_merge", "IPv4 addresses that are written as IPv6"],
]);

/** What is no answer: OPA failed, or could not write what it found. */
const failures: ReadonlySet<string> = new Set(["panic", "timeout", "answer", "question"]);

/** An answer as far as engines must agree about builtins: which of several errors comes first they may choose, and which text of one number a set keeps. */
function withoutCode(answer: Answer): Answer {
  return "error" in answer
    ? { error: { code: "any", message: "" } }
    : { result: answer.result.map((one) => plainNumbers(fromJson(stringify(one)))) };
}

/** The calls, some for each builtin that the filter names, about which the engines disagree, and how many gave a result. */
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
    if ("error" in opa && failures.has(opa.error.code)) return;
    const holdfast = askHoldfast(question);
    const crashed = "error" in holdfast && holdfast.error.code === "crash";
    if (crashed || !agree(withoutCode(opa), withoutCode(holdfast))) found.push({ question, opa, holdfast });
  });
  return { found, results: answers.filter((one) => "result" in one).length, asked: questions.length };
}
