import path from "node:path/posix";
import type { ModuleSource } from "../6-link/program.ts";
import { parseModule } from "../1-parse/parse-module.ts";
import { packagePath } from "../2-resolve/rule-tree.ts";
import { isPlainObject, type PlainObject, type RegoValue } from "../runtime/value.ts";
import { archiveFiles } from "./archive.ts";
import { BundleFault, folderFiles, type BundleFiles, type BundleLimits } from "./bundle-files.ts";
import { DataTree } from "./data-tree.ts";
import type { SourceFault, SourceFileSystem } from "./load-sources.ts";
import { isWithin, readManifest, versionOfFile, wholeManifest, type BundleManifest } from "./manifest.ts";
import { readDocument } from "./read-document.ts";
import { SIGNATURES, verifyBundle, type BundleVerification } from "./signature.ts";

export interface BundleOptions {
  /** The version of modules where the manifest does not say. */
  readonly version: "v0" | "v1" | "auto";
  /** How signatures are verified. Without it a bundle that is signed is refused, unless `skipVerification` is set. */
  readonly verification?: BundleVerification;
  readonly skipVerification?: boolean;
  readonly limits?: BundleLimits;
}

/** A bundle that was loaded. */
export interface LoadedBundle {
  /** As it was named. */
  readonly name: string;
  readonly manifest: BundleManifest;
}

/** What bundles hold together, with all that was wrong. Whoever evaluates them should not where there are faults. */
export interface LoadedBundles {
  readonly bundles: readonly LoadedBundle[];
  readonly modules: readonly ModuleSource[];
  readonly data: PlainObject;
  readonly faults: readonly SourceFault[];
}

const DATA = /(?:^|\/)data\.(?:json|ya?ml)$/u;
const MODULE = /\.rego$/u;
const REMEDY = "Put it below a root of the .manifest, or add a root for it.";

class BundleLoader {
  readonly bundles: LoadedBundle[] = [];
  readonly modules: ModuleSource[] = [];
  readonly tree: DataTree = new DataTree();
  readonly #system: SourceFileSystem;
  readonly #options: BundleOptions;

  constructor(system: SourceFileSystem, options: BundleOptions) {
    this.#system = system;
    this.#options = options;
  }

  /** Loads one bundle, whole or not at all. Throws a BundleFault, or what the system says. */
  async load(name: string): Promise<void> {
    const { limits = {}, version } = this.#options;
    const isFolder = this.#system.list(name) !== null;
    const files = isFolder ? folderFiles(name, this.#system, limits) : await archiveFiles(this.#system.read(name), limits);
    const used = [...files.paths].filter((file) => MODULE.test(file) || DATA.test(file) || file === ".manifest").toSorted();
    this.#verify(files, used, name);
    const text = (file: string): string => new TextDecoder().decode(files.read(file));
    if (files.paths.has("patch.json")) throw new BundleFault("it is the change of another bundle", "Name a whole bundle.", "patch.json");
    const manifest = files.paths.has(".manifest") ? readManifest(text(".manifest")) : wholeManifest;
    this.#demandOwnRoots(manifest);
    const modules = used
      .filter((file) => MODULE.test(file))
      .map((file) => ({ file: path.join(name, file), source: text(file), version: versionOfFile(manifest, file, name) ?? version }));
    for (const module of modules) demandModule(module, manifest, path.relative(name, module.file));
    for (const file of used.filter((one) => DATA.test(one))) this.#document(name, file, text(file), manifest);
    this.modules.push(...modules);
    this.bundles.push({ name, manifest });
  }

  #verify(files: BundleFiles, used: readonly string[], name: string): void {
    const { verification, skipVerification = false } = this.#options;
    if (skipVerification) return;
    if (verification !== undefined) verifyBundle(files, used, path.normalize(name).replace(/\/$/u, ""), verification);
    else if (files.paths.has(SIGNATURES))
      throw new BundleFault(
        "the bundle is signed, and there is no key to verify it with",
        "Give --verification-key, or --skip-verify to use it unverified.",
        SIGNATURES,
      );
  }

