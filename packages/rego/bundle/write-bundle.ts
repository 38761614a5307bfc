import path from "node:path/posix";
import type { ModuleSource } from "../6-link/program.ts";
import { stringify } from "../runtime/json.ts";
import type { PlainObject } from "../runtime/value.ts";
import { archiveOf } from "./archive.ts";
import { BundleFault } from "./bundle-files.ts";
import { signBundle, SIGNATURES, type BundleSigning } from "./signature.ts";

/** What a bundle is made of. */
export interface BundleContent {
  /** Their versions must be stated. */
  readonly modules: readonly ModuleSource[];
  readonly data: PlainObject;
  /** Default: none. */
  readonly revision?: string;
  /** Default: everything. */
  readonly roots?: readonly string[];
  readonly metadata?: PlainObject;
  readonly signing?: BundleSigning;
}

/** The path of a module in a bundle: its name, without what leads out of the folder. */
function pathOf({ file }: ModuleSource): string {
  const parts = file
    .replaceAll("\\", "/")
    .replace(/^[A-Za-z]:/u, "")
    .split("/");
  return path.join(...parts.filter((part) => part !== "" && part !== "." && part !== ".."));
}

function versionNumber({ version }: ModuleSource): 0 | 1 {
  return version === "v0" ? 0 : 1;
}

/**
 * Makes a bundle (`.tar.gz`) that this engine and OPA load: the modules, the documents in one `data.json`, a `.manifest` and, with a key, `.signatures.json`. The same content gives the
 * same bytes, but for signatures by ES and PS. Throws a BundleFault for two modules of one name and for a key that can't be used.
 */
export async function writeBundle({
  modules,
  data,
  revision = "",
  roots = [""],
  metadata = {},
  signing,
}: BundleContent): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  const named = new Map<string, ModuleSource>();
  for (const module of modules) {
    const name = pathOf(module);
    if (named.has(name)) throw new BundleFault(`two modules would be ${name} in the bundle`, "Give one of them another name.", module.file);
    named.set(name, module);
  }
  const common = modules.every((one) => versionNumber(one) === 0) && modules.length > 0 ? 0 : 1;
  const others = [...named]
    .filter(([, one]) => versionNumber(one) !== common)
    .map(([name, one]) => [`/${name}`, versionNumber(one)] as const);
  const manifest = {
    revision,
    roots,
    rego_version: common,
    ...(others.length === 0 ? {} : { file_rego_versions: Object.fromEntries(others) }),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
  };
  const files = new Map([
    ["data.json", encoder.encode(`${stringify(data)}\n`)],
    ...[...named].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, { source }]) => [name, encoder.encode(source)] as const),
    [".manifest", encoder.encode(`${stringify(manifest)}\n`)],
  ]);
  if (signing !== undefined) files.set(SIGNATURES, encoder.encode(signBundle(files, signing)));
  return archiveOf(files);
}
