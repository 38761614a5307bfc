import fc from "fast-check";
import { expect, test } from "vitest";
import { substitute, variablesOf, type VariableValue } from "./substitute.ts";

const VALUES: Readonly<Record<string, VariableValue>> = { a: "x", empty: "", long: "Hello World", secret: { unknown: true } };

function run(text: string): readonly [string, readonly string[]] {
  const made = substitute(text, (name) => (Object.hasOwn(VALUES, name) ? VALUES[name] : undefined));
  return [made.text, made.unknown];
}

// Each as bash has it, by https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
test.each([
  ["${a}", "x"],
  ["${a}${a}-${nothing}.", "xx-."],
  ["${nothing:=d}", "d"],
  ["${nothing:-d}", "d"],
  ["${nothing=d}", "d"],
  ["${nothing-d}", "d"],
  ["${empty:=d}", "d"],
  ["${empty=d}", ""],
  ["${a:=d}", "x"],
  ["${nothing:=}", ""],
  ["${nothing:=a:b/c d}", "a:b/c d"],
  ["$${a} ${a}", "${a} x"],
  ["$a $(a) {a} ${}", "$a $(a) {a} ${}"],
  ["${long:6}", "World"],
  ["${long:0:5}", "Hello"],
  ["${long,,} ${long^^}", "hello world HELLO WORLD"],
  ["${long/l/L} ${long//l/L}", "HeLlo World HeLLo WorLd"],
])("%s", (text, expected) => expect(run(text)).toEqual([expected, []]));

test("what is not known stays as it is, and so does a form that is not known; a default does not stand for a secret", () => {
  expect(run("${secret} ${secret:=d} ${a}")).toEqual(["${secret} ${secret:=d} x", ["secret"]]);
  expect(run("${a@Q}")).toEqual(["${a@Q}", ["a"]]);
});

test("the uses of a text, without those that are escaped", () => {
  expect(variablesOf("$${no} ${a:=1}-${b}")).toEqual([
    { name: "a", rest: ":=1" },
    { name: "b", rest: "" },
  ]);
});

test("a text without a dollar is left alone, and any text is read in an instant", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const [made] = run(text);
      return text.includes("${") || made === text;
    }),
  );
  expect(run(`${"${".repeat(50_000)}a`)[1]).toEqual([]);
});
