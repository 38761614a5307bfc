import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { compile } from "../6-link/compile.ts";
import type { Program } from "../6-link/program.ts";
import type { RegoValue } from "../runtime/value.ts";
import { explainFindings, type Finding } from "./explain-findings.ts";
import { renderFindings } from "./render-findings.ts";
import { renderTrace } from "./render-trace.ts";
import { Trace } from "./trace.ts";

/** A case of cases/findings.yaml: a rule with one finding; what it read, and the lines of its steps, those of rules behind it as text. */
interface Case {
  readonly note: string;
  readonly source: string;
  readonly input: RegoValue;
  readonly path: readonly string[];
  readonly reads: readonly string[];
  readonly lines: readonly (number | string)[];
}

const cases = load(readFileSync(new URL("cases/findings.yaml", import.meta.url), "utf8")) as readonly Case[];

function program(source: string): Program {
  const { program: compiled, diagnostics } = compile({ modules: [{ file: "a.rego", source, version: "v1" }] });
  if (compiled === null) throw new Error(diagnostics[0]?.message ?? "does not compile");
  return compiled;
}

function readsOf(finding: Finding): readonly string[] {
  return [...new Set(finding.steps.flatMap((step) => [...step.reads, ...step.because.flatMap(readsOf)]))];
}

function linesOf(finding: Finding, nested: boolean = false): readonly (number | string)[] {
  return finding.steps.flatMap((step) => [nested ? String(step.line) : step.line, ...step.because.flatMap((one) => linesOf(one, true))]);
}

describe("the steps that made a finding", () => {
  test.each(cases)("$note", ({ source, input, path, reads, lines }) => {
    const trace = new Trace();
    const result = program(source).rule(path)?.({ input, data: { allowed: ["good"] }, trace });
    expect(result?.problem).toBeNull();
    const findings = explainFindings(trace, path);
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    if (finding === undefined) return;
    expect(linesOf(finding)).toEqual(lines);
    expect(readsOf(finding).toSorted()).toEqual(reads.toSorted());
  });

  test("as text: expressions in order with their variables and what they read", () => {
    const source = 'package a\n\ndeny contains msg if {\n\tsome c in input.cs\n\tc.bad\n\tmsg := concat(" ", [c.name, "is bad"])\n}\n';
    const trace = new Trace();
    program(source).evaluate("data.a.deny", { input: { cs: [{ name: "x" }, { name: "y", bad: true }] }, trace });
    expect(renderFindings(explainFindings(trace, ["a", "deny"]))).toBe(`data.a.deny: "y is bad"    (a.rego:3)
  a.rego:4  some c in input.cs
      c = {"bad": true, "name": "y"}
      reads input.cs[1]
  a.rego:5  c.bad
      c = {"bad": true, "name": "y"}
      reads input.cs[1].bad
  a.rego:6  msg := concat(" ", [c.name, "is bad"])
      msg = "y is bad"
      c = {"bad": true, "name": "y"}
      reads input.cs[1].name
`);
  });
});

describe("a trace", () => {
  const source = 'package a\n\np contains x if {\n\tsome x in input\n\tnot small(x)\n\ttrace("large")\n}\n\nsmall(x) if x < 2\n';

  // As `opa eval --explain=full` (1.22) tells it, but for its index events, the names that it gives to parts of expressions, and what `not` encloses.
  test("tells what happened, in the order and nesting of `opa eval --explain=full`", () => {
    const trace = new Trace();
    program(source).evaluate("data.a.p", { input: [1, 2], trace });
    expect(renderTrace(trace)).toBe(`query:1      Enter data.a.p
query:1      | Eval data.a.p
a.rego:3     | Enter data.a.p
a.rego:4     | | Eval some x in input
a.rego:5     | | Eval not small(x)
a.rego:9     | | Enter data.a.small
a.rego:9     | | | Eval x < 2
a.rego:9     | | | Exit data.a.small
a.rego:9     | | Redo data.a.small
a.rego:9     | | | Redo x < 2
a.rego:5     | | Fail not small(x)
a.rego:4     | | Redo some x in input
a.rego:5     | | Eval not small(x)
a.rego:9     | | Enter data.a.small
a.rego:9     | | | Eval x < 2
a.rego:9     | | | Fail x < 2
a.rego:6     | | Eval trace("large")
a.rego:6     | | Note "large"
a.rego:3     | | Exit data.a.p
a.rego:3     | Redo data.a.p
a.rego:6     | | Redo trace("large")
a.rego:5     | | Redo not small(x)
a.rego:4     | | Redo some x in input
query:1      | Exit data.a.p
query:1      Redo data.a.p
query:1      | Redo data.a.p
`);
    expect(renderTrace(trace, "notes")).toBe(`query:1      Enter data.a.p
a.rego:3     | Enter data.a.p
a.rego:6     | | Note "large"
`);
    expect(trace.events.find((event) => event.operation === "Note")?.locals).toEqual({ x: 2 });
  });

  test("is bounded, and says how much was left out", () => {
    const trace = new Trace({ events: 5, derivations: 1 });
    program(source).evaluate("data.a.p", { input: [2, 3, 4], trace });
    expect(trace.events).toHaveLength(5);
    expect(trace.omitted).toBeGreaterThan(20);
    expect(renderTrace(trace)).toMatch(/\n… \d+ more events were left out\n$/);
    expect(explainFindings(trace, ["a", "p"])).toHaveLength(1);
    expect(trace.omittedDerivations).toBeGreaterThan(1);
  });
});
