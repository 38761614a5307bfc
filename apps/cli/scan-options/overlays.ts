import { InvalidArgumentError } from "commander";
import type { RenderingOptions } from "@holdfast/posture";
import type { OptionGroup } from "./define.ts";

type Restrictor = "LoadRestrictionsRootOnly" | "LoadRestrictionsNone";

interface Given {
  readonly enableHelm?: boolean;
  readonly loadRestrictor?: Restrictor;
}

export interface OverlayConfiguration {
  readonly overlays: NonNullable<RenderingOptions["overlays"]>;
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

/** What Kustomize may do, by the names that its own options have. */
export const overlayOptions: OptionGroup<Given, OverlayConfiguration> = {
  declare: (command) => {
    command
      .option("--enable-helm", "let Kustomize render the charts of overlays with Helm")
      .option(
        "--load-restrictor <name>",
        "which files overlays may read: LoadRestrictionsRootOnly (default: of their own folders) or LoadRestrictionsNone (of their repository)",
        restrictor,
      );
  },
  lists: [],
  read: ({ enableHelm, loadRestrictor }) => ({
    overlays: { enableHelm: enableHelm === true, anyFiles: loadRestrictor === "LoadRestrictionsNone" },
  }),
};
