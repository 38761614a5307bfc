import { Option, type Command } from "commander";
import { repeated } from "../../option-values.ts";
import type { CommandContext } from "../define.ts";
import { addSourceOptions, pathsOrBundles, sourceOptions, type SharedOptions } from "./shared-options.ts";

interface BuildOptions extends SharedOptions {
  readonly target?: "module" | "bundle";
  readonly entrypoint?: readonly string[];
  readonly output: string;
  readonly revision?: string;
  readonly signingKey?: string;
  readonly signingAlg: string;
}

const HELP = `
Examples:
  holdfast rego build policy/ -e shop/allow -o policy.mjs
  holdfast rego build policy/ -e shop/allow -e shop/deny -o policy.mjs
  holdfast rego build policy/ -o bundle.tar.gz --revision 1.2
  holdfast rego build -b bundle.tar.gz -e shop/allow -o policy.mjs

Exit codes: 0 the file was written, 2 an entrypoint, a key or the sources are wrong,
or the file can't be written.`;

/** `holdfast rego build` */
export function addBuild(rego: Command, context: CommandContext): void {
  addSourceOptions(rego.command("build").description("make of rules a JavaScript module, which runs without Holdfast, or a bundle"))
    .argument("[path...]", "modules, documents and folders of them")
    .requiredOption("-o, --output <file>", "the file to write, such as policy.mjs or bundle.tar.gz")
    .addOption(
      new Option("-t, --target <target>", "what to write; without it, .tar.gz is a bundle, else a module").choices(["module", "bundle"]),
    )
    .option("-e, --entrypoint <name>", "module: a rule or package that can be evaluated, as shop/allow; may be repeated", repeated)
    .option("-r, --revision <text>", "bundle: the revision in its manifest")
    .option("--signing-key <key>", "bundle: the file of a private key, or a secret, to sign it with")
    .option("--signing-alg <name>", "bundle: how it is signed, such as ES256, PS256 or HS256", "RS256")
    .addHelpText("after", HELP)
    .action(async (paths: readonly string[], options: BuildOptions) => {
      const { runRegoBuild } = await import("../../rego/run-rego-build.ts");
      const { entrypoint = [], output, target, revision, signingKey, signingAlg } = options;
      context.end(
        await runRegoBuild(
          {
            ...sourceOptions(options),
            paths: pathsOrBundles(paths, options),
            target: target ?? (output.endsWith(".tar.gz") ? "bundle" : "module"),
            entrypoints: entrypoint,
            output,
            revision,
            signingKey,
            signingAlgorithm: signingAlg,
          },
          context,
        ),
      );
    });
}
