import { expect, test } from "vitest";
import { compile } from "./compile.ts";
import { EmittedFunctions } from "./emitted-functions.ts";

test("a text is made into a function once, until others have pushed it out", () => {
  const functions = new EmittedFunctions<() => unknown>(10);
  const made: string[] = [];
  const ask = (text: string): unknown =>
    functions.get(text, () => {
      made.push(text);
      return () => text;
    });
  expect(ask("aaaa")).toBe(ask("aaaa"));
  ask("bbbb");
  ask("aaaa");
  ask("cccc");
  expect(made).toEqual(["aaaa", "bbbb", "cccc"]);
  // What was used longest ago went.
  ask("aaaa");
  ask("bbbb");
  expect(made).toEqual(["aaaa", "bbbb", "cccc", "bbbb"]);
});

test("what is larger than all there may be is not kept, and pushes nothing out", () => {
  const functions = new EmittedFunctions<() => unknown>(10);
  const small = functions.get("aaaa", () => () => 1);
  const large = functions.get("a".repeat(11), () => () => 2);
  expect(functions.get("aaaa", () => () => 3)).toBe(small);
  expect(functions.get("a".repeat(11), () => () => 4)).not.toBe(large);
});

test("programs that share code share no values", () => {
  const modules = [{ file: "p.rego", source: "package p\n\nx := [input.a, data.b]\n", version: "v1" }] as const;
  const [first, second] = [compile({ modules }), compile({ modules })].map(({ program }) => program?.rule(["p", "x"]));
  expect(first?.({ input: { a: 1 }, data: { b: 2 } }).value).toEqual([1, 2]);
  expect(second?.({ input: { a: 3 }, data: { b: 4 } }).value).toEqual([3, 4]);
  expect(first?.({ input: { a: 5 }, data: { b: 6 } }).value).toEqual([5, 6]);
});

test("programs that share code keep their own builtins", () => {
  const modules = [{ file: "p.rego", source: "package p\n\nx := own.answer(1)\n", version: "v1" }] as const;
  const answering = (answer: number): unknown => {
    const type = { kind: "any" } as const;
    const builtins = [{ name: "own.answer", args: [type], result: type, evaluate: () => answer }];
    return compile({ modules, builtins }).program?.rule(["p", "x"])?.({}).value;
  };
  expect([answering(1), answering(2)]).toEqual([1, 2]);
});
