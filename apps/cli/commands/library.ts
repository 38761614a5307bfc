import { Option } from "commander";
import type { DeclareCommand } from "./define.ts";

interface UpdateOptions {
  readonly from: string;
  readonly key?: string;
  readonly allowOlder?: boolean;
}

/** `holdfast library update|status` */
export const declareLibrary: DeclareCommand = (command, context) => {
  command.addHelpText("after", "\nExample:\n  holdfast library status");
  command
    .command("update")
    .description("install a newer library from a signed archive")
    .requiredOption("--from <archive>", "the archive: a file or an http(s) URL; its signature is there too, with .sig behind its name")
    .option("--key <file>", "the public key of whoever signs it (PEM, Ed25519; default: the key of the last update)")
    .option("--allow-older", "install it even if its version is older than the one in use")
    .addHelpText("after", "\nExample:\n  holdfast library update --from library.tar.gz --key publisher.pem")
    .action(async ({ from, key, allowOlder = false }: UpdateOptions) => {
      const { runLibraryUpdate } = await import("../run-library.ts");
      context.end(await runLibraryUpdate({ from, key, allowOlder }, context));
    });
  command
    .command("status")
    .description("say which library scans use, and how old it is")
    .addOption(new Option("-f, --format <format>", "how to print it").choices(["pretty", "json"]).default("pretty"))
    .addHelpText("after", "\nExample:\n  holdfast library status --format json")
    .action(async ({ format }: { readonly format: "pretty" | "json" }) => {
      const { runLibraryStatus } = await import("../run-library.ts");
      context.end(await runLibraryStatus(format, context));
    });
};
