import { createHash } from "node:crypto";
import type { Control, GivenParameters, Parameters } from "@holdfast/core";

function sameValues(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, place) => value === other[place]);
}

/** Which of the given parameters are read by the controls and are not as `defaults` has them, with a digest of their values (SHA-256, 16 hexadecimal digits). Null where there are none. */
export function givenParameters(given: Parameters, defaults: Parameters, controls: readonly Control[]): GivenParameters | null {
  const read = new Set(controls.flatMap(({ parameters }) => parameters));
  const differing = Object.entries(given)
    .filter(([name, values]) => read.has(name) && !sameValues(values, defaults[name] ?? []))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (differing.length === 0) return null;
  const digest = createHash("sha256").update(JSON.stringify(differing)).digest("hex").slice(0, 16);
  return { names: differing.map(([name]) => name), digest };
}
