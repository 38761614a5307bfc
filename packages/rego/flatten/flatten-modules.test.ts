import { expect, test } from "vitest";
import { compile } from "../6-link/compile.ts";
import { toJson } from "../runtime/json.ts";
import type { RegoValue } from "../runtime/value.ts";
import { flattenModules } from "./flatten-modules.ts";

const module = (file: string, source: string): { file: string; source: string; version: "v1" } => ({ file, source, version: "v1" });

const LIB = `package house.lib.names

import data.house.lib.text
import rego.v1

# A constant, a set of several rules, an object, one with sets in it, and what depends on a default.
known := {"a", "b"}

seen contains name if some name in input.names

seen contains text.shout(name) if some name in input.names

lengths[name] := count(name) if some name in input.names

by_length[count(name)] contains name if some name in input.names

default strict := false

strict if input.strict

label(name) := "known" if name in known

else := "strange" if strict

else := "unknown"

unused := data.nowhere.at.all
`;

const TEXT = 'package house.lib.text\n\nimport rego.v1\n\nmark := "!"\n\nshout(text) := concat("", [text, mark])\n';

const MAIN = `# METADATA
# title: A rule
package armo_builtins

import data.house.lib.names
import data.house.lib.text as words
import rego.v1

deny contains [name, names.label(name), names.lengths[name]] if some name in input.names

deny contains all if {
	all := {"seen": names.seen, "groups": names.by_length, "mark": words.mark, "own": own}
}

# A variable of the same name as a rule is the variable.
deny contains mark if {
	some own in ["x"]
	mark := words.shout(own)
}

deny contains "none" if not names.lengths.zzz

own := [one | some one in names.known]
`;

function answer(modules: readonly { file: string; source: string; version: "v1" }[], input: RegoValue): unknown {
  const { program, diagnostics } = compile({ modules, entrypoints: [["armo_builtins", "deny"]] });
  expect(diagnostics).toEqual([]);
  const { value, problem } = program?.rule(["armo_builtins", "deny"])?.({ input }) ?? {};
  expect(problem).toBeNull();
  return toJson(value ?? null);
}

const modules = [module("main.rego", MAIN), module("names.rego", LIB), module("text.rego", TEXT)];

test("one text says what several modules say", () => {
  const flat = flattenModules(modules, "deny");
  const input = { names: ["a", "cc", "d"], strict: true };
  const expected = [
    "none",
    "x!",
    ["a", "known", 1],
    ["cc", "strange", 2],
    ["d", "strange", 1],
    { groups: { 1: ["a", "d"], 2: ["cc"] }, mark: "!", own: ["a", "b"], seen: ["a", "a!", "cc", "cc!", "d", "d!"] },
  ];
  expect(answer(modules, input)).toEqual(expected);
  expect(answer([module("flat.rego", flat)], input)).toEqual(expected);
  for (const empty of [{ names: [] }, {}]) expect(answer([module("flat.rego", flat)], empty)).toEqual(answer(modules, empty));
});

test("it has one package, one document, and nothing that is not needed", () => {
  const flat = flattenModules(modules, "deny");
  expect(flat.startsWith("package armo_builtins\n\nimport rego.v1\n")).toBe(true);
  expect(flat).not.toContain("data.");
  expect(flat).not.toContain("unused");
  const heads = flat.split("\n").filter((line) => /^[a-z]/u.test(line) && !/^(?:package|import|else|default )/u.test(line));
  expect(heads.filter((line) => !line.startsWith("deny contains") && !/^\w+\(/u.test(line))).toEqual([]);
});

test.each<[string, string, string]>([
  ["what does not parse", "package a\n\ndeny contains", "main.rego"],
  [
    "a module that is not there",
    "package a\n\nimport data.house.lib.gone\n\ndeny contains gone.x if true\n",
    "gone.x is not among the modules",
  ],
  ["a rule that is not there", "package a\n\nallow if true\n", "it has no rule deny"],
  ["a name of several parts", "package a\n\ndeny contains 1 if f.g(2)\n\nf.g(x) := x\n", "has a reference for a name"],
])("%s is refused", (_, source, message) => {
  expect(() => flattenModules([module("main.rego", source)], "deny")).toThrow(message);
});
