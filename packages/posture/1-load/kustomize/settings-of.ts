import path from "node:path";
import type { ObjectPath } from "@holdfast/core";
import type { ComposedDocument } from "../../yaml/composed-document.ts";
import type { Origin, ValuedSource } from "../loaders/define.ts";
import type { NodeTable } from "../../yaml/node-table.ts";
import type { SourceText } from "../../yaml/source-text.ts";
import {
  affixEntry,
  ANNOTATION_PARENTS,
  generatedEntry,
  imageEntry,
  namespaceEntry,
  pairsEntry,
  replacementEntry,
  replicasEntry,
  type CopiedField,
  type Entry,
} from "./entries.ts";
import { isFields, listOf, textOf, type Fields, type Kustomization } from "./kustomization.ts";
import { sourceOf, type Overlay } from "./overlay.ts";
import { inlinePatches, isMeantFor, nodeAt, patchesIn, selects, settingOf, type PatchedObject, type Setting } from "./patch.ts";
import type { YamlPlace } from "./place.ts";

type Patch = { readonly document: ComposedDocument; readonly place: YamlPlace };

/** Something with the fields of a kustomization: one, or the file of a transformer. */
interface Holder {
  readonly folder: string;
  readonly text: SourceText;
  readonly nodes: NodeTable;
  /** The node that paths start from. */
  readonly node: number;
  /** The path in the text of what a path names in the fields. */
  readonly where: (steps: ObjectPath) => ObjectPath;
  readonly fields: Fields;
}

const AS_IT_IS = (steps: ObjectPath): ObjectPath => steps;

const LABELS: ReadonlySet<string> = new Set(["labels"]);

/** What kustomizations of an overlay set in objects. Texts of patches are read once. */
export class OverlaySettings {
  readonly #overlay: Overlay;
  readonly #cwd: string;
  readonly #patches = new Map<string, readonly Patch[]>();

  readonly #copied: (field: CopiedField) => Origin | undefined;

  /** `copied` finds where the field of another object comes from. */
  constructor(overlay: Overlay, cwd: string, copied: (field: CopiedField) => Origin | undefined) {
    this.#overlay = overlay;
    this.#cwd = cwd;
    this.#copied = copied;
  }

