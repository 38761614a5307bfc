// Stage 6: from emitted JavaScript to functions.
import type { EmittedCode } from "../5-emit/assemble.ts";
import type { Builtin } from "../builtins/define.ts";
import type { LinkedNode, LinkedRule } from "../runtime/document-place.ts";
import { emittedCodeRuntime } from "../runtime/emitted-code.ts";
import type { EvaluationContext } from "../runtime/evaluation-context.ts";
import type { RegoValue } from "../runtime/value.ts";
import { EmittedFunctions } from "./emitted-functions.ts";

/** A program as its code sees it. */
export interface LinkedProgram {
  readonly root: LinkedNode;
  /** By their index; those that were left out are missing. */
  readonly rules: readonly LinkedRule[];
}

/** Gives the values of the variables of each solution. */
export type LinkedQuery = (context: EvaluationContext) => readonly (readonly RegoValue[])[];

/** The function that the text of an emitted program is the body of. */
export type EmittedFunction = (
  runtime: Readonly<Record<string, unknown>>,
  builtins: ReadonlyMap<string, Builtin>,
  program: LinkedProgram,
) => unknown;

/** Makes the rules of an emitted program callable. `packages` are the paths of all packages, also of those without rules. */
export function linkProgram(
  emitted: EmittedCode,
  builtins: ReadonlyMap<string, Builtin>,
  packages: readonly (readonly string[])[],
): LinkedProgram {
  return linkEmitted(compileText(emitted, "program"), builtins, packages);
}

/** The same for a program that is a function already. */
export function linkEmitted(
  emitted: EmittedFunction,
  builtins: ReadonlyMap<string, Builtin>,
  packages: readonly (readonly string[])[],
): LinkedProgram {
  const root: LinkedNode = { path: [], children: new Map(), rule: null, dynamic: null };
  for (const path of packages) reachNode(root, path);
  const rules: LinkedRule[] = [];
  const program: LinkedProgram = { root, rules };
  for (const rule of emitted(emittedCodeRuntime, builtins, program) as readonly LinkedRule[]) {
    rules[rule.index] = rule;
    const node = reachNode(root, rule.path);
    if (rule.kind === "object") node.dynamic = rule;
    else node.rule = rule;
  }
  return program;
}

/** Makes a query over a linked program callable. */
export function linkQuery(emitted: EmittedCode, builtins: ReadonlyMap<string, Builtin>, program: LinkedProgram): LinkedQuery {
  return compileText(emitted, "query")(emittedCodeRuntime, builtins, program) as LinkedQuery;
}

/** The node at a path of a linked rule tree, made if needed. */
function reachNode(root: LinkedNode, path: readonly string[]): LinkedNode {
  let node = root;
  path.forEach((name, i) => {
    let child = node.children.get(name);
    if (child === undefined) {
      child = { path: path.slice(0, i + 1), children: new Map(), rule: null, dynamic: null };
      node.children.set(name, child);
    }
    node = child;
  });
  return node;
}

let units = 0;

const emittedFunctions: EmittedFunctions<EmittedFunction> = new EmittedFunctions();

/** The only place where text becomes code. The text is the emitter's own, from typed fragments. */
function compileText(emitted: EmittedCode, what: string): EmittedFunction {
  return emittedFunctions.get(emitted.code, () => {
    const name = `holdfast-rego-${what}-${units++}.js`;
    return new Function("runtime", "builtins", "program", `${emitted.code}//# sourceURL=${name}\n`) as EmittedFunction;
  });
}
