import type { GateRequest } from "@holdfast/judge";
import { percentage, severity } from "../option-values.ts";
import type { OptionGroup } from "./define.ts";

interface Given {
  readonly complianceThreshold?: number;
  readonly severityThreshold?: "low" | "medium" | "high" | "critical";
  readonly coverageThreshold?: number;
}

export interface GateConfiguration {
  readonly gates: GateRequest;
}

/** What must hold for a scan to end well. */
export const gateOptions: OptionGroup<Given, GateConfiguration> = {
  declare: (command) => {
    command
      .option("--compliance-threshold <percent>", "exit 1 when compliance is below", percentage)
      .option("--severity-threshold <severity>", "exit 1 on an open finding as severe or more: low, medium, high or critical", severity)
      .option("--coverage-threshold <percent>", "exit 3 when coverage is below", percentage);
  },
  lists: [],
  read: (given) => ({
    gates: {
      ...(given.complianceThreshold === undefined ? {} : { complianceThreshold: given.complianceThreshold }),
      ...(given.severityThreshold === undefined ? {} : { severityThreshold: given.severityThreshold }),
      ...(given.coverageThreshold === undefined ? {} : { coverageThreshold: given.coverageThreshold }),
    },
  }),
};
