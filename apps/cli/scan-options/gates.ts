import { InvalidArgumentError } from "commander";
import type { GateRequest } from "@holdfast/judge";
import { commaList, percentage, severity } from "../option-values.ts";
import type { OptionGroup } from "./define.ts";

interface Given {
  readonly complianceThreshold?: number;
  readonly severityThreshold?: "low" | "medium" | "high" | "critical";
  readonly coverageThreshold?: number;
  readonly strictComplianceThreshold?: number;
  readonly controlThreshold?: ControlThresholds;
  readonly failOnControl?: readonly string[];
  readonly failOnFinding?: readonly string[];
  readonly gateReport?: string;
}

type ControlThresholds = NonNullable<GateRequest["controlThresholds"]>;

export interface GateConfiguration {
  readonly gates: GateRequest;
  /** The file that how the gates came out is written to. */
  readonly gateReport: string | undefined;
}

/** Reads `C-0057=100,C-0013=80`, and adds it to earlier uses. */
function controlThresholds(value: string, earlier: ControlThresholds = []): ControlThresholds {
  const read = commaList(value).map((part) => {
    const equals = part.lastIndexOf("=");
    if (equals < 1) throw new InvalidArgumentError("Expected a control and its least compliance, such as C-0057=100.");
    return { control: part.slice(0, equals).trim(), percent: percentage(part.slice(equals + 1)) };
  });
  return [...earlier, ...read];
}

/** Reads fingerprints of findings, as results name them. */
function fingerprints(value: string, earlier: readonly string[] = []): readonly string[] {
  const read = commaList(value, earlier);
  const strange = read.find((one) => !/^[0-9a-f]{32}(?:-\d+)?$/u.test(one));
  if (strange !== undefined)
    throw new InvalidArgumentError("Expected fingerprints of findings: 32 hexadecimal digits each, as the format json has them.");
  return read;
}

function outputFile(value: string): string {
  if (value === "") throw new InvalidArgumentError("Expected the name of a file.");
  return value;
}

/** What must hold for a scan to end well. */
export const gateOptions: OptionGroup<Given, GateConfiguration> = {
  declare: (command) => {
    command
      .option("--compliance-threshold <percent>", "exit 1 when compliance is below", percentage)
      .option("--severity-threshold <severity>", "exit 1 on an open finding as severe or more: low, medium, high or critical", severity)
      .option("--coverage-threshold <percent>", "exit 3 when coverage is below", percentage)
      .option("--strict-compliance-threshold <percent>", "exit 1 when strict compliance (accepted counts as failed) is below", percentage)
      .option("--control-threshold <id=percent>", "exit 1 when the compliance of a control is below, as C-0057=100", controlThresholds)
      .option("--fail-on-control <ids>", "exit 1 when one of these controls has an open finding", commaList)
      .option("--fail-on-finding <fingerprints>", "exit 1 while one of these findings is there: the proof of a fix", fingerprints)
      .option("--gate-report <file>", "write to this file how the gates came out, as JSON", outputFile);
  },
  lists: ["controlThreshold", "failOnControl", "failOnFinding"],
  read: (given) => ({
    gates: {
      ...(given.complianceThreshold === undefined ? {} : { complianceThreshold: given.complianceThreshold }),
      ...(given.severityThreshold === undefined ? {} : { severityThreshold: given.severityThreshold }),
      ...(given.coverageThreshold === undefined ? {} : { coverageThreshold: given.coverageThreshold }),
      ...(given.strictComplianceThreshold === undefined ? {} : { strictComplianceThreshold: given.strictComplianceThreshold }),
      controlThresholds: given.controlThreshold ?? [],
      failOnControls: given.failOnControl ?? [],
      failOnFindings: given.failOnFinding ?? [],
    },
    gateReport: given.gateReport,
  }),
};
