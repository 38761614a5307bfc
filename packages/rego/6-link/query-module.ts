import type { Module } from "../1-parse/ast.ts";
import { parseModule } from "../1-parse/parse-module.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";

const NOWHERE = { start: 0, end: 0 };

/** The module that a query stands in: its package (`shop.orders`; null for none) and what it imports. Null, and diagnostics, where they are not Rego. */
export function queryModule(
  text: string,
  packageName: string | null,
  imports: readonly string[],
  version: "v0" | "v1",
  diagnostics: Diagnostic[],
): Module | null {
  const module: Module = {
    file: "query",
    source: text,
    version: "v1",
    package: { kind: "reference", head: { kind: "variable", name: "data", wildcard: false, span: NOWHERE }, steps: [], span: NOWHERE },
    imports: [],
    rules: [],
    annotations: [],
  };
  if (packageName === null && imports.length === 0) return module;
  const lines = [`package ${packageName ?? "query"}`, ...imports.map((each) => `import ${each}`)];
  const parsed = parseModule(lines.join("\n"), { file: "query imports", version });
  diagnostics.push(...parsed.diagnostics);
  if (parsed.module === null) return null;
  // Their places are not in the query's text.
  const named = parsed.module.imports.map((each) => ({ ...each, span: NOWHERE }));
  return { ...module, package: packageName === null ? module.package : parsed.module.package, imports: named };
}
