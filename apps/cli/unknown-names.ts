import type { UnknownName } from "@holdfast/posture";
import { suggestion } from "./output-targets.ts";
import { UsageError } from "./usage-error.ts";

/** What to say of names that nobody knows: the nearest that there are, and where all are listed. */
export function unknownNames(unknown: readonly UnknownName[]): UsageError {
  const lines = unknown.map(({ what, name, nearest, is }) =>
    is === undefined ? `unknown ${what} "${name}"${suggestion(nearest)}` : `${name} is a ${is}, not a ${what}: --${is} ${name} selects it`,
  );
  const list = unknown.every(({ what }) => what === "kind")
    ? "`kubectl api-resources` lists the kinds of the cluster."
    : "`holdfast list controls` and `holdfast list frameworks` list them all.";
  return new UsageError(`${lines.join("\nholdfast: ")}\n${list}`);
}
