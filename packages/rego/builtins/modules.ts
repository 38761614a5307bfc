// https://www.openpolicyagent.org/docs/policy-reference#rego: modules as data.
import { parseModule } from "../1-parse/parse-module.ts";
import { tokenize } from "../1-parse/tokenize.ts";
import { countCodePoints } from "./code-points.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { moduleTree, type Comment } from "./module-tree.ts";
import { any, objectOf, string } from "./type-description.ts";

/** The comments of a source: whatever lies between its tokens and is not blank. */
function commentsOf(source: string): readonly Comment[] {
  const { starts, ends } = tokenize(source);
  const comments: Comment[] = [];
  let lineStart = 0;
  let row = 1;
  let counted = 0;
  starts.forEach((start, i) => {
    const from = i === 0 ? 0 : (ends[i - 1] as number);
    for (const { 0: found, index } of source.slice(from, start).matchAll(/#[^\r\n]*/g)) {
      const at = from + index;
      for (let next = source.indexOf("\n", counted); next >= 0 && next < at; next = source.indexOf("\n", counted)) {
        counted = next + 1;
        lineStart = counted;
        row++;
      }
      comments.push({ text: found.slice(1), row, column: countCodePoints(source.slice(lineStart, at)) + 1 });
    }
  });
  return comments;
}

export const modules: readonly Builtin[] = [
  define({
    name: "rego.parse_module",
    args: [string, string],
    result: objectOf(string, any),
    evaluate(context, file, source) {
      const { module, diagnostics } = parseModule(source, { file, version: "v1" });
      if (module !== null) return moduleTree(module, commentsOf(source), file);
      const first = diagnostics.find((one) => one.severity === "error");
      return context.fail("eval_builtin_error", `rego_parse_error: ${first === undefined ? "no module" : first.message}`);
    },
  }),
];
