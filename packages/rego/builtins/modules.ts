// https://www.openpolicyagent.org/docs/policy-reference#rego: modules as data.
import { parseModule } from "../1-parse/parse-module.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { moduleTree } from "./module-tree.ts";
import { any, objectOf, string } from "./type-description.ts";

export const modules: readonly Builtin[] = [
  define({
    name: "rego.parse_module",
    args: [string, string],
    result: objectOf(string, any),
    evaluate(context, file, source) {
      const { module, diagnostics } = parseModule(source, { file, version: "v1" });
      if (module !== null) return moduleTree(module);
      const first = diagnostics.find((one) => one.severity === "error");
      return context.fail("eval_builtin_error", `rego_parse_error: ${first === undefined ? "no module" : first.message}`);
    },
  }),
];
