import { Option } from "commander";
import type { DeclareCommand } from "./define.ts";

const EXAMPLES = `
Examples:
  holdfast config view                             each option that is set, and what sets it
  holdfast config set severity-threshold high      writes holdfast.yaml
  holdfast config set framework nsa mitre
  holdfast config unset framework
  holdfast config schema > holdfast.schema.json    for editors

The keys are the long names of the options of \`holdfast scan\`. What is given on the
command line counts more than the environment, and that more than the file.`;

/** `holdfast config view|set|unset|schema` */
export const declareConfig: DeclareCommand = (command, context) => {
  command.addHelpText("after", EXAMPLES);
  command
    .command("view")
    .description("show each option of scan that is set, and where its value comes from")
    .option("--config <file>", "show this file instead of holdfast.yaml in the working folder")
    .option("--all", "show those that are not set as well")
    .option("--json", "as JSON")
    // Kubescape's way to say the same.
    .addOption(new Option("-o, --output <form>", "as text or JSON").choices(["text", "json"]).hideHelp())
    .addHelpText("after", "\nExample:\n  holdfast config view --all")
    .action(async (options: { readonly config?: string; readonly all?: boolean; readonly json?: boolean; readonly output?: string }) => {
      const { viewConfig } = await import("../settings/run-config.ts");
      context.end(await viewConfig({ ...options, json: options.json === true || options.output === "json" }, context));
    });
  command
    .command("set")
    .description("set an option in the file of settings")
    .argument("<key>", "the long name of an option of scan, without its dashes")
    .argument("<value...>", "its value; several where the option takes several")
    .option("--config <file>", "the file; holdfast.yaml in the working folder where none is named")
    .addHelpText("after", "\nExample:\n  holdfast config set compliance-threshold 90")
    .action(async (key: string, values: readonly string[], options: { readonly config?: string }) => {
      const { setConfig } = await import("../settings/run-config.ts");
      context.end(await setConfig(key, values, options, context));
    });
  command
    .command("unset")
    .description("take an option out of the file of settings")
    .argument("<key>", "the long name of an option of scan, without its dashes")
    .option("--config <file>", "the file; holdfast.yaml in the working folder where none is named")
    .addHelpText("after", "\nExample:\n  holdfast config unset compliance-threshold")
    .action(async (key: string, options: { readonly config?: string }) => {
      const { setConfig } = await import("../settings/run-config.ts");
      context.end(await setConfig(key, null, options, context));
    });
  command
    .command("schema")
    .description("print the JSON Schema of the file of settings")
    .addHelpText("after", "\nExample:\n  holdfast config schema > holdfast.schema.json")
    .action(async () => {
      const { printConfigSchema } = await import("../settings/run-config.ts");
      context.end(await printConfigSchema(context));
    });
};
