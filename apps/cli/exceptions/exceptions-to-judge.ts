import type { Evaluation } from "@holdfast/core";
import type { ExitCode } from "@holdfast/judge";
import {
  errorsOf,
  lossesOf,
  readInlineExceptions,
  type AuditedWorld,
  type Exception,
  type KnownPolicies,
} from "@holdfast/judge/exceptions";
import { printable } from "@holdfast/report";
import type { CommandContext } from "../commands/define.ts";
import { knownPolicies, loadPolicies } from "../load-policies.ts";
import { evaluateInputs, type EvaluatedInputs } from "../evaluate-inputs.ts";
import { checkJudgingOptions, showOptionsWithoutEffect } from "../options-without-effect.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { UsageError } from "../usage-error.ts";
import { loadExceptionFiles, type GivenExceptions } from "./read-exception-files.ts";

/** What a command on exceptions works with. */
export interface JudgedExceptions {
  readonly known: KnownPolicies;
  readonly given: GivenExceptions;
  /** Those of files, then those of the cluster. */
  readonly exceptions: readonly Exception[];
  /** The manifests, the cluster, or both. */
  readonly worlds: readonly AuditedWorld[];
}

function worldOf(evaluation: Evaluation): AuditedWorld {
  const cluster = evaluation.inputs.cluster?.context;
  return cluster === undefined ? { world: "files", evaluation } : { world: "cluster", evaluation, cluster };
}

/** The exceptions of a cluster that can be applied; of what can't, it is said why. */
async function ofCluster(
  worlds: readonly EvaluatedInputs[],
  known: KnownPolicies,
  given: GivenExceptions,
  stderr: NodeJS.WritableStream,
): Promise<readonly Exception[]> {
  const found = worlds.flatMap(({ inCluster }) => inCluster ?? []);
  if (found.length === 0) return [];
  const { usableExceptions } = await import("./cluster-exceptions.ts");
  const names = new Set(given.exceptions.map(({ exception }) => exception.name));
  return found.flatMap((one) => {
    const { exceptions, problems } = usableExceptions(one, known, names);
    for (const { subject, cause, code } of problems) stderr.write(`holdfast: ${printable(`${subject}: ${cause}`)} (${code})\n`);
    return exceptions;
  });
}

/** What objects say of themselves. An annotation belongs to one object of one world, so that it is audited where there is one world. */
function ofObjects(worlds: readonly EvaluatedInputs[], known: KnownPolicies, stderr: NodeJS.WritableStream): readonly Exception[] {
  const [first] = worlds;
  if (first === undefined || worlds.length > 1) return [];
  const { exceptions, problems } = readInlineExceptions(first.evaluation.resources, known);
  for (const { subject, cause, code } of problems) stderr.write(`holdfast: ${printable(`${subject}: ${cause}`)} (${code})\n`);
  return exceptions;
}

/** Paths and a cluster are two worlds: each is evaluated by itself. */
function configurationsOf(configuration: ScanConfiguration): readonly ScanConfiguration[] {
  const { paths, cluster } = configuration;
  if (paths.length === 0) return [configuration];
  const files = { ...configuration, cluster: { ...cluster, askedBy: null } };
  return cluster.askedBy === null ? [files] : [files, { ...configuration, paths: [] }];
}

/** Reads the exceptions of --exceptions and evaluates what is to be scanned: paths, a cluster, or both. Throws `UsageError` where either is missing or faulty. */
export async function judgeWithExceptions(configuration: ScanConfiguration, context: CommandContext): Promise<JudgedExceptions> {
  const { exceptions, paths, cluster } = configuration;
  if (paths.length === 0 && cluster.askedBy === null)
    throw new UsageError("say what to scan: paths, --cluster, or both; what an exception does depends on what it is applied to");
  if (exceptions.paths.length === 0 && cluster.askedBy === null && !exceptions.honorInline)
    throw new UsageError("say which exceptions: --exceptions FILE or FOLDER, which may be repeated");
  checkJudgingOptions(configuration);
  const policies = await loadPolicies(configuration, context.environment);
  const known = knownPolicies(policies);
  const given = loadExceptionFiles(exceptions.paths, known, context.environment.workingFolder);
  const evaluated: EvaluatedInputs[] = [];
  for (const one of configurationsOf(configuration)) evaluated.push(await evaluateInputs(one, policies, context));
  const [first] = evaluated;
  if (first !== undefined && paths.length > 0) showOptionsWithoutEffect(configuration, first.evaluation, context);
  const found = await ofCluster(evaluated, known, given, context.stderr);
  const inline = exceptions.honorInline ? ofObjects(evaluated, known, context.stderr) : [];
  return {
    known,
    given,
    exceptions: [...given.exceptions.map(({ exception }) => exception), ...found, ...inline],
    worlds: evaluated.map(({ evaluation }) => worldOf(evaluation)),
  };
}

/** 3, and a word on it, where nothing was evaluated in some world, so that nothing is known of what exceptions do there. */
export function dataExitCode(worlds: readonly AuditedWorld[], stderr: NodeJS.WritableStream): ExitCode {
  const empty = worlds.filter(({ evaluation }) => !evaluation.controls.some(({ evaluations }) => evaluations.length > 0));
  for (const { world } of empty)
    stderr.write(`holdfast: no data: nothing of the ${world} could be evaluated, so nothing is known of what the exceptions do there\n`);
  return empty.length > 0 ? 3 : 0;
}

/** 3, and the name of each, where something could not be read or judged, so that it is not known whether exceptions are about it. */
export function lossExitCode(worlds: readonly AuditedWorld[], stderr: NodeJS.WritableStream): ExitCode {
  const losses = worlds.flatMap(({ evaluation }) => [...lossesOf(evaluation), ...errorsOf(evaluation)]);
  for (const loss of losses) stderr.write(`holdfast: not known what exceptions do there: ${printable(loss)}\n`);
  return losses.length > 0 ? 3 : 0;
}
