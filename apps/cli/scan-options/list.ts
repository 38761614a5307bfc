import { Command } from "commander";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { baselineOptions } from "./baseline.ts";
import { givenTo, type OptionGroup } from "./define.ts";
import { deliveryOptions } from "./delivery.ts";
import { exceptionOptions } from "./exceptions.ts";
import { clusterOptions } from "./cluster.ts";
import { givenNames } from "./given-names.ts";
import { gateOptions } from "./gates.ts";
import { gitOptions } from "./git.ts";
import { outputOptions } from "./outputs.ts";
import { overlayOptions } from "./overlays.ts";
import { policyOptions } from "./policies.ts";
import { ratchetOptions } from "./ratchet.ts";
import { renderingOptions } from "./rendering.ts";
import { selectionOptions } from "./selection.ts";

/** Adds all options of `scan`, in the order of help. A group has a line here, one below, and one in `ScanConfiguration`. */
export function declareScanOptions(command: Command): void {
  selectionOptions.declare(command);
  policyOptions.declare(command);
  renderingOptions.declare(command);
  overlayOptions.declare(command);
  gitOptions.declare(command);
  exceptionOptions.declare(command);
  clusterOptions.declare(command);
  gateOptions.declare(command);
  baselineOptions.declare(command);
  ratchetOptions.declare(command);
  outputOptions.declare(command);
  deliveryOptions.declare(command);
}

/** The options of `scan` that make a list of what they are given, by their attributes. */
export function listOptions(): ReadonlySet<string> {
  return new Set([
    ...selectionOptions.lists,
    ...policyOptions.lists,
    ...renderingOptions.lists,
    ...overlayOptions.lists,
    ...gitOptions.lists,
    ...exceptionOptions.lists,
    ...clusterOptions.lists,
    ...gateOptions.lists,
    ...baselineOptions.lists,
    ...ratchetOptions.lists,
    ...outputOptions.lists,
    ...deliveryOptions.lists,
  ]);
}

/** A command with the options of `scan` and nothing behind it: what `holdfast.yaml` is for. */
export function scanCommand(): Command {
  const scan = new Command("scan");
  declareScanOptions(scan);
  return scan;
}

/** Reads all options of `scan`. Throws `UsageError`. */
export function readScanOptions(command: Command): Omit<ScanConfiguration, "paths"> {
  return {
    ...read(command, selectionOptions),
    ...read(command, policyOptions),
    ...read(command, renderingOptions),
    ...read(command, overlayOptions),
    ...read(command, gitOptions),
    ...read(command, exceptionOptions),
    ...read(command, clusterOptions),
    ...read(command, gateOptions),
    ...read(command, baselineOptions),
    ...read(command, ratchetOptions),
    ...read(command, outputOptions),
    ...read(command, deliveryOptions),
    given: givenNames(command),
  };
}

/** Adds the options of `scan` that say what is judged and by what, for commands which judge and make something else of it than a result. */
export function declareInputOptions(command: Command): void {
  selectionOptions.declare(command);
  policyOptions.declare(command);
  renderingOptions.declare(command);
  overlayOptions.declare(command);
  gitOptions.declare(command);
  exceptionOptions.declare(command);
  clusterOptions.declare(command);
}

/** Reads those options; what such a command has no option for is as if nobody had said anything. Throws `UsageError`. */
export function readInputOptions(command: Command): Omit<ScanConfiguration, "paths"> {
  return {
    ...read(command, selectionOptions),
    ...read(command, policyOptions),
    ...read(command, renderingOptions),
    ...read(command, overlayOptions),
    ...read(command, gitOptions),
    ...read(command, exceptionOptions),
    ...read(command, clusterOptions),
    ...gateOptions.read({}),
    ...baselineOptions.read({}),
    ...ratchetOptions.read({}),
    ...outputOptions.read({}),
    ...deliveryOptions.read({}),
    given: givenNames(command),
  };
}

function read<Given extends object, Read extends object>(command: Command, group: OptionGroup<Given, Read>): Read {
  return group.read(givenTo(command, group.lists));
}
