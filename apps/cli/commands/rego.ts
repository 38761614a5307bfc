import type { DeclareCommand } from "./define.ts";
import { addBuild } from "./rego/build-command.ts";
import { addCheck } from "./rego/check-command.ts";
import { addEval } from "./rego/eval-command.ts";
import { addTest } from "./rego/test-command.ts";

/** `holdfast rego eval|test|check|build`: tools for people who write Rego. */
export const declareRego: DeclareCommand = (command, context) => {
  command.addHelpText("after", "\nExample:\n  holdfast rego test policy/");
  addEval(command, context);
  addTest(command, context);
  addCheck(command, context);
  addBuild(command, context);
};
