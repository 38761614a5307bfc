// Which input a module was written for: an array of objects, or one object.
import type { Module } from "../1-parse/ast.ts";

/**
 * Derives from every use of `input` whether a module means an array of objects (`input[_]`, `input[i]`, `some x in input`, `count(input)`) or a single one
 * (`input.kind`). A step by a fixed name is only possible on an object, so one of them decides; a module that never steps into `input` by name means the array.
 */
export function meantInput(module: Module): "array" | "object" {
  return stepsByName(module.rules) ? "object" : "array";
}

function stepsByName(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  if (Array.isArray(node)) return node.some(stepsByName);
  const { kind, head, steps } = node as {
    kind?: unknown;
    head?: { kind?: unknown; name?: unknown };
    steps?: readonly { kind: string; value?: unknown }[];
  };
  if (kind === "reference" && head?.kind === "variable" && head.name === "input") {
    const first = steps?.[0];
    if (first?.kind === "scalar" && typeof first.value === "string") return true;
  }
  return Object.values(node).some(stepsByName);
}
