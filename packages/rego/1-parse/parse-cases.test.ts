import { readdirSync, readFileSync } from "node:fs";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { parseModule } from "./parse-module.ts";
import { parseQuery } from "./parse-query.ts";
import { showBody, showModule } from "./show-tree.ts";

/** One case of a file in `cases`: a module or a query, and its tree, or else its errors (and the hint of the first). */
interface ParseCase {
  readonly name: string;
  readonly version?: "v0" | "v1";
  readonly module?: string;
  readonly query?: string;
  readonly tree?: string;
  readonly errors?: readonly string[];
  readonly hint?: string;
}

const folder = new URL("cases/", import.meta.url);
const collapsed = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
const brief = (each: Diagnostic): string =>
  `${String(each.line)}:${String(each.column)}-${String(each.endLine)}:${String(each.endColumn)} ${each.kind}`;

function parse(one: ParseCase): { readonly tree: string | null; readonly diagnostics: readonly Diagnostic[] } {
  const options = { file: "case.rego", version: one.version ?? "v1" };
  if (one.query === undefined) {
    const { module, diagnostics } = parseModule(one.module ?? "", options);
    return { tree: module === null ? null : showModule(module), diagnostics };
  }
  const { body, diagnostics } = parseQuery(one.query, options);
  return { tree: body === null ? null : showBody(body), diagnostics };
}

for (const file of readdirSync(folder).toSorted()) {
  const cases = load(readFileSync(new URL(file, folder), "utf8")) as readonly ParseCase[];
  describe(`cases in ${file}`, () => {
    test.each(cases)("$name", (one) => {
      const { tree, diagnostics } = parse(one);
      const hint = one.hint === undefined ? undefined : diagnostics[0]?.hint;
      expect({ errors: diagnostics.map(brief), hint, tree: tree === null ? null : collapsed(tree) }).toEqual({
        errors: one.errors ?? [],
        hint: one.hint,
        tree: one.errors === undefined ? collapsed(one.tree ?? "no tree is expected") : null,
      });
    });
  });
}
