import type { Command } from "commander";
import { repeated } from "../../option-values.ts";
import type { CommandContext } from "../define.ts";
import { addSourceOptions, sourceOptions, type SharedOptions } from "./shared-options.ts";

interface BuildOptions extends SharedOptions {
  readonly entrypoint: readonly string[];
  readonly output: string;
}

const HELP = `
Examples:
  holdfast rego build policy/ -e shop/allow -o policy.mjs
  holdfast rego build policy/ -e shop/allow -e shop/deny -o policy.mjs

Exit codes: 0 the module was written, 2 an entrypoint or the sources are wrong, or the
file can't be written.`;

/** `holdfast rego build` */
export function addBuild(rego: Command, context: CommandContext): void {
  addSourceOptions(rego.command("build").description("make a JavaScript module of rules, which runs without Holdfast"))
    .argument("<path...>", "modules, documents and folders of them")
    .requiredOption("-e, --entrypoint <name>", "a rule or package that can be evaluated, as shop/allow; may be repeated", repeated)
    .requiredOption("-o, --output <file>", "the file to write, such as policy.mjs")
    .addHelpText("after", HELP)
    .action(async (paths: readonly string[], options: BuildOptions) => {
      const { runRegoBuild } = await import("../../rego/run-rego-build.ts");
      const { entrypoint, output } = options;
      context.end(await runRegoBuild({ ...sourceOptions(options), paths, entrypoints: entrypoint, output }, context));
    });
}
