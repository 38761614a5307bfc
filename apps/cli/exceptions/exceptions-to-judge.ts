import type { ExitCode } from "@holdfast/judge";
import type { Evaluation } from "@holdfast/core";
import type { Exception, KnownPolicies } from "@holdfast/judge/exceptions";
import type { CommandContext } from "../commands/define.ts";
import { knownPolicies, loadPolicies, type Policies } from "../load-policies.ts";
import { evaluateInputs } from "../run-scan.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { UsageError } from "../usage-error.ts";
import { loadExceptionFiles, type GivenExceptions } from "./read-exception-files.ts";

/** What a command on exceptions works with. */
export interface JudgedExceptions {
  readonly policies: Policies;
  readonly known: KnownPolicies;
  readonly given: GivenExceptions;
  readonly exceptions: readonly Exception[];
  readonly evaluation: Evaluation;
}

/** Reads the exceptions of --exceptions and evaluates what is to be scanned. Throws `UsageError` where either is missing or faulty. */
export async function judgeWithExceptions(configuration: ScanConfiguration, context: CommandContext): Promise<JudgedExceptions> {
  const { exceptions, paths } = configuration;
  if (exceptions.paths.length === 0) throw new UsageError("say which exceptions: --exceptions FILE or FOLDER, which may be repeated");
  if (paths.length === 0) throw new UsageError("say what to scan: what an exception does depends on what it is applied to");
  const policies = await loadPolicies(configuration, context.environment);
  const known = knownPolicies(policies);
  const given = loadExceptionFiles(exceptions.paths, known, context.environment.workingFolder);
  const evaluation = await evaluateInputs(configuration, policies, context);
  return { policies, known, given, exceptions: given.exceptions.map(({ exception }) => exception), evaluation };
}

/** 3 where nothing was evaluated, so that nothing is known of what exceptions do. */
export function dataExitCode({ controls }: Evaluation): ExitCode {
  return controls.some(({ evaluations }) => evaluations.length > 0) ? 0 : 3;
}
