import path from "node:path";
import { systemReason } from "../file-system.ts";
import type { LoaderAccess } from "../loaders/define.ts";
import type { OverlayProblemCode } from "../overlay-problems.ts";
import { SourceText } from "../../yaml/source-text.ts";
import { displayName, isFields, kustomizationOf, listOf, textOf, type Kustomization } from "./kustomization.ts";
import { patchesIn } from "./patch.ts";
import { isRemote, PLUGIN_KEYS, pluginReferences, referencesOf, rendersCharts } from "./references.ts";

/** Why an overlay is not built. */
export class OverlayFault extends Error {
  readonly code: OverlayProblemCode;
  readonly reason: string;
  readonly file: string | undefined;

  constructor(code: OverlayProblemCode, reason: string, file?: string) {
    super(reason);
    this.name = "OverlayFault";
    this.code = code;
    this.reason = reason;
    this.file = file;
  }
}

/** A kustomization with what it builds on. */
export interface OverlayNode {
  readonly kustomization: Kustomization;
  /** In order: folders with kustomizations, and files of manifests. */
  readonly bases: readonly (OverlayNode | string)[];
  readonly components: readonly OverlayNode[];
  /** Files and folders of generators, transformers and validators. */
  readonly plugins: readonly (OverlayNode | string)[];
}