  /** What a kustomization sets in an object, in the order in which Kustomize does it. */
  of({ folder, text, document, fields, made }: Kustomization, object: PatchedObject): readonly Setting[] {
    const place = made?.place ?? { text, nodes: document.nodes, node: 0 };
    const holder: Holder = { folder, ...place, where: made?.where ?? AS_IT_IS, fields };
    const entry = (...steps: ObjectPath): Entry => entryOf(holder, steps);
    const entries = (key: string): readonly Entry[] => listOf(fields[key]).map((_, index) => entry(key, index));
    return [
      ...[...entries("configMapGenerator"), ...entries("secretGenerator")].flatMap((one) => this.#generated(holder, one, object)),
      ...this.#merged(holder, object),
      ...this.#patched(holder, "patches", object),
      ...(fields["namespace"] === undefined ? [] : [namespaceEntry(entry("namespace"))]),
      ...(fields["namePrefix"] === undefined ? [] : [affixEntry(entry("namePrefix"), "startsWith")]),
      ...(fields["nameSuffix"] === undefined ? [] : [affixEntry(entry("nameSuffix"), "endsWith")]),
      ...(fields["commonLabels"] === undefined ? [] : [pairsEntry(entry("commonLabels"))]),
      ...listOf(fields["labels"]).map((one, index) =>
        pairsEntry(entry("labels", index, "pairs"), isFields(one) && one["includeSelectors"] === true ? undefined : LABELS),
      ),
      ...(fields["commonAnnotations"] === undefined ? [] : [pairsEntry(entry("commonAnnotations"), ANNOTATION_PARENTS)]),
      ...this.#patched(holder, "patchesJson6902", object),
      ...entries("replicas").map((one) => replicasEntry(one, object)),
      ...entries("images").map(imageEntry),
      ...this.#replaced(holder, object),
      ...listOf(fields["transformers"]).flatMap((_, index) => this.#transformers(holder, index, object)),
    ];
  }

  /** The patches that a kustomization has for an object and for no other, as they stand in files. */
  patchesFor({ folder, text, document, fields, made }: Kustomization, object: PatchedObject): readonly ValuedSource[] {
    if (made !== undefined) return [];
    const holder: Holder = { folder, text, nodes: document.nodes, node: 0, where: AS_IT_IS, fields };
    const given = [
      ...listOf(fields["patches"]).flatMap((one, index) => {
        if (!isFields(one)) return [];
        const target = isFields(one["target"]) ? one["target"] : undefined;
        if (target !== undefined && !(isLiteral(target["name"], object.names) && selects(target, object))) return [];
        return this.#patchesOf(holder, one, ["patches", index]).map((patch) => ({ patch, isTargeted: target !== undefined }));
      }),
      ...listOf(fields["patchesStrategicMerge"]).flatMap((one, index) => {
        const written = textOf(one);
        if (written === undefined) return [];
        const patches = written.includes("\n")
          ? this.#inline(holder, ["patchesStrategicMerge", index], written)
          : this.#file(holder, written);
        return patches.map((patch) => ({ patch, isTargeted: false }));
      }),
    ];
    return given.flatMap(({ patch: { document: own, place }, isTargeted }) => {
      if (place.nodes !== own.nodes) return [];
      const isMeant = isTargeted || (isFields(own.value) && isMeantFor(own.value, object));
      return isMeant && typeof own.value === "object" && own.value !== null ? [{ ...place, value: own.value }] : [];
    });
  }

  #generated({ folder }: Holder, entry: Entry, { names, object }: PatchedObject): readonly Setting[] {
    const { name } = isFields(entry.value) ? entry.value : {};
    const kind = entry.steps[0] === "secretGenerator" ? "Secret" : "ConfigMap";
    if (object["kind"] !== kind || !names.includes(String(name))) return [];
    return [generatedEntry(entry, (written) => sourceOf(this.#overlay, path.resolve(folder, written), this.#cwd))];
  }

  /** Replacements stand in the kustomization, or in files of their own, alone or in lists. */
  #replaced(holder: Holder, object: PatchedObject): readonly Setting[] {
    return listOf(holder.fields["replacements"]).flatMap((one, index) => {
      const file = isFields(one) ? textOf(one["path"]) : undefined;
      if (file === undefined) return [replacementEntry(entryOf(holder, ["replacements", index]), object, this.#copied)];
      return this.#file(holder, file).flatMap(({ document: { value }, place }) =>
        Array.isArray(value)
          ? value.map((each: unknown, at) => replacementEntry({ place, steps: [at], value: each }, object, this.#copied))
          : [replacementEntry({ place, steps: [], value }, object, this.#copied)],
      );
    });
  }

  #merged(holder: Holder, object: PatchedObject): readonly Setting[] {
    return listOf(holder.fields["patchesStrategicMerge"]).flatMap((one, index) => {
      const written = textOf(one);
      if (written === undefined) return [];
      const patches = written.includes("\n")
        ? this.#inline(holder, ["patchesStrategicMerge", index], written)
        : this.#file(holder, written);
      return patches.flatMap((patch) => this.#meant(patch, undefined, object));
    });
  }

  #patched(holder: Holder, key: string, object: PatchedObject): readonly Setting[] {
    return listOf(holder.fields[key]).flatMap((one, index) => {
      if (!isFields(one)) return [];
      const target = isFields(one["target"]) ? one["target"] : undefined;
      return this.#patchesOf(holder, one, [key, index]).flatMap((patch) => this.#meant(patch, target, object));
    });
  }

  #patchesOf(holder: Holder, from: Fields, steps: ObjectPath): readonly Patch[] {
    const inline = textOf(from["patch"]);
    if (inline !== undefined) return this.#inline(holder, [...steps, "patch"], inline);
    const file = textOf(from["path"]);
    return file === undefined ? [] : this.#file(holder, file);
  }

  #meant(patch: Patch, target: Fields | undefined, object: PatchedObject): readonly Setting[] {
    const { value } = patch.document;
    const meant = target === undefined ? isFields(value) && isMeantFor(value, object) : selects(target, object);
    const setting = meant ? settingOf(patch) : undefined;
    return setting === undefined ? [] : [setting];
  }

  #inline({ text, nodes, node: from, where }: Holder, steps: ObjectPath, written: string): readonly Patch[] {
    return this.#once(`${text.file} ${from} ${steps.join("/")}`, () => {
      const node = nodeAt(nodes, from, where(steps));
      return node === undefined ? [] : inlinePatches(text, nodes, node, written);
    });
  }

  #file({ folder }: Holder, written: string): readonly Patch[] {
    const file = path.resolve(folder, written);
    return this.#once(file, () => {
      const text = sourceOf(this.#overlay, file, this.#cwd);
      return text === undefined ? [] : patchesIn(text);
    });
  }

