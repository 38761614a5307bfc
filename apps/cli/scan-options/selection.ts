import type { ControlRequest } from "@holdfast/posture";
import { commaList } from "../option-values.ts";
import type { OptionGroup } from "./define.ts";

interface Given {
  readonly framework?: readonly string[];
  readonly control?: readonly string[];
  readonly excludeControl?: readonly string[];
}

export interface SelectionConfiguration {
  readonly controls: ControlRequest;
}

/** Which controls are judged. */
export const selectionOptions: OptionGroup<Given, SelectionConfiguration> = {
  declare: (command) => {
    command
      .option("--framework <names>", "judge the controls of these frameworks (see `holdfast list frameworks`)", commaList)
      .option("--control <ids>", "judge these controls (see `holdfast list controls`)", commaList)
      .option("--exclude-control <ids>", "leave these controls out; they are shown as left out", commaList);
  },
  lists: ["framework", "control", "excludeControl"],
  read: ({ framework = [], control = [], excludeControl = [] }) => ({
    controls: { frameworks: framework, controls: control, excludeControls: excludeControl },
  }),
};
