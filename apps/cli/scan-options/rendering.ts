import type { RenderingOptions } from "@holdfast/posture";
import { InvalidArgumentError } from "commander";
import type { OptionGroup } from "./define.ts";

interface Given extends Partial<RenderingOptions> {
  readonly showInputs?: boolean;
}

export interface RenderingConfiguration {
  readonly rendering: RenderingOptions;
  /** Print what was scanned, skipped and not expanded. */
  readonly showInputs: boolean;
}

function several(value: string, earlier: readonly string[] = []): readonly string[] {
  if (value === "") throw new InvalidArgumentError("It is empty.");
  return [...earlier, value];
}

/** How charts and the like are rendered. Each may be for one chart: `NAME=…`. */
export const renderingOptions: OptionGroup<Given, RenderingConfiguration> = {
  declare: (command) => {
    command
      .option("--values <file>", "render charts with this values file; may be repeated, as CHART=FILE for one chart", several)
      .option("--set <key=value>", "render charts with this value; may be repeated, as CHART=KEY=VALUE for one chart", several)
      .option("--set-string <key=value>", "the same for a value that is a text", several)
      .option("--set-file <key=file>", "the same for a value that is what a file says", several)
      .option("--release-name <name>", "render charts as a release of this name (default: the chart's); CHART=NAME for one", several)
      .option("--release-namespace <name>", "render charts for this namespace (default: default); CHART=NAME for one", several)
      .option("--kube-version <version>", "render charts for this version of Kubernetes; CHART=VERSION for one", several)
      .option("--show-inputs", "list what was scanned, what was skipped, and what could not be expanded");
  },
  lists: ["values", "set", "setString", "setFile", "releaseName", "releaseNamespace", "kubeVersion"],
  read: (given) => ({
    rendering: {
      values: given.values ?? [],
      set: given.set ?? [],
      setString: given.setString ?? [],
      setFile: given.setFile ?? [],
      releaseName: given.releaseName ?? [],
      releaseNamespace: given.releaseNamespace ?? [],
      kubeVersion: given.kubeVersion ?? [],
    },
    showInputs: given.showInputs === true,
  }),
};
