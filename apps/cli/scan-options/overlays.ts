import { InvalidArgumentError } from "commander";
import type { RenderingOptions } from "@holdfast/posture";
import type { OptionGroup } from "./define.ts";

type Restrictor = "LoadRestrictionsRootOnly" | "LoadRestrictionsNone";

interface Given {
  readonly enableHelm?: boolean;
  readonly loadRestrictor?: Restrictor;
  readonly chartCache?: string;
}

export interface OverlayConfiguration {
  readonly overlays: NonNullable<RenderingOptions["overlays"]>;
  /** A folder with packaged charts, as it was written. */
  readonly chartCache: string | undefined;
}

/** Kustomize reads both words in any case, and takes their ends for short. */
function restrictor(value: string): Restrictor {
  switch (value.toLowerCase()) {
    case "loadrestrictionsrootonly":
    case "rootonly":
      return "LoadRestrictionsRootOnly";
    case "loadrestrictionsnone":
    case "none":
      return "LoadRestrictionsNone";
    default:
      throw new InvalidArgumentError("It is LoadRestrictionsRootOnly or LoadRestrictionsNone.");
  }
}

/** What Kustomize may do, by the names that its own options have; and where charts of releases are. */
export const overlayOptions: OptionGroup<Given, OverlayConfiguration> = {
  declare: (command) => {
    command
      .option("--enable-helm", "let Kustomize render the charts of overlays with Helm")
      .option(
        "--load-restrictor <name>",
        "which files overlays may read: LoadRestrictionsRootOnly (default: of their own folders) or LoadRestrictionsNone (of their repository)",
        restrictor,
      )
      .option("--chart-cache <folder>", "take charts of releases that are not in the tree from this folder: NAME-VERSION.tgz");
  },
  lists: [],
  read: ({ enableHelm, loadRestrictor, chartCache }) => ({
    chartCache,
    overlays: { enableHelm: enableHelm === true, anyFiles: loadRestrictor === "LoadRestrictionsNone" },
  }),
};
