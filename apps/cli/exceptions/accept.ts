// Loaded only where there are exceptions, given or found.
import path from "node:path";
import type { Evaluation } from "@holdfast/core";
import type { Acceptance } from "@holdfast/judge";
import { applyExceptions, exceptionsInTree, readInlineExceptions, type KnownPolicies } from "@holdfast/judge/exceptions";
import type { Environment } from "../environment.ts";
import type { GivenExceptions } from "./read-exception-files.ts";

/** The time that expiry is measured by: the one that was given, else the machine's. */
export function expiryTime({ time }: Environment): number {
  return time === undefined ? Date.now() : Date.parse(time);
}

/** Applies the exceptions that were given, and annotations where they are honoured. All others that were found are listed. */
export function accept(
  evaluation: Evaluation,
  given: GivenExceptions,
  honorInline: boolean,
  known: KnownPolicies,
  environment: Environment,
): Acceptance {
  const inline = honorInline ? readInlineExceptions(evaluation.resources, known) : { exceptions: [], problems: [] };
  const { workingFolder } = environment;
  const files = new Set(
    given.files.map(({ file }) => path.relative(workingFolder, path.resolve(workingFolder, file)).split(path.sep).join("/")),
  );
  return applyExceptions(
    evaluation,
    [...given.exceptions.map(({ exception }) => exception), ...inline.exceptions],
    { now: expiryTime(environment) },
    { listed: exceptionsInTree(evaluation.resources, files, honorInline), problems: inline.problems },
  );
}
