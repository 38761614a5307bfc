import type { Control, KubernetesObject, Library, Parameters, RuleDescription } from "@holdfast/core";
import type { ClusterAccess } from "./1-load/cluster/cluster-access.ts";
import type { ClusterRequest } from "./1-load/cluster/cluster-request.ts";
import { loadCluster, type ClusterLoad } from "./1-load/cluster/load-cluster.ts";
import { loadWorkload } from "./1-load/cluster/load-workload.ts";
import { wantedKinds } from "./1-load/cluster/wanted-kinds.ts";
import { nearestNames } from "@holdfast/core";
import { holdsTexts, JudgedOnArrival } from "./3-evaluate/judged-on-arrival.ts";
import type { CompiledLibrary } from "./library/compiled-library.ts";
import type { UnknownName } from "./2-select/select-controls.ts";
import type { CustomRules } from "./custom-rules/custom-rule.ts";

/** The rules that a scan by these controls evaluates: where a control names a rule and its successor, only the successor. */
export function rulesOfControls(library: Library, controls: readonly Control[]): readonly RuleDescription[] {
  const byName = new Map(library.rules.map((rule) => [rule.name, rule]));
  const names = new Set(controls.flatMap(({ rules }) => rules.filter((name) => !rules.includes(byName.get(name)?.supersededBy ?? ""))));
  return [...names].flatMap((name) => byName.get(name) ?? []);
}

/** Kinds of a request that nobody knows, with those of the cluster that have nearly such names. */
export function unknownKinds(names: readonly string[], { discovery }: ClusterAccess): readonly UnknownName[] {
  const known = [...new Set(discovery.kinds.map(({ kind }) => kind))];
  return names.map((name) => ({ what: "kind", name, nearest: nearestNames(name, known) }));
}

/**
 * What judges objects of a cluster as they come, so that what was judged can be let go. Null where a user's own rule is about such objects: it is evaluated when all is there, and nobody knows what it
 * looks at.
 */
export function judgingOnArrival(
  compiled: CompiledLibrary,
  library: Library,
  controls: readonly Control[],
  custom: CustomRules | undefined,
  parameters: Parameters,
): JudgedOnArrival | null {
  const own = custom?.rules.flatMap(({ description }) => description.kinds) ?? [];
  const isOwn = own.some(({ group, kind }) => kind === "*" || holdsTexts({ group: group === "*" ? "" : group, kind }));
  return isOwn ? null : new JudgedOnArrival(compiled, rulesOfControls(library, controls), parameters);
}

/** Reads from a cluster what these controls need. Rules of the library look at no value of a Secret; what a user's own rule looks at nobody knows, so it is given all that it is about. */
export async function readCluster(
  access: ClusterAccess,
  request: ClusterRequest,
  library: Library,
  controls: readonly Control[],
  custom: CustomRules | undefined,
  arrived: JudgedOnArrival | null,
  onProgress: ((text: string) => void) | undefined,
): Promise<ClusterLoad | { readonly unknown: readonly UnknownName[] }> {
  const own = new Set(custom?.rules.map(({ description }) => description.name));
  const options = {
    rules: rulesOfControls(library, controls),
    request,
    ...(arrived === null ? {} : { take: (object: KubernetesObject) => arrived.take(object), areLarge: holdsTexts }),
    readsSecretValues: ({ name, kinds }: RuleDescription) => own.has(name) && kinds.some(({ kind }) => kind === "Secret" || kind === "*"),
    onProgress: (objects: number, done: number, lists: number) => onProgress?.(`read ${objects} objects, ${done} of ${lists} lists`),
  };
  if (request.workload !== null) return loadWorkload(access, request.workload, options);
  const { unknown } = wantedKinds(options.rules, access.discovery, request);
  return unknown.length > 0 ? { unknown: unknownKinds(unknown, access) } : loadCluster(access, options);
}
