// Every builtin there is. To add a family: write its file, and name it here. See docs/adding/builtin.md.
import { aggregates } from "./aggregates.ts";
import { arithmetic } from "./arithmetic.ts";
import { arrays } from "./arrays.ts";
import { comparison } from "./comparison.ts";
import type { Builtin } from "./define.ts";
import { objects } from "./objects.ts";
import { sets } from "./sets.ts";
import { formatting } from "./sprintf.ts";
import { strings } from "./strings.ts";

export const builtins: readonly Builtin[] = [
  ...comparison,
  ...arithmetic,
  ...aggregates,
  ...arrays,
  ...sets,
  ...objects,
  ...strings,
  ...formatting,
];

/** The builtins by their name. */
export const builtinByName: ReadonlyMap<string, Builtin> = new Map(builtins.map((builtin) => [builtin.name, builtin]));
