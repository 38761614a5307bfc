import { Option } from "commander";
import { versionText } from "../version-text.ts";
import type { DeclareCommand } from "./define.ts";

/** `holdfast version` */
export const declareVersion: DeclareCommand = (command, { stdout, version, end }) => {
  command
    .addOption(new Option("-f, --format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .addHelpText("after", "\nExample:\n  holdfast version")
    .action(({ format }: { readonly format: "text" | "json" }) => {
      stdout.write(`${format === "json" ? JSON.stringify({ version, node: process.version.slice(1) }) : versionText(version)}\n`);
      end(0);
    });
};
