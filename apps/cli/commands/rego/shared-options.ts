import type { Command } from "commander";
import { commaList, duration, mebibytes, repeated, wholeNumber } from "../../option-values.ts";
import type { LimitOptions } from "../../rego/engine-options.ts";
import type { SourceOptions } from "../../rego/source-options.ts";
import { UsageError } from "../../usage-error.ts";

/** What commander makes of the options that say how sources are read. */
export interface SharedOptions {
  readonly strict?: boolean;
  readonly v0Compatible?: boolean;
  readonly ignore?: readonly string[];
  readonly schema?: string;
  readonly capabilities?: string;
  readonly bundle?: readonly string[];
  readonly verificationKey?: string;
  readonly verificationKeyId?: string;
  readonly scope?: string;
  readonly excludeFilesVerify?: readonly string[];
  readonly skipVerify?: boolean;
}

/** Adds the options that say how sources are read and compiled. */
export function addSourceOptions(command: Command): Command {
  return command
    .option("-b, --bundle <path>", "a bundle: a .tar.gz or a folder; may be repeated", repeated)
    .option("--verification-key <key>", "the file of a public key, or a secret, that bundles must be signed with")
    .option("--verification-key-id <name>", "refuse bundles that are signed with a key of another name")
    .option("--scope <name>", "the scope that the signatures of bundles must have")
    .option("--exclude-files-verify <patterns>", "files of bundles that need not be signed", commaList)
    .option("--skip-verify", "use signed bundles without verifying them")
    .option("--ignore <names>", "leave out files and folders of these names; * stands for any characters", commaList)
    .option("-S, --strict", "unused imports, variables and arguments, repeated imports and deprecated builtins are errors")
    .option("-s, --schema <path>", "check modules with this JSON Schema of the input, or with a folder of schemas that METADATA names")
    .option("--capabilities <file>", "allow only what this file lists, which has the form of opa capabilities")
    .option("--v0-compatible", "modules and query are in Rego v0");
}

/** The options that say how sources are read and compiled. */
export function sourceOptions(options: SharedOptions): SourceOptions {
  const { v0Compatible, ignore, strict, schema, capabilities, bundle } = options;
  return {
    v0Compatible: v0Compatible === true,
    ignore: ignore ?? [],
    strict: strict === true,
    schema,
    capabilities,
    bundles: bundle ?? [],
    verification: {
      key: options.verificationKey,
      keyId: options.verificationKeyId,
      scope: options.scope,
      exclude: options.excludeFilesVerify ?? [],
      skip: options.skipVerify === true,
    },
  };
}

/** The paths that were named. Throws `UsageError` where there is neither one nor a bundle. */
export function pathsOrBundles(paths: readonly string[], { bundle }: SharedOptions): readonly string[] {
  if (paths.length > 0 || bundle !== undefined) return paths;
  throw new UsageError("there is nothing to read\nName files or folders, or bundles with --bundle.");
}

/** What commander makes of the options that limit evaluations. */
export interface GivenLimits {
  readonly timeout?: number;
  readonly maxMemory?: number;
  readonly maxSteps?: number;
  readonly maxOutput?: number;
  readonly sandbox?: boolean;
}

/** Adds the options that limit evaluations; `what` is limited: "the evaluation", "each test". */
export function addLimitOptions(command: Command, what: string): Command {
  return command
    .option("--timeout <time>", `end ${what} after this time, such as 10s or 500ms; implies --sandbox`, duration)
    .option("--max-memory <MiB>", `end ${what} when its process needs more memory; implies --sandbox`, mebibytes)
    .option("--max-steps <steps>", `end ${what} when it takes more steps; ten million are about a second`, wholeNumber(15))
    .option("--max-output <bytes>", `end ${what} when its result is larger as JSON`, wholeNumber(12))
    .option("--sandbox", "evaluate in a process that can reach nothing, of 10s and 512 MiB where nothing else is said");
}

/** The options that limit evaluations. */
export function limitOptions({ timeout, maxMemory, maxSteps, maxOutput, sandbox }: GivenLimits): LimitOptions {
  return { timeoutMs: timeout, memoryMebibytes: maxMemory, maxSteps, maxOutput, sandbox: sandbox === true };
}
