// Loaded only where there are exceptions, given or found.
import path from "node:path";
import type { Acceptance } from "@holdfast/judge";
import { applyExceptions, exceptionsInTree, policiesInTree, readInlineExceptions, type KnownPolicies } from "@holdfast/judge/exceptions";
import type { Environment } from "../environment.ts";
import type { EvaluatedInputs } from "../evaluate-inputs.ts";
import { usableExceptions } from "./cluster-exceptions.ts";
import type { GivenExceptions } from "./read-exception-files.ts";

/** The time that expiry is measured by: the one that was given, else the machine's. */
export function expiryTime({ time }: Environment): number {
  return time === undefined ? Date.now() : Date.parse(time);
}

/** Applies the exceptions that were given, those of the cluster that was scanned, and annotations where they are honoured. All others that were found are listed. */
export function accept(
  { evaluation, inCluster, exceptionFiles }: EvaluatedInputs,
  given: GivenExceptions,
  honorInline: boolean,
  known: KnownPolicies,
  environment: Environment,
): Acceptance {
  const inline = honorInline ? readInlineExceptions(evaluation.resources, known) : { exceptions: [], problems: [] };
  const names = new Set(given.exceptions.map(({ exception }) => exception.name));
  const ofCluster = inCluster === null ? { exceptions: [], problems: [] } : usableExceptions(inCluster, known, names);
  const { workingFolder } = environment;
  const files = new Set(
    given.files.map(({ file }) => path.relative(workingFolder, path.resolve(workingFolder, file)).split(path.sep).join("/")),
  );
  const cluster = evaluation.inputs.cluster?.context;
  return applyExceptions(
    evaluation,
    [...given.exceptions.map(({ exception }) => exception), ...ofCluster.exceptions, ...inline.exceptions],
    { now: expiryTime(environment), ...(cluster === undefined ? {} : { cluster }) },
    {
      // Those of a cluster apply by themselves.
      listed: [
        ...exceptionsInTree(evaluation.resources, files, honorInline).filter(({ form }) => cluster === undefined || form === "annotation"),
        ...policiesInTree(exceptionFiles, files),
      ],
      problems: [...ofCluster.problems, ...inline.problems],
    },
  );
}
