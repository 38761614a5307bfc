import type { DeliveryConfiguration } from "./scan-options/delivery.ts";
import type { ExceptionConfiguration } from "./scan-options/exceptions.ts";
import type { ClusterConfiguration } from "./scan-options/cluster.ts";
import type { BaselineConfiguration } from "./scan-options/baseline.ts";
import type { GateConfiguration } from "./scan-options/gates.ts";
import type { GitConfiguration } from "./scan-options/git.ts";
import type { OutputConfiguration } from "./scan-options/outputs.ts";
import type { OverlayConfiguration } from "./scan-options/overlays.ts";
import type { PolicyConfiguration } from "./scan-options/policies.ts";
import type { RatchetConfiguration } from "./scan-options/ratchet.ts";
import type { RenderingConfiguration } from "./scan-options/rendering.ts";
import type { SelectionConfiguration } from "./scan-options/selection.ts";

/** All that a scan is told, from arguments: its paths, and what each group of options says. */
export interface ScanConfiguration
  extends
    SelectionConfiguration,
    PolicyConfiguration,
    RenderingConfiguration,
    OverlayConfiguration,
    GitConfiguration,
    ExceptionConfiguration,
    ClusterConfiguration,
    GateConfiguration,
    BaselineConfiguration,
    RatchetConfiguration,
    OutputConfiguration,
    DeliveryConfiguration {
  /** Files, folders and URLs of Git repositories; `-` is standard input. None: a cluster. */
  readonly paths: readonly string[];
  /** The options that stand on the command line, by their long names without dashes. */
  readonly given: ReadonlySet<string>;
}
