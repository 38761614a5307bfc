// Every builtin there is. To add a family: write its file, and name it here or in everyday.ts. See docs/adding/builtin.md.
import { certificates } from "./certificates.ts";
import { cloud } from "./cloud.ts";
import { graphql } from "./graphql.ts";
import { hashes } from "./hashes.ts";
import { identifiers } from "./identifiers.ts";
import { jsonPatch } from "./json-patch.ts";
import { jwt } from "./jwt.ts";
import { modules } from "./modules.ts";
import { network } from "./network.ts";
import { schemas } from "./schemas.ts";
import { templates } from "./template.ts";
import { uris } from "./uris.ts";
import type { Builtin } from "./define.ts";
import { everydayBuiltins } from "./everyday.ts";

export const builtins: readonly Builtin[] = [
  ...everydayBuiltins,
  ...certificates,
  ...cloud,
  ...graphql,
  ...hashes,
  ...identifiers,
  ...jsonPatch,
  ...jwt,
  ...modules,
  ...network,
  ...schemas,
  ...templates,
  ...uris,
];

/** The builtins by their name. */
export const builtinByName: ReadonlyMap<string, Builtin> = new Map(builtins.map((builtin) => [builtin.name, builtin]));