  #once(name: string, make: () => readonly Patch[]): readonly Patch[] {
    const made = this.#patches.get(name) ?? make();
    this.#patches.set(name, made);
    return made;
  }

  /** Transformers that stand in files of their own, or as texts: those of Kustomize itself. */
  #transformers(holder: Holder, index: number, object: PatchedObject): readonly Setting[] {
    const written = textOf(listOf(holder.fields["transformers"])[index]);
    if (written === undefined) return [];
    const place = path.resolve(holder.folder, written);
    const node = this.#overlay.kustomizations.get(place);
    const documents = written.includes("\n")
      ? this.#inline(holder, ["transformers", index], written)
      : node === undefined
        ? this.#file(holder, written)
        : listOf(node.fields["resources"]).flatMap((one) => this.#file({ ...holder, folder: place }, textOf(one) ?? ""));
    return documents.flatMap(({ document, place: at }) => {
      if (!isFields(document.value) || at.nodes !== document.nodes) return [];
      // Kustomize reads paths from the kustomization, wherever the transformer stands.
      return this.#transformer({ folder: holder.folder, ...at, where: AS_IT_IS, fields: document.value }, object);
    });
  }

  #transformer(holder: Holder, object: PatchedObject): readonly Setting[] {
    const { fields } = holder;
    const entry = (...steps: ObjectPath): Entry => entryOf(holder, steps);
    switch (fields["kind"]) {
      case "LabelTransformer":
        return [pairsEntry(entry("labels"))];
      case "AnnotationsTransformer":
        return [pairsEntry(entry("annotations"), ANNOTATION_PARENTS)];
      case "NamespaceTransformer":
        return [namespaceEntry(entry("metadata", "namespace"))];
      case "PrefixTransformer":
        return [affixEntry(entry("prefix"), "startsWith")];
      case "SuffixTransformer":
        return [affixEntry(entry("suffix"), "endsWith")];
      case "ImageTagTransformer":
        return [imageEntry(entry("imageTag"))];
      case "ReplicaCountTransformer":
        return [replicasEntry(entry("replica"), object)];
      case "ReplacementTransformer":
        return this.#replaced(holder, object);
      case "PatchTransformer": {
        const target = isFields(fields["target"]) ? fields["target"] : undefined;
        return this.#patchesOf(holder, fields, []).flatMap((patch) => this.#meant(patch, target, object));
      }
      default:
        return [];
    }
  }
}

/** Whether a target names one object, and not several by a pattern. */
function isLiteral(pattern: unknown, names: readonly string[]): boolean {
  const name = textOf(pattern)?.replaceAll(/\\(.)/gu, "$1");
  return name !== undefined && names.includes(name);
}

function entryOf({ text, nodes, node, where, fields }: Holder, steps: ObjectPath): Entry {
  let value: unknown = fields;
  for (const step of steps) value = Array.isArray(value) ? (value[Number(step)] as unknown) : isFields(value) ? value[step] : undefined;
  return { place: { text, nodes, node }, steps: where(steps), value };
}
