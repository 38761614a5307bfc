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

/** What stands behind the name of a chart, where one does. */
function setting(value: string): string {
  return value.slice(value.lastIndexOf("=") + 1);
}

function pair(value: string, earlier?: readonly string[]): readonly string[] {
  if (!/[^=]=/u.test(value)) throw new InvalidArgumentError("Expected KEY=VALUE, or CHART=KEY=VALUE for one chart.");
  return several(value, earlier);
}

/** Helm takes names of DNS of at most 53 characters. */
function releaseName(value: string, earlier?: readonly string[]): readonly string[] {
  const name = setting(value);
  if (name.length > 53 || !/^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/u.test(name))
    throw new InvalidArgumentError("Expected a name of at most 53 letters a to z, digits, hyphens and dots, or CHART=NAME for one chart.");
  return several(value, earlier);
}

function namespace(value: string, earlier?: readonly string[]): readonly string[] {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u.test(setting(value)))
    throw new InvalidArgumentError("Expected a name of at most 63 letters a to z, digits and hyphens, or CHART=NAME for one chart.");
  return several(value, earlier);
}

function version(value: string, earlier?: readonly string[]): readonly string[] {
  if (!/^v?\d+(?:\.\d+)+(?:[-+][\w.+-]+)?$/u.test(setting(value)))
    throw new InvalidArgumentError("Expected a version such as 1.33.0, or CHART=VERSION for one chart.");
  return several(value, earlier);
}

/** How charts and the like are rendered. Each may be for one chart: `NAME=…`. */
export const renderingOptions: OptionGroup<Given, RenderingConfiguration> = {
  declare: (command) => {
    command
      .option("--values <file>", "render charts with this values file; may be repeated, as CHART=FILE for one chart", several)
      .option("--set <key=value>", "render charts with this value; may be repeated, as CHART=KEY=VALUE for one chart", pair)
      .option("--set-string <key=value>", "the same for a value that is a text", pair)
      .option("--set-file <key=file>", "the same for a value that is what a file says", pair)
      .option("--release-name <name>", "render charts as a release of this name (default: the chart's); CHART=NAME for one", releaseName)
      .option("--release-namespace <name>", "render charts for this namespace (default: default); CHART=NAME for one", namespace)
      .option("--kube-version <version>", "render charts for this version of Kubernetes; CHART=VERSION for one", version)
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
