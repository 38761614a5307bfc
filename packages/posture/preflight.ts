import type { ClusterAccess } from "./1-load/cluster/cluster-access.ts";
import type { ClusterRequest } from "./1-load/cluster/cluster-request.ts";
import { neededRights, type NeededRight } from "./1-load/cluster/needed-rights.ts";
import { wantedKinds } from "./1-load/cluster/wanted-kinds.ts";
import { selectControls, type ControlRequest, type UnknownName } from "./2-select/select-controls.ts";
import { libraryWith, requestWith } from "./custom-rules/with-custom-rules.ts";
import { rulesOfControls, unknownKinds } from "./read-cluster.ts";
import type { PosturePorts } from "./scan-posture.ts";

/** Says which rights a scan of a cluster by these controls needs, and which of them the account has. Nothing of the cluster is read. */
export async function preflight(
  access: ClusterAccess,
  request: ClusterRequest,
  controls: ControlRequest,
  { library: compiled, customRules: custom }: Pick<PosturePorts, "library" | "customRules">,
): Promise<{ readonly rights: readonly NeededRight[] } | { readonly unknown: readonly UnknownName[] }> {
  const library = custom === undefined ? compiled.library : libraryWith(compiled.library, custom);
  const selection = selectControls(library, custom === undefined ? controls : requestWith(controls, custom));
  if ("unknown" in selection) return selection;
  const rules = rulesOfControls(library, selection.controls);
  const { unknown } = wantedKinds(rules, access.discovery, request);
  if (unknown.length > 0) return { unknown: unknownKinds(unknown, access) };
  return { rights: await neededRights(access, rules, request) };
}
