// Nothing that a module says can become code: names and texts of any kind come back as the data they were.
import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "./6-link/compile.ts";
import type { Program } from "./6-link/program.ts";
import type { RegoValue } from "./runtime/value.ts";

const jsNames = [
  ..."arguments async await break case catch class const constructor continue debugger delete do enum eval export extends finally for".split(
    " ",
  ),
  ..."function get globalThis hasOwnProperty implements instanceof interface let length new Object of private process prototype public".split(
    " ",
  ),
  ..."require return static super switch this throw toString try typeof undefined valueOf var void while yield".split(" "),
  ..."__proto__ absent builtins c c2 i items keys lookup memo needs next nothing program result runtime RegoSet Map Set".split(" "),
];
const codeLike = [
  "`${globalThis.escaped = 1}`",
  '"; globalThis.escaped = 1; "',
  "'; globalThis.escaped = 1; '",
  "*/ globalThis.escaped = 1 /*",
  "\u2028globalThis.escaped = 1\u2029",
  "\\",
  '\\"',
  "\n//# sourceMappingURL=x",
  "]; globalThis.escaped = 1; [",
  "__proto__",
  "constructor",
  "</script>",
  "\0",
  "\ud800",
];

const names = fc
  .oneof(fc.constantFrom(...jsNames), fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,12}$/))
  .filter((name) => !regoKeywords.has(name));
const texts = fc.oneof(fc.constantFrom(...codeLike), fc.string({ unit: "binary", maxLength: 12 }), fc.string({ maxLength: 12 }));
const regoKeywords = new Set(
  "_ as contains data default else every false if import in input not null package set some true with and or print count answer imported w ws".split(
    " ",
  ),
);

/** A Rego string. Lone surrogates can't be written in Rego. */
function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll("\u007f", "\\u007f");
}

function compiled(source: string): Program {
  const { program, diagnostics } = compile({ modules: [{ file: `${source.slice(0, 9)}*/.rego`, source, version: "v1" }] });
  expect(diagnostics).toEqual([]);
  if (program === null) throw new Error("no program");
  return program;
}

function valueOf(source: string, input: RegoValue): RegoValue | undefined {
  const before = Object.keys(globalThis).length;
  const result = compiled(source).rule(["a", "answer"])?.({ input });
  expect(Object.hasOwn(globalThis, "escaped")).toBe(false);
  expect(Object.keys(globalThis).length).toBe(before);
  expect(result?.problem).toBe(null);
  return result?.value;
}

test("texts stay texts", () => {
  fc.assert(
    fc.property(texts, texts, (raw, other) => {
      const [text, key] = [raw.toWellFormed(), other.toWellFormed()];
      const source = `package a
answer := [s, o[k], input[k], "x${"" /* keeps the two apart */}", [v | v := {k: s}[k]], t] if {
  s := ${quoted(text)}
  k := ${quoted(key)}
  o := {${quoted(key)}: s}
  input[${quoted(key)}] == s
  s in {${quoted(text)}, 1}
  f(s)
  t := concat(${quoted(text)}, ["a", "b"])
}
f(${quoted(text)}) if true`;
      const input = Object.defineProperty({}, key, { value: text, enumerable: true });
      expect(valueOf(source, input as RegoValue)).toEqual([text, text, text, "x", [text], `a${text}b`]);
    }),
    { numRuns: 300 },
  );
});

test("names of variables, rules, functions and packages stay names", () => {
  fc.assert(
    fc.property(fc.uniqueArray(names, { minLength: 5, maxLength: 5 }), ([variable, rule, fn, pkg, key]) => {
      const [v, r, f, p, k] = [variable, rule, fn, pkg, key].map((name) => name ?? "");
      const source = `package a
import data.a.rules.${p} as imported
answer := [${v}, imported.${r}, imported.${f}(1), input.${k}, data.a.rules.${p}["${r}"], ws] if {
  some ${v} in [7]
  ws := [w | some ${v}, w in {${quoted(k ?? "")}: 8}]
}`;
      const library = `package a.rules.${p}
${r} := 5
${f}(${v}) := ${v} + 1`;
      const { program, diagnostics } = compile({
        modules: [source, library].map((text, i) => ({ file: `${i}.rego`, source: text, version: "v1" })),
      });
      expect(diagnostics).toEqual([]);
      const input = Object.defineProperty({}, k ?? "", { value: 9, enumerable: true }) as RegoValue;
      expect(program?.rule(["a", "answer"])?.({ input })).toEqual({ value: [7, 5, 2, 9, 5, [8]], problem: null });
      expect(Object.hasOwn(globalThis, "escaped")).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test("steps and keys of heads stay data", () => {
  fc.assert(
    fc.property(texts, texts, (raw, other) => {
      const [first, second] = [raw.toWellFormed(), other.toWellFormed()];
      const source = `package a
p[${quoted(first)}] := 1
q[x] := 2 if x := ${quoted(second)}
answer := [data.a.p[${quoted(first)}], q[${quoted(second)}], [k | p[k]], [k | q[k]]]`;
      expect(valueOf(source, null)).toEqual([1, 2, [first], [second]]);
    }),
    { numRuns: 200 },
  );
});
