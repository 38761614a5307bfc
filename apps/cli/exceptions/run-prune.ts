import { rmSync } from "node:fs";
import path from "node:path";
import { worstExitCode, type ExitCode } from "@holdfast/judge";
import { removableExceptions, type KnownPolicies, type ReadException } from "@holdfast/judge/exceptions";
import { printable } from "@holdfast/report";
import type { CommandContext } from "../commands/define.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { expiryTime } from "./accept.ts";
import { dataExitCode, lossExitCode, judgeWithExceptions } from "./exceptions-to-judge.ts";
import { exceptionsOfText, type ExceptionFile } from "./read-exception-files.ts";
import { cutsFor } from "./remove-exceptions.ts";
import { cutText, type CutText } from "./text-cuts.ts";
import { writeText } from "./write-text.ts";

/** The file without some of its exceptions; null where it would not read as what should be left. */
function pruned(
  file: ExceptionFile,
  all: readonly ReadException[],
  removed: ReadonlySet<ReadException>,
  known: KnownPolicies,
): CutText | null {
  const cuts = cutsFor(file, all, removed);
  if (cuts === null) return null;
  const cut = cutText(file.text, cuts);
  const own = new Set(file.documents);
  const wanted = all.flatMap((one) =>
    own.has(one.document as ExceptionFile["documents"][number]) && !removed.has(one) ? [one.exception.name] : [],
  );
  const { exceptions, faults } = exceptionsOfText(file.file, cut.text, known);
  const left = exceptions.map(({ exception }) => exception.name);
  return faults.length === 0 && left.length === wanted.length && left.every((name, index) => name === wanted[index]) ? cut : null;
}

/** `holdfast exceptions prune`: proposes to remove exceptions that do nothing, and removes them where `write` says so. */
export async function runPrune(configuration: ScanConfiguration, write: boolean, context: CommandContext): Promise<ExitCode> {
  const { given, known, worlds } = await judgeWithExceptions(configuration, context);
  const { environment, stdout, stderr } = context;
  const data = dataExitCode(worlds, stderr);
  if (data !== 0) return data;
  // Those of a cluster are not in files, and are left alone.
  const exceptions = given.exceptions.map(({ exception }) => exception);
  const removable = removableExceptions(worlds, exceptions, expiryTime(environment));
  if (removable.length === 0) stderr.write("holdfast: none of the exceptions can be removed\n");
  for (const { exception, why } of removable) stderr.write(`holdfast: ${printable(`${exception.name}: ${why}`)}\n`);
  const names = new Set(removable.map(({ exception }) => exception));
  const removed = new Set(given.exceptions.filter(({ exception }) => names.has(exception)));
  const codes: ExitCode[] = [lossExitCode(worlds, stderr)];
  for (const file of given.files) {
    if (![...removed].some(({ document }) => document.file === file.file)) continue;
    const cut = pruned(file, given.exceptions, removed, known);
    if (cut === null) {
      stderr.write(`holdfast: ${printable(file.file)} is written in a way that can't be cut: remove them by hand\n`);
      continue;
    }
    const empty = cut.text.trim() === "";
    if (write && empty) rmSync(path.resolve(environment.workingFolder, file.file));
    else if (write) codes.push(await writeText(file.file, cut.text, environment.workingFolder, stderr));
    else stdout.write(`--- a/${file.file}\n+++ ${empty ? "/dev/null" : `b/${file.file}`}\n${cut.diff}`);
  }
  return worstExitCode(codes);
}
