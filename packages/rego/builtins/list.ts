// Every builtin there is. To add a family: write its file, and name it here. See docs/adding/builtin.md.
import { aggregates } from "./aggregates.ts";
import { arithmetic } from "./arithmetic.ts";
import { arrays } from "./arrays.ts";
import { bits } from "./bits.ts";
import { certificates } from "./certificates.ts";
import { cloud } from "./cloud.ts";
import { comparison } from "./comparison.ts";
import { conversions } from "./conversions.ts";
import type { Builtin } from "./define.ts";
import { encodings } from "./encodings.ts";
import { environment } from "./environment.ts";
import { glob } from "./glob.ts";
import { graph } from "./graph.ts";
import { graphql } from "./graphql.ts";
import { hashes } from "./hashes.ts";
import { identifiers } from "./identifiers.ts";
import { images } from "./images.ts";
import { jsonPatch } from "./json-patch.ts";
import { jsonPaths } from "./json-paths.ts";
import { jsonText } from "./json-text.ts";
import { jwt } from "./jwt.ts";
import { modules } from "./modules.ts";
import { moments } from "./moments.ts";
import { network } from "./network.ts";
import { networks } from "./networks.ts";
import { objects } from "./objects.ts";
import { regex } from "./regex.ts";
import { schemas } from "./schemas.ts";
import { semver } from "./semver.ts";
import { sets } from "./sets.ts";
import { formatting } from "./sprintf.ts";
import { strings } from "./strings.ts";
import { templates } from "./template.ts";
import { amounts } from "./units.ts";
import { uris } from "./uris.ts";
import { walking } from "./walk.ts";
import { yaml } from "./yaml.ts";

export const builtins: readonly Builtin[] = [
  ...aggregates,
  ...arithmetic,
  ...arrays,
  ...bits,
  ...certificates,
  ...cloud,
  ...comparison,
  ...conversions,
  ...encodings,
  ...environment,
  ...glob,
  ...graph,
  ...graphql,
  ...hashes,
  ...identifiers,
  ...images,
  ...jsonPatch,
  ...jsonPaths,
  ...jsonText,
  ...jwt,
  ...modules,
  ...moments,
  ...network,
  ...networks,
  ...objects,
  ...regex,
  ...schemas,
  ...semver,
  ...sets,
  ...formatting,
  ...strings,
  ...templates,
  ...amounts,
  ...uris,
  ...walking,
  ...yaml,
];

/** The builtins by their name. */
export const builtinByName: ReadonlyMap<string, Builtin> = new Map(builtins.map((builtin) => [builtin.name, builtin]));
