import { createReadStream } from "node:fs";
import { text } from "node:stream/consumers";
import type { ExitCode } from "@holdfast/judge";
import { readResult, readStoredResult, type ReadOutcome } from "@holdfast/report";
import { whyUnread } from "./file-reason.ts";
import type { CommandContext } from "./commands/define.ts";
import { deliverResult } from "./deliver-result.ts";
import { prepareDelivery } from "./delivery/prepare-delivery.ts";
import { viewWithoutEffect } from "./options-without-effect.ts";
import { outputTargets } from "./output-targets.ts";
import type { DeliveryConfiguration } from "./scan-options/delivery.ts";
import type { OutputConfiguration } from "./scan-options/outputs.ts";
import { YoungSpace } from "./short-run.ts";
import { UsageError } from "./usage-error.ts";

const PIECE = 1 << 18;

/** What `holdfast report` is told. */
export interface ReportConfiguration extends OutputConfiguration, DeliveryConfiguration {
  /** The stored result; `-` is standard input. */
  readonly file: string;
  /** The options that stand on the command line, by their long names without dashes. */
  readonly given: ReadonlySet<string>;
}

/** The bytes of a file, from its start. */
async function* bytesOf(file: string, youngSpace: YoungSpace): AsyncIterable<Uint8Array> {
  for await (const piece of createReadStream(file, { highWaterMark: PIECE })) {
    youngSpace.bound();
    yield piece as Uint8Array;
  }
}

async function read(file: string, context: CommandContext): Promise<ReadOutcome> {
  if (file === "-") return readResult(await text(context.stdin));
  const youngSpace = new YoungSpace();
  try {
    return await readStoredResult(() => bytesOf(file, youngSpace));
  } catch (error) {
    throw new UsageError(`${file}: ${whyUnread(error)}\n\`holdfast scan PATH --format json --output FILE\` writes a result.`, {
      cause: error,
    });
  }
}

/** Writes a stored result in other formats. Ends with the code that the scan's gates and data call for. */
export async function runReport(configuration: ReportConfiguration, context: CommandContext): Promise<ExitCode> {
  const targets = outputTargets(configuration.formats, configuration.output, configuration.encryptFor !== null);
  const delivery = await prepareDelivery(configuration, context.environment, context.version);
  const stored = await read(configuration.file, context);
  if ("problem" in stored) throw new UsageError(`${configuration.file}: ${stored.problem}`);
  if (!configuration.quiet) for (const note of viewWithoutEffect(configuration)) context.stderr.write(`holdfast: ${note}\n`);
  return deliverResult(stored.result, targets, configuration, delivery, context);
}
