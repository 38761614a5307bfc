// A program whose rules can be called, and how one is made of code that was compiled beforehand: all that is needed of the compiler where nothing is compiled.
import type { Builtin } from "../builtins/define.ts";
import type { LinkedNode, LinkedRule } from "../runtime/document-place.ts";
import { emittedCodeRuntime } from "../runtime/emitted-code.ts";

/** A program as its code sees it. */
export interface LinkedProgram {
  readonly root: LinkedNode;
  /** By their index; those that were left out are missing. */
  readonly rules: readonly LinkedRule[];
}

/** A program while it is put together. */
export interface GrowingProgram extends LinkedProgram {
  readonly rules: LinkedRule[];
}

/** The function that the text of a whole program is the body of. */
export type EmittedFunction = (
  runtime: Readonly<Record<string, unknown>>,
  builtins: ReadonlyMap<string, Builtin>,
  program: LinkedProgram,
) => unknown;

/** Makes the rules of a program callable that is a function already. `packages` are the paths of all packages, also of those without rules. */
export function linkEmitted(
  emitted: EmittedFunction,
  builtins: ReadonlyMap<string, Builtin>,
  packages: readonly (readonly string[])[],
): LinkedProgram {
  const program = emptyProgram(packages);
  for (const rule of emitted(emittedCodeRuntime, builtins, program) as readonly LinkedRule[]) addRule(program, rule);
  return program;
}

/** A program without rules. `packages` are the paths of all its packages. */
export function emptyProgram(packages: readonly (readonly string[])[]): GrowingProgram {
  const root: LinkedNode = { path: [], children: new Map(), rule: null, dynamic: null };
  for (const path of packages) reachNode(root, path);
  return { root, rules: [] };
}

/** Puts a rule at its place. */
export function addRule({ root, rules }: GrowingProgram, rule: LinkedRule): void {
  rules[rule.index] = rule;
  const node = reachNode(root, rule.path);
  if (rule.kind === "object") node.dynamic = rule;
  else node.rule = rule;
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
