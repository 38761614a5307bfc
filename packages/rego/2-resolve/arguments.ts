// What may stand among the arguments in a function's head.
import type { Term, Variable } from "../1-parse/ast.ts";
import type { ModuleNames } from "./names.ts";

/** The variables that a pattern of a function's argument introduces. */
export function argumentVariables(term: Term): readonly Variable[] {
  switch (term.kind) {
    case "variable":
      return term.wildcard ? [] : [term];
    case "array":
    case "set":
      return term.items.flatMap(argumentVariables);
    case "object":
      return term.entries.flatMap(([, value]) => argumentVariables(value));
    default:
      return [];
  }
}

/** Reports calls and references: nothing is computed in a head. */
export function reportComputedArguments(args: readonly Term[], names: ModuleNames): void {
  for (const argument of args) {
    for (const part of partsOf(argument)) {
      if (part.kind === "call") {
        names.report("argument-call", "rule arguments cannot contain calls", part.span);
      } else if (part.kind === "reference" && part.head.kind === "variable") {
        const hint = "Compare in the body: an argument is no reference.";
        names.report("unsafe-variable", `var ${part.head.name} is unsafe`, part.head.span, hint);
      }
    }
  }
}

/**
 * Whether no value matches a pattern, as with `f({x})`: variables in sets and in keys of objects get no values there, and without one from
 * another argument nothing equals them.
 */
export function neverMatches(args: readonly Term[]): boolean {
  const bound = new Set<string>();
  for (const argument of args) for (const name of boundNames(argument)) bound.add(name);
  return args.some((argument) => partsOf(argument).some((part) => lookedUp(part).some((name) => !bound.has(name))));
}

/** The names that get a value from the one that is matched. */
function boundNames(term: Term): readonly string[] {
  if (term.kind === "set") return [];
  if (term.kind === "array") return term.items.flatMap(boundNames);
  if (term.kind === "object") return term.entries.flatMap(([, value]) => boundNames(value));
  return term.kind === "variable" ? [term.name] : [];
}

/** The names that must have a value already. */
function lookedUp(term: Term): readonly string[] {
  if (term.kind === "set") return term.items.flatMap(argumentVariables).map(({ name }) => name);
  return term.kind === "object" ? term.entries.flatMap(([key]) => argumentVariables(key)).map(({ name }) => name) : [];
}

/** A term and the parts of its collections. */
function partsOf(term: Term): readonly Term[] {
  if (term.kind === "array" || term.kind === "set") return [term, ...term.items.flatMap(partsOf)];
  if (term.kind === "object") return [term, ...term.entries.flatMap(([key, value]) => [...partsOf(key), ...partsOf(value)])];
  return [term];
}
