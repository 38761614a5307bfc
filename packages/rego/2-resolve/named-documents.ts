import type { Module, Term } from "../1-parse/ast.ts";
import { dottedNames } from "./names.ts";

type Path = readonly string[];

/** Calls whose value depends on annotations anywhere in the program. */
const readsAnnotations = "rego.metadata";

/**
 * The paths below `data` that a module names: all it can see of other modules and of base documents lies at, below or above one of them. Null where that can't
 * be told from names alone.
 */
export function namedDocuments(module: Module): readonly Path[] | null {
  if (module.source.includes(readsAnnotations)) return null;
  const paths: Path[] = [];
  for (const { path } of module.imports) {
    const names = dottedNames(path);
    if (names === null) return null;
    if (names[0] === "data") paths.push(names.slice(1));
  }
  const known = module.rules.every((rule) => collect(rule, paths));
  return known && paths.every((path) => path.length > 0) ? paths : null;
}

/** Whether one of two paths leads to or through the other. */
export function areRelated(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/** Goes through a part of a syntax tree; false where `data` is used as a whole. */
function collect(part: unknown, into: Path[]): boolean {
  if (typeof part !== "object" || part === null) return true;
  if (Array.isArray(part)) return part.every((each) => collect(each, into));
  if ("kind" in part && "span" in part) {
    const term = part as Term;
    if (term.kind === "scalar") return true;
    if (term.kind === "variable") return term.name !== "data";
    if (term.kind === "reference" && term.head.kind === "variable" && term.head.name === "data") {
      const path: string[] = [];
      for (const step of term.steps) {
        if (step.kind !== "scalar" || typeof step.value !== "string") break;
        path.push(step.value);
      }
      into.push(path);
      return term.steps.every((step) => collect(step, into));
    }
  }
  for (const name of Object.keys(part)) {
    if (name !== "annotations" && name !== "span" && !collect((part as Readonly<Record<string, unknown>>)[name], into)) return false;
  }
  return true;
}
