import { DataTree } from "./data-tree.ts";
import type { LoadedSources } from "./load-sources.ts";

/** Sources of two origins as one. A place of `data` that both have values for is a fault; `names` say in messages where the documents are from. */
export function mergeSources(one: LoadedSources, other: LoadedSources, names: readonly [string, string]): LoadedSources {
  const tree = new DataTree();
  tree.add([], one.data, names[0]);
  const conflict = tree.add([], other.data, names[1]);
  const remedy = "Objects are merged, other values are not: take it from one of them.";
  const faults =
    conflict === null ? [] : [{ file: names[1], message: `data.${conflict.path.join(".")} is in ${conflict.other} already`, remedy }];
  return { modules: [...one.modules, ...other.modules], data: tree.value, faults: [...one.faults, ...other.faults, ...faults] };
}
