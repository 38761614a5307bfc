import path from "node:path";
import { depthIn, groupOf, type ObjectPath } from "@holdfast/core";
import { readYaml } from "../read-yaml.ts";
import type { LoadedResource, Origin, Patchable, PatchPlace, ResourceOrigins } from "../loaders/define.ts";
import { isFields, listOf, scalarText, textOf, type Fields } from "./kustomization.ts";
import { chainTo, chainToRemote, withoutAffixes } from "./chains.ts";
import { matchPath, mayBe } from "./match-path.ts";
import { sourceOf, type Overlay, type OverlayNode } from "./overlay.ts";
import { fieldSteps, type CopiedField } from "./entries.ts";
import { selects, type PatchedObject, type Setting } from "./patch.ts";
import { keyAt, placeAt, type YamlPlace } from "./place.ts";
import { OverlaySettings } from "./settings-of.ts";

/** Where Kustomize says that an object comes from: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/buildmetadata */
export interface BuildOrigin {
  /** The file that it stands in, from the root's folder. */
  readonly path?: string;
  /** The file that configures its generator. */
  readonly configuredIn?: string;
  /** The kind of its generator. */
  readonly generator?: string;
  /** The repository that it was fetched from. */
  readonly repository?: string;
}

/** The generator that starts Helm: what it makes stands in a chart. */
const CHART_GENERATOR = "HelmChartInflationGenerator";

/** An object's place, and where its fields come from. */
export interface PlacedObject {
  readonly file: string;
  readonly line: number;
  readonly origins: ResourceOrigins;
}

/** Finds where the fields of an overlay's objects come from: what the overlay does is done again for one field, from its last step to the first. */
export class OverlaySources {
  readonly #overlay: Overlay;
  readonly #cwd: string;
  readonly #settings: OverlaySettings;
  readonly #files = new Map<string, readonly LoadedResource[]>();
  readonly #placed: { readonly patched: PatchedObject; readonly origins: ObjectOrigins }[] = [];

  /** `rendered` are objects of files that a tool wrote, which have origins of their own. */
  constructor(overlay: Overlay, cwd: string, rendered: ReadonlyMap<string, readonly LoadedResource[]> = new Map()) {
    for (const [file, resources] of rendered) this.#files.set(file, resources);
    this.#overlay = overlay;
    this.#cwd = cwd;
    this.#settings = new OverlaySettings(overlay, cwd, (field) => this.#copied(field));
  }

