// The builtins that policies use every day: those without a certificate, a key, a parser of Rego or the like behind them. A precompiled program loads only these, which
// halves what has to be read at its start.
import { aggregates } from "./aggregates.ts";
import { arithmetic } from "./arithmetic.ts";
import { arrays } from "./arrays.ts";
import { bits } from "./bits.ts";
import { comparison } from "./comparison.ts";
import { conversions } from "./conversions.ts";
import { encodings } from "./encodings.ts";
import { environment } from "./environment.ts";
import { glob } from "./glob.ts";
import { graph } from "./graph.ts";
import { images } from "./images.ts";
import { jsonPaths } from "./json-paths.ts";
import { jsonText } from "./json-text.ts";
import { moments } from "./moments.ts";
import { networks } from "./networks.ts";
import { objects } from "./objects.ts";
import { regex } from "./regex.ts";
import { semver } from "./semver.ts";
import { sets } from "./sets.ts";
import { formatting } from "./sprintf.ts";
import { strings } from "./strings.ts";
import { amounts } from "./units.ts";
import { walking } from "./walk.ts";
import { yaml } from "./yaml.ts";
import type { Builtin } from "./define.ts";

export const everydayBuiltins: readonly Builtin[] = [
  ...aggregates,
  ...arithmetic,
  ...arrays,
  ...bits,
  ...comparison,
  ...conversions,
  ...encodings,
  ...environment,
  ...glob,
  ...graph,
  ...images,
  ...jsonPaths,
  ...jsonText,
  ...moments,
  ...networks,
  ...objects,
  ...regex,
  ...semver,
  ...sets,
  ...formatting,
  ...strings,
  ...amounts,
  ...walking,
  ...yaml,
];

/** The same by their name. */
export const everydayBuiltinByName: ReadonlyMap<string, Builtin> = new Map(everydayBuiltins.map((builtin) => [builtin.name, builtin]));
