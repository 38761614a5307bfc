import type { Command } from "commander";
import { commaList, duration, mebibytes, wholeNumber } from "../../option-values.ts";
import type { LimitOptions } from "../../rego/engine-options.ts";
import type { SourceOptions } from "../../rego/source-options.ts";

/** What commander makes of the options that say how sources are read. */
export interface SharedOptions {
  readonly strict?: boolean;
  readonly v0Compatible?: boolean;
  readonly ignore?: readonly string[];
  readonly schema?: string;
  readonly capabilities?: string;
}

/** Adds the options that say how sources are read and compiled. */
export function addSourceOptions(command: Command): Command {
  return command
    .option("--ignore <names>", "leave out files and folders of these names; * stands for any characters", commaList)
    .option("-S, --strict", "unused imports, variables and arguments, repeated imports and deprecated builtins are errors")
    .option("-s, --schema <path>", "check modules with this JSON Schema of the input, or with a folder of schemas that METADATA names")
    .option("--capabilities <file>", "allow only what this file lists, which has the form of opa capabilities")
    .option("--v0-compatible", "modules and query are in Rego v0");
}

/** The options that say how sources are read and compiled. */
export function sourceOptions({ v0Compatible, ignore, strict, schema, capabilities }: SharedOptions): SourceOptions {
  return { v0Compatible: v0Compatible === true, ignore: ignore ?? [], strict: strict === true, schema, capabilities };
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