  #demandOwnRoots({ roots }: BundleManifest): void {
    for (const other of this.bundles) {
      for (const root of roots) {
        const both = other.manifest.roots.find((one) => isWithin(one, root) || isWithin(root, one));
        if (both === undefined) continue;
        const message = `its root ${JSON.stringify(root)} overlaps ${JSON.stringify(both)} of ${other.name}`;
        throw new BundleFault(message, "Each place below data belongs to one bundle: give them roots of their own.", ".manifest");
      }
    }
  }

  #document(name: string, file: string, text: string, { roots }: BundleManifest): void {
    const place = path.dirname(file) === "." ? [] : path.dirname(file).split("/");
    const { value, fault } = readDocument(file, text);
    if (fault !== null) throw new BundleFault(fault, "Correct it.", file);
    if (place.length === 0 && !isPlainObject(value))
      throw new BundleFault("the document at the root of data is no object", "Put it into a folder.", file);
    const outside = placeOutside(value, place, roots);
    if (outside !== null) throw new BundleFault(`data.${outside.join(".")} is outside of the roots ${JSON.stringify(roots)}`, REMEDY, file);
    const conflict = this.tree.add(place, value, path.join(name, file));
    if (conflict === null) return;
    const message = `data.${conflict.path.join(".")} is in ${conflict.other} already`;
    throw new BundleFault(message, "Objects are merged, other values are not: take it from one of the two files.", file);
  }
}

/** A place of a document that no root permits; null where all of it is permitted. */
function placeOutside(value: RegoValue, place: readonly string[], roots: readonly string[]): readonly string[] | null {
  const at = place.join("/");
  if (roots.some((root) => isWithin(root, at))) return null;
  const leads = at === "" ? roots.length > 0 : roots.some((root) => isWithin(at, root));
  if (!leads || !isPlainObject(value)) return at === "" && isPlainObject(value) && Object.keys(value).length === 0 ? null : place;
  for (const [key, inner] of Object.entries(value)) {
    const outside = placeOutside(inner, [...place, key], roots);
    if (outside !== null) return outside;
  }
  return null;
}

/** A module that does not parse is told when it is compiled. */
function demandModule({ file, source, version }: ModuleSource, { roots }: BundleManifest, inner: string): void {
  if (roots.includes("")) return;
  const versions = version === "auto" ? (["v1", "v0"] as const) : [version ?? "v1"];
  const parsed = versions.map((one) => parseModule(source, { file, version: one }).module).find((one) => one !== null);
  if (parsed === undefined || parsed === null) return;
  const place = packagePath(parsed).join("/");
  if (roots.some((root) => isWithin(root, place))) return;
  throw new BundleFault(`its package ${packagePath(parsed).join(".")} is outside of the roots ${JSON.stringify(roots)}`, REMEDY, inner);
}

/**
 * Loads bundles, each an archive (`.tar.gz`) or a folder, as `opa eval --bundle` does: `.rego` files, and of documents only those called `data.json` and `data.yaml`, each at the path of its folder. Goes on
 * after a fault with the next bundle, and tells all of them.
 */
export async function loadBundles(names: readonly string[], system: SourceFileSystem, options: BundleOptions): Promise<LoadedBundles> {
  const loader = new BundleLoader(system, options);
  const faults: SourceFault[] = [];
  for (const name of names) {
    try {
      await loader.load(name);
    } catch (error) {
      faults.push(faultOf(name, error));
    }
  }
  return { bundles: loader.bundles, modules: loader.modules, data: loader.tree.value, faults };
}

function faultOf(name: string, error: unknown): SourceFault {
  if (error instanceof BundleFault)
    return { file: error.file === null ? name : path.join(name, error.file), message: error.message, remedy: error.remedy };
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  if (code === null) throw error;
  const message = code === "ENOENT" ? "there is no such file or folder" : `it can't be read (${code})`;
  return { file: name, message, remedy: "Name a bundle that exists and can be read." };
}
