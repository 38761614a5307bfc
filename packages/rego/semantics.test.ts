import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { compile } from "./6-link/compile.ts";
import { fromJson, toJson } from "./runtime/json.ts";
import type { RegoValue } from "./runtime/value.ts";

/** A case of cases/*.yaml: what modules and a query give. */
interface Case {
  readonly note: string;
  readonly modules: readonly string[];
  readonly version?: "v0" | "v1";
  readonly query: string;
  readonly input?: RegoValue;
  /** Where YAML can't say it. */
  readonly inputJson?: string;
  readonly data?: RegoValue;
  readonly want?: RegoValue;
  readonly wantJson?: string;
  /** The code of the first error, of compiling or evaluating. */
  readonly error?: string;
}

const folder = path.join(import.meta.dirname, "cases");

for (const file of readdirSync(folder).toSorted()) {
  describe(`cases in ${file}`, () => {
    test.each(load(readFileSync(path.join(folder, file), "utf8")) as readonly Case[])("$note", (one) => {
      const outcome = run(one);
      if (one.error !== undefined) expect(outcome).toEqual({ error: one.error });
      else expect(outcome).toEqual({ results: one.wantJson === undefined ? one.want : fromJson(one.wantJson) });
    });
  });
}

function run(one: Case): { readonly results: RegoValue } | { readonly error: string | undefined } {
  const { program, diagnostics } = compile({
    modules: one.modules.map((source, i) => ({ file: `${i}.rego`, source, version: one.version ?? "v1" })),
  });
  if (program === null) return { error: diagnostics[0]?.code };
  const input = one.inputJson === undefined ? one.input : fromJson(one.inputJson);
  const {
    results,
    problem,
    diagnostics: ofQuery,
  } = program.evaluate(one.query, {
    ...(input === undefined ? {} : { input }),
    ...(one.data === undefined ? {} : { data: one.data }),
  });
  return results === null ? { error: problem?.code ?? ofQuery[0]?.code } : { results: toJson(results) };
}
