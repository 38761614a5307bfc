import type { Builtin } from "../builtins/define.ts";
import { evaluateRule } from "./evaluate-rule.ts";
import { linkEmitted, type EmittedFunction, type LinkedProgram } from "./linked-program.ts";
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
  // In parentheses, so that V8 compiles it at once: of a function that it compiles when it is called, a cache of compiled code has nothing, and nothing of what is in it.
  return `{ packages: ${JSON.stringify(program.packages)}, emitted: (function (runtime, builtins, program) {\n${program.code}}) }`;
}

/** The names of the builtins that a program calls, as its text has them. */
export function builtinsOf(program: Program): readonly string[] {
  return Array.from(program.code.matchAll(/\bbuiltins\.get\("([^"]+)"\)/gu), ([, name]) => name ?? "").sort();
}

/**
 * Makes the rules of a precompiled program ready. The program is linked, once, when the first of them is evaluated. `builtins` holds at least those that it calls: the everyday ones
 * load faster than all of them.
 */
export function loadPrecompiled(
  precompiled: PrecompiledProgram,
  builtins: ReadonlyMap<string, Builtin>,
): (path: readonly string[]) => PreparedRule {
  let linked: LinkedProgram | null = null;
  return (path) => (options) => {
    linked ??= linkEmitted(precompiled.emitted, builtins, precompiled.packages);
    return evaluateRule(linked, path, options);
  };
}
