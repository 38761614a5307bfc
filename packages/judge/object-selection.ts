import type { ComparedResource, Inputs } from "@holdfast/core";

/** How the objects of a scan were chosen of those that are there. */
export interface ObjectChoice {
  /** One text for one choice, whatever the order it was given in. */
  readonly text: string;
  /** Whether an object that the scan does not have may be there and not among those chosen. */
  readonly mayLeaveOut: (resource: ComparedResource) => boolean;
}

/** Reads how objects were chosen from what a result says of its inputs. Null where all were judged. */
export function objectSelection({ selection, cluster }: Inputs): ObjectChoice | null {
  // Results of versions that said nothing of a selection have that of a cluster in what they say of it.
  const namespaces = selection?.namespaces ?? cluster?.namespaces ?? { included: [], excluded: [] };
  const kinds = selection?.kinds ?? { included: [], excluded: [] };
  const selector = selection?.selector ?? cluster?.selector;
  // Kinds have many names, and labels and a workload's owner are not known of what was not read.
  const unclear = [
    ...kinds.included.map((kind) => `+kind:${kind}`),
    ...kinds.excluded.map((kind) => `-kind:${kind}`),
    ...(selector === undefined ? [] : [`labels:${selector}`]),
    ...(cluster?.workload === undefined ? [] : [cluster.workload]),
  ];
  const words = [...namespaces.included.map((name) => `+${name}`), ...namespaces.excluded.map((name) => `-${name}`), ...unclear];
  if (words.length === 0) return null;
  return {
    text: words.toSorted().join(" "),
    mayLeaveOut: ({ apiVersion, kind, namespace, name }) => {
      if (unclear.length > 0) return true;
      const space = apiVersion === "v1" && kind === "Namespace" ? name : namespace;
      if (space === "") return false;
      return namespaces.excluded.includes(space) || (namespaces.included.length > 0 && !namespaces.included.includes(space));
    },
  };
}
