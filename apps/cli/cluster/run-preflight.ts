import { clusterRole, preflight, type NeededRight } from "@holdfast/posture";
import type { ExitCode } from "@holdfast/judge";
import { printable } from "@holdfast/report";
import { dump } from "js-yaml";
import type { Policies } from "../load-policies.ts";
import { unknownNames } from "../unknown-names.ts";
import type { CommandContext } from "../commands/define.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { UsageError } from "../usage-error.ts";
import { clusterOfScan, type ClusterOfScan } from "./cluster-of-scan.ts";

const ROLE = "holdfast-scan";

function rightText({ verb, kind: { group, resource }, namespace }: NeededRight): string {
  return `${verb} ${resource}${group === "" ? "" : `.${group}`}${namespace === null ? "" : ` in namespace ${namespace}`}`;
}

/** How to bind the role: in each namespace that rights are needed in, and for all where some are needed everywhere or for kinds of no namespace. */
function bindingLines(rights: readonly NeededRight[]): readonly string[] {
  const who = "--user=NAME or --serviceaccount=NAMESPACE:NAME";
  const places = [...new Set(rights.map(({ namespace }) => namespace))];
  return places.map((place) =>
    place === null
      ? `  kubectl create clusterrolebinding ${ROLE} --clusterrole=${ROLE} ${who}`
      : `  kubectl create rolebinding ${ROLE} --namespace=${place} --clusterrole=${ROLE} ${who}`,
  );
}

/** What the account lacks, and the role that would give it what a scan needs: YAML to apply, with what there is to say as comments. */
function report(rights: readonly NeededRight[], { access }: ClusterOfScan): string {
  const missing = rights.filter(({ allowed }) => allowed === false);
  const unknown = rights.filter(({ allowed }) => allowed === null);
  const account = `the account of the context ${access.context}`;
  const needed = `the ${rights.length} rights that the selected controls need`;
  const lines = [
    missing.length + unknown.length === 0
      ? `${account} has ${needed}`
      : `${account} lacks ${missing.length} of ${needed}${missing.length === 0 ? "" : ":"}`,
    ...missing.map((right) => `  ${rightText(right)}`),
    ...(unknown.length === 0 ? [] : [`of these the API server does not say:`, ...unknown.map((right) => `  ${rightText(right)}`)]),
    ...(rights.length === 0 ? [] : ["", "This role gives all of them and nothing else. Bind it to the account:"]),
    ...(rights.length === 0 ? [] : bindingLines(rights)),
  ];
  const comments = lines.map((line) => `# ${printable(line)}`.trimEnd());
  return `${comments.join("\n")}\n${rights.length === 0 ? "" : dump(clusterRole(ROLE, rights), { lineWidth: -1, noRefs: true })}`;
}

/** Asks what the account may, and prints it. The exit code says whether a scan would lack data. Throws `UsageError` for names that nobody knows, and where no cluster is meant or answers. */
export async function runPreflight(
  configuration: ScanConfiguration,
  { controls, ports }: Policies,
  { environment, stdout }: CommandContext,
): Promise<ExitCode> {
  const cluster = await clusterOfScan(configuration, environment);
  if (cluster === null) throw new UsageError("--preflight is about a live cluster, and there is none to scan");
  const outcome = await preflight(cluster.access, cluster.request, controls, ports).finally(() => cluster.close());
  if ("unknown" in outcome) throw unknownNames(outcome.unknown);
  stdout.write(report(outcome.rights, cluster));
  return outcome.rights.every(({ allowed }) => allowed === true) ? 0 : 3;
}