/** A root with all that it reads. Paths are those of the machine. */
export interface Overlay {
  readonly root: OverlayNode;
  readonly kustomizations: ReadonlyMap<string, Kustomization>;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const MOST_KUSTOMIZATIONS = 1000;
const MOST_BYTES = 64 * 1024 * 1024;

/** Reads a kustomization and all that it names; `made` are those of folders that have none. Throws an {@link OverlayFault} for what must not be read, or not without the network. */
export async function readOverlay(
  kustomization: Kustomization,
  access: LoaderAccess,
  made: readonly Kustomization[] = [],
): Promise<Overlay> {
  const reader = new OverlayReader(access, await boundaryOf(kustomization.folder, access), made);
  const root = await reader.node(kustomization, []);
  return { root, kustomizations: reader.kustomizations, files: reader.files };
}

/** The folder that bases must lie in: the repository's, else the one that the scan runs in, else any. */
async function boundaryOf(folder: string, { files, cwd }: LoaderAccess): Promise<string> {
  for (let here = folder; path.dirname(here) !== here; here = path.dirname(here)) {
    const isRoot = await files.kindOf(path.join(here, ".git")).then(
      () => true,
      () => false,
    );
    if (isRoot) return files.realPath(here);
  }
  return isWithin(cwd, folder) ? files.realPath(cwd) : path.parse(folder).root;
}

export function isWithin(root: string, target: string): boolean {
  const relative = path.relative(root, target);
  return relative === "" || (relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

/** The innermost folder that all of these lie in. */
export function commonFolder(folders: readonly string[]): string {
  const [first = path.sep, ...rest] = folders;
  let common = first;
  for (const folder of rest)
    while (folder !== common && !folder.startsWith(common.endsWith(path.sep) ? common : common + path.sep)) common = path.dirname(common);
  return common;
}

class OverlayReader {
  readonly kustomizations = new Map<string, Kustomization>();
  readonly files = new Map<string, Uint8Array>();
  readonly #access: LoaderAccess;
  readonly #boundary: string;
  readonly #made: ReadonlyMap<string, Kustomization>;
  readonly #nodes = new Map<string, OverlayNode>();
  #bytes = 0;

  constructor(access: LoaderAccess, boundary: string, made: readonly Kustomization[]) {
    this.#access = access;
    this.#made = new Map(made.map((one) => [one.folder, one]));
    this.#boundary = boundary;
  }

  /** `open` are the folders on the way from the root. */
  async node(kustomization: Kustomization, open: readonly string[]): Promise<OverlayNode> {
    const { folder, fields, text } = kustomization;
    const known = this.#nodes.get(folder);
    if (known !== undefined) return known;
    if (this.kustomizations.size >= MOST_KUSTOMIZATIONS)
      throw new OverlayFault("kustomize-limit", `it builds on more than ${MOST_KUSTOMIZATIONS} kustomizations`);
    this.kustomizations.set(folder, kustomization);
    if (rendersCharts(fields)) await this.#charts(kustomization);
    const bases: (OverlayNode | string)[] = [];
    const components: OverlayNode[] = [];
    const plugins: (OverlayNode | string)[] = [];
    for (const { target, role } of referencesOf(fields)) {
      const found = await this.#resolve(kustomization, target, role, [...open, folder]);
      if (found === undefined) continue;
      if (role === "plugin") await this.#pluginsOf(found, kustomization);
      if (role === "base") bases.push(found);
      else if (role === "plugin") plugins.push(found);
      else if (typeof found !== "string" && role === "component") components.push(found);
      else if (typeof found !== "string")
        throw new OverlayFault("kustomize-failed", `${JSON.stringify(target)} is a folder, not a file`, text.file);
    }
    for (const key of PLUGIN_KEYS)
      for (const one of listOf(fields[key]))
        if (typeof one === "string" && one.includes("\n")) await this.#plugins(new SourceText(text.file, one), kustomization);
    const node: OverlayNode = { kustomization, bases, components, plugins };
    this.#nodes.set(folder, node);
    return node;
  }

  /** Reads what the files of a kustomization's generators and transformers name. */
  async #pluginsOf(found: OverlayNode | string, from: Kustomization): Promise<void> {
    if (typeof found !== "string") {
      for (const base of found.bases) await this.#pluginsOf(base, from);
      return;
    }
    const bytes = this.files.get(found);
    if (bytes !== undefined) await this.#plugins(new SourceText(found, new TextDecoder().decode(bytes)), from);
  }

  /** The same for a text. Kustomize reads their paths from the kustomization that they belong to, wherever they stand. */
  async #plugins(text: SourceText, from: Kustomization): Promise<void> {
    for (const { document } of patchesIn(text)) {
      if (!isFields(document.value)) continue;
      for (const { target } of pluginReferences(document.value)) await this.#resolve(from, target, "file", []);
      if (document.value["kind"] === "HelmChartInflationGenerator")
        await this.#charts({ ...from, fields: { helmCharts: [document.value], helmGlobals: document.value } });
    }
  }

  /** Reads what a kustomization names: undefined for what is not there, which Kustomize then says. */
  async #resolve(from: Kustomization, target: string, role: string, open: readonly string[]): Promise<OverlayNode | string | undefined> {
    const place = path.resolve(from.folder, target);
    const { files } = this.#access;
    const folder = await files.realPath(from.folder).catch(() => from.folder);
    let kind: string;
    let real: string;
    try {
      kind = await files.kindOf(place);
      real = await files.realPath(place);
    } catch {
      if (isRemote(target) && !this.#access.network)
        throw new OverlayFault("overlay-remote", `it refers to ${JSON.stringify(target)}`, from.text.file);
      // What is not there may be elsewhere than here, where Kustomize works on its copy.
      if (!isRemote(target) && !isWithin(this.#boundary, path.resolve(folder, target))) throw this.#outside(from, target, this.#boundary);
      return undefined;
    }
    const bound =
      kind === "directory" ? this.#boundary : this.#access.rendering.overlays?.anyFiles === true ? this.#fileBoundary(folder) : folder;
    if (!isWithin(bound, real)) throw this.#outside(from, target, bound);
    if (kind !== "directory") {
      await this.#file(place);
      return place;
    }
    if (role === "file") return undefined;
    if (open.includes(place))
      throw new OverlayFault("kustomize-failed", `it builds on itself by way of ${JSON.stringify(target)}`, from.text.file);
    const kustomization = this.#made.get(place) ?? (await kustomizationOf(place, this.#access));
    return kustomization === undefined ? undefined : this.node(kustomization, open);
  }

  #outside(from: Kustomization, target: string, bound: string): OverlayFault {
    const where = displayName(bound, this.#access.cwd);
    return new OverlayFault("overlay-outside", `it reads ${JSON.stringify(target)}, which lies outside of ${where}`, from.text.file);
  }

  /** The folder that files must lie in where those of the kustomization's own are not all that are allowed: the repository, else what the user named. */
  #fileBoundary(folder: string): string {
    if (path.parse(this.#boundary).root !== this.#boundary) return this.#boundary;
    return this.#access.roots?.find((root) => isWithin(root, folder)) ?? folder;
  }

  async #file(place: string): Promise<void> {
    if (this.files.has(place)) return;
    let bytes: Uint8Array | undefined;
    try {
      ({ bytes } = await this.#access.files.readFile(place, MOST_BYTES - this.#bytes));
    } catch (error) {
      throw new OverlayFault("kustomize-failed", `${displayName(place, this.#access.cwd)} can't be read: ${systemReason(error)}`);
    }
    if (bytes === undefined) throw new OverlayFault("kustomize-limit", "its files have more than 64 MiB");
    this.#bytes += bytes.length;
    this.files.set(place, bytes);
  }

  /** Charts of the repository that it renders, where that is allowed. */
  async #charts({ folder, fields, text }: Kustomization): Promise<void> {
    if (this.#access.rendering.overlays?.enableHelm !== true) throw new OverlayFault("overlay-helm", "it has helmCharts", text.file);
    const globals = isFields(fields["helmGlobals"]) ? fields["helmGlobals"] : {};
    const home = path.resolve(folder, textOf(globals["chartHome"]) ?? "charts");
    for (const chart of listOf(fields["helmCharts"])) {
      const name = isFields(chart) ? textOf(chart["name"]) : undefined;
      if (name === undefined) continue;
      const place = path.join(home, name);
      const real = await this.#access.files.realPath(place).catch(() => undefined);
      if (real === undefined) {
        if (!this.#access.network)
          throw new OverlayFault("overlay-remote", `the chart ${name} is not in ${displayName(home, this.#access.cwd)}`, text.file);
      } else if (isWithin(await this.#access.files.realPath(folder), real)) await this.#folder(place);
      else throw new OverlayFault("overlay-outside", `it reads the chart ${name} outside of its folder`, text.file);
    }
  }

  async #folder(folder: string): Promise<void> {
    for (const { name, kind } of await this.#access.files.listFolder(folder)) {
      const place = path.join(folder, name);
      if (kind === "directory") await this.#folder(place);
      else if (kind === "file") await this.#file(place);
    }
  }
}

/** A file of an overlay as text. */
export function sourceOf(overlay: Overlay, file: string, cwd: string): SourceText | undefined {
  const bytes = overlay.files.get(file);
  return bytes === undefined ? undefined : new SourceText(displayName(file, cwd), new TextDecoder().decode(bytes));
}
