import { InvalidArgumentError } from "commander";
import { parseLabelSelector, type LabelSelector, type ObjectChoice } from "@holdfast/posture";
import type { ClusterChoice } from "../cluster/choose-context.ts";
import { commaList, duration } from "../option-values.ts";
import { UsageError } from "../usage-error.ts";
import type { OptionGroup } from "./define.ts";

interface Given {
  /** The name of a context, or true for the current one. */
  /** False where a file of settings says so. */
  readonly cluster?: string | boolean;
  readonly kubeconfig?: string;
  readonly includeNamespaces?: readonly string[];
  readonly excludeNamespaces?: readonly string[];
  readonly includeKinds?: readonly string[];
  readonly excludeKinds?: readonly string[];
  readonly selector?: LabelSelector;
  readonly requestTimeout?: number;
  readonly preflight?: boolean;
}

export interface ClusterConfiguration {
  /** Which objects are judged, of files too; null for all. */
  readonly chosen: ObjectChoice | null;
  readonly cluster: {
    /** Whether an option says that a cluster is meant: its name for messages. */
    readonly askedBy: string | null;
    readonly choice: ClusterChoice;
    /** How many milliseconds one request may take. */
    readonly timeout: number;
    /** Say what the account may, instead of scanning. */
    readonly preflight: boolean;
    /** The one object to judge, as it was written. */
    readonly workload: string | null;
  };
}

const DEFAULT_TIMEOUT = 30_000;

function notEmpty(value: string): string {
  if (value === "") throw new InvalidArgumentError("It is empty.");
  return value;
}

function labelSelector(value: string): LabelSelector {
  const selector = parseLabelSelector(value);
  if (selector === null) throw new InvalidArgumentError("Expected labels such as app=shop,tier!=test or env in (a, b).");
  return selector;
}

/** Namespaces have the names of DNS labels; anything else would reach into the API's paths and selectors. */
function namespaces(value: string, earlier: readonly string[] = []): readonly string[] {
  const names = commaList(value, earlier);
  const wrong = names.find((name) => !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u.test(name));
  if (wrong !== undefined)
    throw new InvalidArgumentError(`${JSON.stringify(wrong)} can't be a namespace: letters a to z, digits and hyphens.`);
  return names;
}

/** Which cluster is scanned, and which objects are judged. */
export const clusterOptions: OptionGroup<Given, ClusterConfiguration> = {
  declare: (command) => {
    command
      .option("--cluster [context]", "scan a live cluster: that of a context of the kubeconfig (default: its current one)", notEmpty)
      .option("--kubeconfig <file>", "the kubeconfig (default: KUBECONFIG, else ~/.kube/config)", notEmpty)
      .option("--include-namespaces <names>", "judge objects of these namespaces, and of none", namespaces)
      .option("--exclude-namespaces <names>", "leave out objects of these namespaces", namespaces)
      .option("--include-kinds <kinds>", "judge these kinds only, such as Deployment or roles.rbac.authorization.k8s.io", commaList)
      .option("--exclude-kinds <kinds>", "don't judge these kinds, nor read them from a cluster", commaList)
      .option("--selector <labels>", "judge objects with these labels only, such as app=shop,tier!=test", labelSelector)
      .option("--request-timeout <time>", "how long one request to the API server may take, such as 10s or 2m (default: 30s)", duration)
      .option("--preflight", "don't scan: say which rights the account lacks, and print the ClusterRole to apply");
  },
  lists: ["includeNamespaces", "excludeNamespaces", "includeKinds", "excludeKinds"],
  read: (given) => {
    const { includeNamespaces = [], excludeNamespaces = [], includeKinds = [], excludeKinds = [], selector = null } = given;
    const both = includeNamespaces.find((name) => excludeNamespaces.includes(name));
    if (both !== undefined) throw new UsageError(`the namespace ${both} is both included and excluded`);
    const asking: readonly (readonly [string, boolean])[] = [
      ["--cluster", given.cluster !== undefined && given.cluster !== false],
      ["--kubeconfig", given.kubeconfig !== undefined],
      ["--preflight", given.preflight === true],
    ];
    const all = [includeNamespaces, excludeNamespaces, includeKinds, excludeKinds].every((list) => list.length === 0) && selector === null;
    return {
      chosen: all ? null : { includeNamespaces, excludeNamespaces, includeKinds, excludeKinds, selector },
      cluster: {
        askedBy: asking.find(([, asked]) => asked)?.[0] ?? null,
        choice: { kubeconfig: given.kubeconfig, context: typeof given.cluster === "string" ? given.cluster : undefined },
        timeout: given.requestTimeout ?? DEFAULT_TIMEOUT,
        preflight: given.preflight === true,
        workload: null,
      },
    };
  },
};
