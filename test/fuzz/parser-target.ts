import { parseModule } from "../../packages/rego/1-parse/parse-module.ts";
import { parseQuery } from "../../packages/rego/1-parse/parse-query.ts";
import { randomQuestion } from "../differential/generate.ts";
import type { Target } from "./target.ts";

/** Texts of any kind as modules of both versions. The tree's places lie within the text, and the same text gives the same answer. */
export const parserTarget: Target = {
  covers: ["1-parse"],
  generate: (random) => randomQuestion(random).modules[0] ?? "",
  check(input) {
    for (const version of ["v0", "v1"] as const) {
      const first = parseModule(input, { file: "a.rego", version });
      if (first.module === null && !first.diagnostics.some((one) => one.severity === "error"))
        throw new Error("no tree, and no error either");
      checkPlaces(first.module, input.length);
      const lines = input.split(/\r\n?|\n/u).length;
      for (const one of first.diagnostics) {
        if (one.line < 1 || one.line > lines + 1 || one.column < 1)
          throw new Error(`a diagnostic stands at ${String(one.line)}:${String(one.column)}`);
      }
      const second = parseModule(input, { file: "a.rego", version });
      if (text(first) !== text(second)) throw new Error("the second answer differs from the first");
    }
    parseQuery(input.slice(0, 500), { file: "query", version: "v1" });
  },
};

/** The tree as text, whatever values stand in it. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === "bigint" ? `${String(one)}n` : one instanceof Map || one instanceof Set ? [...one] : one,
  );
}

function checkPlaces(node: unknown, length: number): void {
  if (typeof node !== "object" || node === null) return;
  const span: unknown = "span" in node ? node.span : undefined;
  if (typeof span === "object" && span !== null && "start" in span && "end" in span) {
    const [start, end] = [Number(span.start), Number(span.end)];
    if (!(start >= 0 && start <= end && end <= length))
      throw new Error(`a node stands at ${String(start)} to ${String(end)} of ${String(length)}`);
  }
  for (const child of Object.values(node)) checkPlaces(child, length);
}
