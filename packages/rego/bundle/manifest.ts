// A bundle's `.manifest`: https://www.openpolicyagent.org/docs/management-bundles#bundle-file-format
import { compileGlob } from "../builtins/glob.ts";
import { fromJson } from "../runtime/json.ts";
import { isArray, isPlainObject, type PlainObject, type RegoValue } from "../runtime/value.ts";
import { own } from "../runtime/own.ts";
import { BundleFault } from "./bundle-files.ts";

/** What a bundle says of itself. */
export interface BundleManifest {
  readonly revision: string;
  /** The places below `data` that are the bundle's, with slashes between their names; `""` is everything. None within another. */
  readonly roots: readonly string[];
  /** The version of the language; undefined where the bundle does not say. */
  readonly regoVersion: "v0" | "v1" | undefined;
  /** By globs of files. */
  readonly fileRegoVersions: ReadonlyMap<string, "v0" | "v1">;
  readonly metadata: PlainObject;
}

/** That of a bundle without a manifest. */
export const wholeManifest: BundleManifest = {
  revision: "",
  roots: [""],
  regoVersion: undefined,
  fileRegoVersions: new Map(),
  metadata: {},
};

const REMEDY = "Correct the .manifest, or make the bundle anew.";

function fault(message: string): BundleFault {
  return new BundleFault(message, REMEDY, ".manifest");
}

function versionOf(value: RegoValue | undefined, name: string): "v0" | "v1" | undefined {
  if (value === undefined) return undefined;
  if (value === 0 || value === 1) return value === 0 ? "v0" : "v1";
  throw fault(`${name} is neither 0 nor 1`);
}

function objectOf(value: RegoValue | undefined, name: string): PlainObject {
  if (value === undefined || value === null) return {};
  if (!isPlainObject(value)) throw fault(`${name} is no object`);
  return value;
}

/** Whether one place is the other or lies in it. */
export function isWithin(root: string, place: string): boolean {
  return root === "" || place === root || place.startsWith(`${root}/`);
}

function rootsOf(value: RegoValue | undefined): readonly string[] {
  if (value === undefined || value === null) return [""];
  if (!isArray(value) || !value.every((one) => typeof one === "string")) throw fault("roots is no list of texts");
  const roots = value.map((one) => one.replaceAll(/^\/+|\/+$/gu, ""));
  roots.forEach((root, i) => {
    const other = roots.find((one, j) => j !== i && isWithin(one, root));
    if (other !== undefined) throw fault(`its roots overlap: ${JSON.stringify(root)} is within ${JSON.stringify(other)}`);
  });
  return roots;
}

/** Reads a manifest. Throws a BundleFault for what is none; members that are not known say nothing. */
export function readManifest(text: string): BundleManifest {
  let value: RegoValue;
  try {
    value = fromJson(text);
  } catch (error) {
    throw fault(`it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const members = objectOf(value, "it");
  const revision = own(members, "revision") ?? "";
  if (typeof revision !== "string") throw fault("revision is no text");
  const versions = Object.entries(objectOf(own(members, "file_rego_versions"), "file_rego_versions")).map(([glob, version]) => {
    if (compileGlob(glob, ["/"]) === undefined) throw fault(`file_rego_versions: ${JSON.stringify(glob)} is no pattern`);
    return [glob, versionOf(version, `file_rego_versions: ${glob}`) ?? "v1"] as const;
  });
  return {
    revision,
    roots: rootsOf(own(members, "roots")),
    regoVersion: versionOf(own(members, "rego_version"), "rego_version"),
    fileRegoVersions: new Map(versions),
    metadata: objectOf(own(members, "metadata"), "metadata"),
  };
}

/** The version that a manifest says a file is in; undefined where it says none. Patterns may begin with a slash, or with the folder of the bundle. */
export function versionOfFile({ regoVersion, fileRegoVersions }: BundleManifest, file: string, bundle: string): "v0" | "v1" | undefined {
  for (const [glob, version] of fileRegoVersions) {
    const pattern = compileGlob(glob, ["/"]);
    if ([file, `/${file}`, `${bundle}/${file}`].some((name) => pattern?.test(name) === true)) return version;
  }
  return regoVersion;
}
