import type { ClusterInput, ClusterKind } from "@holdfast/core";
import { countText } from "./count-text.ts";
import { heading, prose, type Sheet } from "./sheet.ts";

const STATES: Readonly<Record<ClusterKind["state"], string | null>> = {
  listed: null,
  partial: "not in all namespaces",
  forbidden: "forbidden",
  failed: "could not be read",
  vanished: "deleted meanwhile",
  excluded: "left out on request",
  "not-served": "the cluster does not have it",
};

/** What became of a kind: "deployments.apps: 600 objects", "pods: 0 objects, 1,200 left out with their owners". */
function kindText({ group, kind, resource, state, produced, owned, repeated, dropped, metadataOnly, lists }: ClusterKind): string {
  const name = `${resource ?? kind}${group === "" ? "" : `.${group}`}`;
  const count = (number: number, what: string): readonly string[] => (number === 0 ? [] : [`${number.toLocaleString("en-US")} ${what}`]);
  const parts = [
    ...(lists === 0 ? [] : [countText(produced, "object")]),
    ...count(owned, "left out with their owners"),
    ...count(repeated, "listed twice"),
    ...count(dropped, "dropped"),
    ...(STATES[state] === null ? [] : [STATES[state]]),
    ...(metadataOnly === true && lists > 0 ? ["no values"] : []),
  ];
  return `${name}: ${parts.join(", ")}`;
}

/** The kinds of a cluster, and what became of the objects of each. What the cluster does not have is told where everything is. */
export function* clusterLines(sheet: Sheet, { kinds, account }: ClusterInput): Iterable<string> {
  yield* heading(sheet, "INPUTS", `${countText(account.listed, "object")} listed, ${account.produced.toLocaleString("en-US")} scanned`);
  const shown = kinds.filter(({ state }) => sheet.verbose || state !== "not-served");
  for (const kind of shown) yield* prose(sheet, kindText(kind), 2, 2, ...(kind.lost > 0 ? (["yellow"] as const) : []));
  const absent = kinds.length - shown.length;
  if (absent > 0) yield* prose(sheet, `and ${countText(absent, "kind")} that the cluster does not have`, 2, 2, "dim");
}
