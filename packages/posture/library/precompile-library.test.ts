import { compileFunction } from "node:vm";
import { expect, test } from "vitest";
import type { RegoValue } from "@holdfast/rego";
import { sampleRule } from "../testing/sample-rule.ts";
import { linkLibrary, type PrecompiledPart } from "./link-library.ts";
import { precompileLibrary } from "./precompile-library.ts";
import type { RuleSource } from "./read-library.ts";

const LIBRARY = { controls: [], rules: [], frameworks: [], parameters: [], attackTracks: [], digest: "" };

function module(file: string, kind: string): RuleSource["modules"] {
  const source = `package armo_builtins

import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [object]}} if {
	some object in input
	object.kind == "${kind}"
}
`;
  return [{ file, source }];
}

function rule(name: string, kind: string, filtered: string | null): RuleSource {
  const filter = filtered === null ? null : module(`rules/${name}/filter.rego`, filtered);
  return { description: sampleRule(name), modules: module(`rules/${name}/rule.rego`, kind), filter };
}

test("rules whose filters have one text share one program of it", () => {
  const rules = [rule("a", "Pod", "Pod"), rule("b", "Service", "Pod"), rule("c", "Pod", "Service"), rule("d", "Pod", null)];
  const { parts, partOf } = precompileLibrary({ library: LIBRARY, pages: [], rules, faults: [] });
  const texts = new Map(parts.map(({ name, text }) => [name, text]));
  const load = (name: string): PrecompiledPart => {
    const exported = {};
    // What the build writes is a CommonJS module that imports nothing.
    compileFunction(texts.get(name) ?? "", ["exports"])(exported);
    return exported as PrecompiledPart;
  };
  const { program } = linkLibrary(LIBRARY, partOf, load);
  expect(program("a")?.filter).not.toBeNull();
  expect(program("b")?.filter).toBe(program("a")?.filter);
  expect(program("c")?.filter).not.toBe(program("a")?.filter);
  expect(program("d")?.filter).toBeNull();
  const input: RegoValue = [{ kind: "Pod" }, { kind: "Service" }];
  expect(program("b")?.filter?.({ input }).value).toMatchObject({ size: 1 });
  expect(program("c")?.filter?.({ input }).value).toMatchObject({ size: 1 });
});
