import { builtinByName } from "../builtins/list.ts";
import { evaluateRule } from "./evaluate-rule.ts";
import { linkEmitted, type EmittedFunction, type LinkedProgram } from "./link-code.ts";
import type { PreparedRule, Program } from "./program.ts";

/** A program that was compiled beforehand: what evaluates the text that `precompiledText` gives. */
export interface PrecompiledProgram {
  readonly packages: readonly (readonly string[])[];
  readonly emitted: EmittedFunction;
}

/**
 * The text of a JavaScript expression that is a `PrecompiledProgram`. Put into a module when a project is built, it spares compiling when the project runs. It holds
 * for evaluations that are not strict about builtin errors and whose input is JSON.
 */
export function precompiledText(program: Program): string {
  return `{ packages: ${JSON.stringify(program.packages)}, emitted(runtime, builtins, program) {\n${program.code}} }`;
}

/** Makes the rules of a precompiled program ready. The program is linked, once, when the first of them is evaluated. */
export function loadPrecompiled(precompiled: PrecompiledProgram): (path: readonly string[]) => PreparedRule {
  let linked: LinkedProgram | null = null;
  return (path) => (options) => {
    linked ??= linkEmitted(precompiled.emitted, builtinByName, precompiled.packages);
    return evaluateRule(linked, path, options);
  };
}