  place(object: Fields, origin: BuildOrigin): PlacedObject {
    const { kustomization: root } = this.#overlay.root;
    const from = origin.path ?? origin.configuredIn;
    const file = from === undefined ? undefined : path.resolve(root.folder, from);
    const fetched = origin.repository === undefined ? undefined : chainToRemote(this.#overlay.root, origin.repository);
    const chain = fetched?.chain ?? (file === undefined ? undefined : chainTo(this.#overlay.root, file));
    const base = file === undefined || origin.path === undefined ? undefined : this.#baseOf(file, object);
    const whole: YamlPlace =
      base === undefined
        ? { text: chain?.at(-1)?.kustomization.text ?? root.text, nodes: (chain?.at(-1)?.kustomization ?? root).document.nodes, node: 0 }
        : base.source;
    const nodes = chain ?? [this.#overlay.root];
    const patched = patchedObject(object, base, nodes);
    const canBePatched =
      base !== undefined ? base.origins === undefined : origin.repository !== undefined || origin.generator === CHART_GENERATOR;
    const made = new ObjectOrigins({
      object,
      base,
      whole,
      settings: () => this.#settingsOf(patched, nodes),
      ...(fetched === undefined ? {} : { fetched: fetched.entry }),
      ...(canBePatched ? { patchable: () => this.#patchable(patched, base, nodes) } : {}),
    });
    this.#placed.push({ patched, origins: made });
    if (base?.origins !== undefined) return { file: base.file, line: base.line, origins: made };
    if (base === undefined && fetched !== undefined) {
      const { text, start } = fetched.entry;
      return { file: text.file, line: text.lines.placeOf(start).line, origins: made };
    }
    const start = made.start();
    return { file: whole.text.file, line: whole.text.lines.placeOf(start).line, origins: made };
  }

  /** The object of a file that an object was made from: it has its kind, and a name that became its name. */
  #baseOf(file: string, object: Fields): LoadedResource | undefined {
    const group = groupOf(String(object["apiVersion"]));
    const name = nameOf(object);
    const candidates = this.#resourcesOf(file).filter((one) => one.kind === object["kind"] && groupOf(one.apiVersion) === group);
    const fitting = candidates
      .filter((one) => one.name !== "" && name.includes(one.name))
      .toSorted((a, b) => b.name.length - a.name.length);
    const namespace = namespaceOf(object);
    const [longest] = fitting;
    return fitting.find((one) => one.name === longest?.name && one.namespace === namespace) ?? longest ?? candidates[0];
  }

  #resourcesOf(file: string): readonly LoadedResource[] {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const text = sourceOf(this.#overlay, file, this.#cwd);
    const outcomes = text === undefined ? [] : readYaml(text, { template: false, syntax: "yaml-syntax" });
    const made = outcomes.flatMap((one) => (one.kind === "produced" ? one.resources : []));
    this.#files.set(file, made);
    return made;
  }

  /** Where a field that a replacement copies comes from. */
  #copied({ source, fieldPath }: CopiedField): Origin | undefined {
    const exactly = Object.fromEntries(
      Object.entries(source).map(([key, value]) => [key, key === "name" || key === "namespace" ? literally(String(value)) : value]),
    );
    const found = this.#placed.find(({ patched }) => selects(exactly, patched));
    const steps = found === undefined ? undefined : fieldSteps(fieldPath, found.patched.object);
    return steps === undefined ? undefined : found?.origins.originOf(steps);
  }

  #patchable(patched: PatchedObject, base: LoadedResource | undefined, chain: readonly OverlayNode[]): Patchable {
    const inward = [...chain.entries()].toReversed();
    const places = inward.flatMap(([depth, { kustomization }]): readonly PatchPlace[] => {
      if (kustomization.made !== undefined) return [];
      const { text, document } = kustomization;
      return [
        {
          kustomization: { text, nodes: document.nodes, node: 0, value: document.value },
          name: base?.name ?? withoutAffixes(nameOf(patched.object), chain.slice(0, depth + 1)),
          namespace: base?.namespace ?? "",
          patches: this.#settings.patchesFor(kustomization, patched),
        },
      ];
    });
    return { base: base?.file, places };
  }

  #settingsOf(patched: PatchedObject, chain: readonly OverlayNode[]): readonly Setting[] {
    const settings: Setting[] = [];
    const add = (node: OverlayNode): void => {
      for (const component of node.components) add(component);
      settings.push(...this.#settings.of(node.kustomization, patched));
    };
    for (const [index, node] of chain.toReversed().entries()) {
      const inner = chain[chain.length - index];
      // What comes from a component has been seen neither by those before it, nor again by itself.
      const passed = inner === undefined ? -1 : node.components.indexOf(inner);
      for (const component of node.components.slice(passed + 1)) add(component);
      settings.push(...this.#settings.of(node.kustomization, patched));
    }
    return settings;
  }
}

/** A name is no pattern where a replacement copies from. */
function literally(name: string): string {
  return name.replaceAll(".", "\\.");
}

function metadataOf(object: Fields): Fields {
  return isFields(object["metadata"]) ? object["metadata"] : {};
}

function nameOf(object: Fields): string {
  return scalarText(metadataOf(object)["name"]);
}

function namespaceOf(object: Fields): string {
  return scalarText(metadataOf(object)["namespace"]);
}

/** An object with the names that it has had on its way, from the innermost kustomization to the root. */
function patchedObject(object: Fields, base: LoadedResource | undefined, chain: readonly OverlayNode[]): PatchedObject {
  const names = new Set([nameOf(object)]);
  const namespaces = new Set([namespaceOf(object)]);
  // What was fetched had its name before these kustomizations changed it.
  if (base === undefined) for (const depth of chain.keys()) names.add(withoutAffixes(nameOf(object), chain.slice(0, depth + 1)));
  const starts = base === undefined ? chain.flatMap(generatedNames) : [base.name];
  for (const start of starts) {
    let name = start;
    names.add(name);
    for (const { kustomization } of chain.toReversed()) {
      name = `${textOf(kustomization.fields["namePrefix"]) ?? ""}${name}${textOf(kustomization.fields["nameSuffix"]) ?? ""}`;
      names.add(name);
    }
  }
  for (const { kustomization } of chain) namespaces.add(textOf(kustomization.fields["namespace"]) ?? "");
  if (base !== undefined) namespaces.add(base.namespace);
  const labels = [object, base?.object].flatMap((one) => {
    const found = one === undefined ? undefined : metadataOf(one)["labels"];
    return isFields(found) ? [found] : [];
  });
  return { object, names: [...names], namespaces: [...namespaces], labels };

  /** Names of generated objects that may be this one: Kustomize adds a hash to them. */
  function generatedNames({ kustomization: { fields } }: OverlayNode): readonly string[] {
    return [...listOf(fields["configMapGenerator"]), ...listOf(fields["secretGenerator"])].flatMap((one) => {
      const name = isFields(one) ? textOf(one["name"]) : undefined;
      return name !== undefined && nameOf(object).includes(name) ? [name] : [];
    });
  }
}

const UNKNOWN = "what sets it is not one of Kustomize's own steps that can be followed";

/** Origins that know the object of a file which the object was made from. */
export interface OriginsWithBase extends ResourceOrigins {
  readonly base: LoadedResource | undefined;
}

/** What is known of an object's way. */
interface ObjectsWay {
  readonly object: Fields;
  readonly base: LoadedResource | undefined;
  readonly whole: YamlPlace;
  readonly settings: () => readonly Setting[];
  /** Of what was fetched: the entry that names it. */
  readonly fetched?: Origin;
  readonly patchable?: () => Patchable;
}

class ObjectOrigins implements OriginsWithBase {
  readonly #object: Fields;
  readonly #base: LoadedResource | undefined;
  readonly #whole: YamlPlace;
  readonly #makeSettings: () => readonly Setting[];
  readonly #fetched: Origin | undefined;
  readonly #makePatchable: (() => Patchable) | undefined;
  #settings: readonly Setting[] | undefined;

  constructor({ object, base, whole, settings, fetched, patchable }: ObjectsWay) {
    this.#object = object;
    this.#base = base;
    this.#whole = whole;
    this.#makeSettings = settings;
    this.#fetched = fetched;
    this.#makePatchable = patchable;
  }

  readonly patchable = (): Patchable | undefined => this.#makePatchable?.();

  get base(): LoadedResource | undefined {
    return this.#base;
  }

  /** What the overlay does is in memory already; its base may be rendered itself. */
  readonly prepare = async (): Promise<void> => this.#base?.origins?.prepare();

  /** The settings, the last first. */
  get #last(): readonly Setting[] {
    this.#settings ??= this.#makeSettings().toReversed();
    return this.#settings;
  }

  /** Where the object starts: in its base, else where it is generated. */
  start(): number {
    if (this.#base !== undefined) return this.#whole.nodes.start(this.#whole.node);
    return this.#generator()?.start ?? this.#whole.nodes.start(this.#whole.node);
  }

  readonly originOf = (steps: ObjectPath): Origin => {
    const depth = depthIn(this.#object, steps);
    const set = depth === steps.length && depth > 0 ? this.#setter(steps) : undefined;
    if (set !== undefined) return set;
    const removed = depth < steps.length ? this.#removal(steps) : undefined;
    if (removed !== undefined) return removed;
    for (let length = Math.min(depth, steps.length - 1); length > 0; length -= 1) {
      // Something that is missing from the metadata as such is looked for at the name.
      if (length === 1 && steps[0] === "metadata") break;
      const found = this.#enclosing(steps.slice(0, length));
      if (found !== undefined) return depth === steps.length ? { ...found, reason: UNKNOWN } : found;
    }
    return this.#name();
  };

  /** What sets a value that is there: the last step that sets it, else the base. */
  #setter(steps: ObjectPath): Origin | undefined {
    let other: Origin | undefined;
    for (const setting of this.#last) {
      const found = setting.sets(steps, this.#object);
      if (found?.exact === true) return found;
      other ??= found;
    }
    if (this.#base === undefined) return other;
    const { steps: own, value } = matchPath(steps, this.#object, this.#base.object);
    if (own.length !== steps.length) return other;
    if (this.#base.origins !== undefined) return this.#base.origins.originOf(own);
    if (mayBe(value, matchPath(steps, this.#object, this.#object).value)) return placeAt(this.#base.source, own, true);
    // A JSON patch calls items of lists by the places that they had; a later patch may have put others before them.
    for (const setting of this.#last) {
      const found = setting.sets(steps, this.#object, own);
      if (found?.exact === true) return found;
    }
    return other ?? placeAt(this.#base.source, own, false, "something in the overlay changes what stands here");
  }

  /** What takes a field away that would be there. */
  #removal(steps: ObjectPath): Origin | undefined {
    for (const setting of this.#last) {
      const found = setting.removes?.(steps, this.#object);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** What holds a field that is not there: the last patch that sets something beside it, else the base. */
  #enclosing(steps: ObjectPath): Origin | undefined {
    for (const setting of this.#last) {
      const found = setting.touches(steps, this.#object);
      if (found !== undefined) return found;
    }
    if (this.#base === undefined) return undefined;
    const { steps: own } = matchPath(steps, this.#object, this.#base.object);
    if (own.length !== steps.length) return undefined;
    return this.#base.origins === undefined ? keyAt(this.#base.source, own) : { ...this.#base.origins.originOf(own), exact: false };
  }

  #generator(): Origin | undefined {
    for (const setting of this.#last) {
      const found = setting.touches([], this.#object);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #name(): Origin {
    if (this.#base === undefined) {
      if (this.#fetched !== undefined) return this.#fetched;
      const generator = this.#generator();
      return generator ?? { ...placeAt(this.#whole, [], false, "the object is made by a generator"), end: this.#whole.nodes.start(0) };
    }
    if (this.#base.origins !== undefined) return this.#base.origins.originOf([]);
    const { steps } = matchPath(["metadata", "name"], this.#base.object, this.#base.object);
    return placeAt(this.#base.source, steps.length === 2 ? steps : [], false);
  }
}
