import { compile, toJson, type PreparedRule, type RegoValue } from "@holdfast/rego";
import type { Inputs } from "./inputs.ts";
import type { RuleLoad, Samples } from "./rule-load.ts";

declare const gc: (() => void) | undefined;

/**
 * A rule that is evaluated with Holdfast. What is timed begins with a parsed input and ends with plain findings, as OPA's does. Where inputs are not kept, every
 * iteration gets one that was parsed for it alone, so that nothing can be remembered from one to the next.
 */
export class HoldfastRule {
  private readonly load: RuleLoad;
  private readonly data: RegoValue;
  private readonly rule: PreparedRule;
  private readonly inputs: Inputs;
  /** What the last evaluation gave: its items, where it is a list or a set, else the value alone. */
  findings: readonly RegoValue[] = [];

  constructor(load: RuleLoad, data: RegoValue, inputs: Inputs) {
    const { program, diagnostics } = compile({ modules: load.modules });
    const rule = program?.rule(load.rule) ?? null;
    if (rule === null) {
      const places = diagnostics.map(({ file, line, message }) => `${file}:${line}: ${message}`);
      throw new Error(`${load.name} does not compile: ${places.join("; ")}`);
    }
    this.load = load;
    this.data = data;
    this.inputs = inputs;
    this.rule = rule;
  }

  /** Evaluates it so often. Garbage is collected before, and what one evaluation leaves is the next one's: collecting takes longer than most rules do. */
  run(iterations: number): Samples {
    const clock: number[] = [];
    const processor: number[] = [];
    const inputs = this.inputs.of(this.load.inputText, iterations);
    gc?.();
    for (const input of inputs) {
      const before = process.cpuUsage();
      const begun = performance.now();
      const result = this.rule({ input, data: this.data });
      const plain = result.value === undefined ? [] : toJson(result.value);
      clock.push(performance.now() - begun);
      const used = process.cpuUsage(before);
      processor.push((used.user + used.system) / 1000);
      if (result.problem !== null) throw new Error(`${this.load.name} failed: ${result.problem.message}`);
      this.findings = Array.isArray(plain) ? plain : [plain];
    }
    return { clock, processor, ended: false };
  }
}
