import { compile, fromJson, toJson, type RegoValue } from "@holdfast/rego";
import type { RuleLoad, RuleMeasure } from "./rule-load.ts";

declare const gc: (() => void) | undefined;

/**
 * Evaluates a rule so often with Holdfast. What is timed begins with a parsed input and ends with plain findings, as OPA's does. Every iteration gets an input
 * that was parsed for it alone, so that nothing can be remembered from one to the next.
 */
export function measureWithHoldfast(load: RuleLoad, data: RegoValue, iterations: number): RuleMeasure {
  const { program, diagnostics } = compile({ modules: load.modules });
  const rule = program?.rule(load.rule) ?? null;
  if (rule === null)
    throw new Error(
      `${load.name} does not compile: ${diagnostics.map(({ file, line, message }) => `${file}:${line}: ${message}`).join("; ")}`,
    );
  const millis: number[] = [];
  let findings: readonly unknown[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    const input = fromJson(load.inputText);
    gc?.();
    const begun = performance.now();
    const result = rule({ input, data });
    const plain = result.value === undefined ? [] : toJson(result.value);
    millis.push(performance.now() - begun);
    if (result.problem !== null) throw new Error(`${load.name} failed: ${result.problem.message}`);
    findings = Array.isArray(plain) ? plain : [plain];
  }
  return { millis, findings };
}
