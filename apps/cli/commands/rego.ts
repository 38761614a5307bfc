import type { AddCommand } from "./define.ts";
import { addBuild } from "./rego/build-command.ts";
import { addCheck } from "./rego/check-command.ts";
import { addEval } from "./rego/eval-command.ts";
import { addTest } from "./rego/test-command.ts";

/** `holdfast rego eval|test|check|build`: tools for people who write Rego. */
export const addRego: AddCommand = (program, context) => {
  const rego = program
    .command("rego")
    .description("tools for Rego: evaluate, test, check and build modules")
    .addHelpText("after", "\nExample:\n  holdfast rego test policy/");
  addEval(rego, context);
  addTest(rego, context);
  addCheck(rego, context);
  addBuild(rego, context);
};
