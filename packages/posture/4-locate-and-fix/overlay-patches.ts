import { valueAt, type Fix } from "@holdfast/core";
import { isFields } from "../1-load/kustomize/kustomization.ts";
import type { LoadedResource, Patchable, PatchPlace, ValuedSource } from "../1-load/loaders/define.ts";
import type { Change } from "./change-plan.ts";
import { distinctChanges } from "./distinct-changes.ts";
import { changeEdits, changeOf } from "./fix-edits.ts";
import { changedObject, jsonPatch, mergedChanges, mergePatch, mergesLists, type PatchBody } from "./object-patch.ts";
import { blockLines } from "./render-value.ts";
import { applyEdits, joinEdits, type TextEdit } from "./text-edit.ts";
import { textStyle } from "./text-style.ts";

/** What is wished of an object that Kustomize built, and the kustomization that is to patch it. */
export interface PatchWish {
  readonly resource: LoadedResource;
  /** Of these, the ones of kind `set` and `remove`. */
  readonly fixes: readonly Fix[];
  readonly place: PatchPlace;
  /** `merge`: a strategic merge patch; `json`: a JSON patch, for what the other can't say. */
  readonly form: "merge" | "json";
  /** The file that the patch stands in, or is to stand in. */
  readonly file: string;
}

/** A file with patches; of one that is new there is nothing before, and a kustomization names it. */
export interface PatchText {
  readonly file: string;
  readonly before: string | null;
  readonly after: string;
  /** Places of the wishes that are in it. */
  readonly taken: readonly number[];
  /** The kustomization that names a new file. */
  readonly namedBy?: string;
}

export interface PatchTexts {
  readonly texts: readonly PatchText[];
  /** Wishes that no patch can fulfil, by their places, and why. */
  readonly refused: ReadonlyMap<number, string>;
}

/** Where an object that Kustomize built can be patched; undefined for all others. */
export function patchableOf(resource: LoadedResource): Patchable | undefined {
  return resource.origins?.patchable?.();
}

/** The file that a patch of an object stands in, else a name for a new one. `isTaken` says which files there are already. */
export function patchFileOf(
  { kind, name }: Pick<LoadedResource, "kind" | "name">,
  place: PatchPlace,
  form: PatchWish["form"],
  isTaken: (file: string) => boolean,
): string {
  const known = patchIn(place, form);
  if (known !== undefined) return known.text.file;
  const { file } = place.kustomization.text;
  const folder = file.slice(0, file.lastIndexOf("/") + 1);
  const stem = `${folder}patch-${kind}-${place.name || name}`.toLowerCase().replaceAll(/[^\w./-]/gu, "-");
  for (let count = 1; ; count += 1) {
    const candidate = `${stem}${count === 1 ? "" : `-${count}`}.yaml`;
    if (!isTaken(candidate)) return candidate;
  }
}

/** The last of an object's patches that has a form, since what it says counts most. */
function patchIn({ patches }: PatchPlace, form: PatchWish["form"]): ValuedSource | undefined {
  return patches.findLast((one) => one.nodes.isSequence(one.node) === (form === "json"));
}

/** Writes patches: what an object has already is extended, else there is a new file, which its kustomization names. Every byte that needn't change stays. */
export function patchTexts(wishes: readonly PatchWish[]): PatchTexts {
  const refused = new Map<number, string>();
  const edits = new Map<string, { readonly before: string; edits: TextEdit[]; readonly taken: number[] }>();
  const made: PatchText[] = [];
  // By file: overlays that share a kustomization have each read it.
  const entries = new Map<string, { readonly place: PatchPlace; readonly values: unknown[] }>();
  const groups = Map.groupBy(wishes.keys(), (at) => {
    const { file, form, place, resource } = wishes[at] ?? {};
    return JSON.stringify([file, form, place?.name, place?.namespace, resource?.kind, resource?.apiVersion]);
  });
  for (const places of groups.values()) {
    const [first] = places;
    const wish = first === undefined ? undefined : wishes[first];
    if (wish === undefined) continue;
    const { resource, place, form, file } = wish;
    const changes = distinctChanges(places.flatMap((at) => (wishes[at]?.fixes ?? []).flatMap((fix) => switchedOff(resource, fix))));
    const body = bodyOf(resource, changes, form);
    if (typeof body === "string") {
      for (const at of places) refused.set(at, body);
      continue;
    }
    const known = patchIn(place, form);
    if (known === undefined) {
      made.push({ file, before: null, after: newText(resource, place, body), taken: places, namedBy: place.kustomization.text.file });
      const entry = entries.get(place.kustomization.text.file) ?? { place, values: [] };
      entry.values.push(entryFor(resource, place, file));
      entries.set(place.kustomization.text.file, entry);
      continue;
    }
    const extended = extension(known, body);
    const outcome = extended.length === 0 ? { reason: "the patch says so already" } : changeEdits({ source: known }, extended);
    if (!("edits" in outcome)) for (const at of places) refused.set(at, outcome.reason);
    else addEdits(known.text.file, known.text.text, outcome.edits, places);
  }
  for (const { place, values } of entries.values()) {
    const { text, value } = place.kustomization;
    const outcome = changeEdits({ source: place.kustomization }, entryChanges(value, values));
    if ("edits" in outcome) addEdits(text.file, text.text, outcome.edits, []);
    else
      for (const { taken } of made.filter(({ namedBy }) => namedBy === text.file).flatMap((one) => made.splice(made.indexOf(one), 1)))
        for (const at of taken) refused.set(at, `its patches can't be extended: ${outcome.reason}`);
  }
  const changed = [...edits].map(([file, { before, edits: own, taken }]): PatchText => ({
    file,
    before,
    after: applyEdits(before, own),
    taken,
  }));
  return { texts: [...changed, ...made].toSorted((a, b) => (a.file < b.file ? -1 : 1)), refused };

  function addEdits(file: string, before: string, more: readonly TextEdit[], places: readonly number[]): void {
    const known = edits.get(file) ?? { before, edits: [], taken: [] };
    const joined = joinEdits([...known.edits, ...more]);
    // What gets in the way of something else waits for its turn.
    if (joined === null) return;
    edits.set(file, { before, edits: joined, taken: [...known.taken, ...places] });
  }
}

/** What the patch must say; a text that says why none can. */
function bodyOf(resource: LoadedResource, changes: readonly Change[], form: PatchWish["form"]): PatchBody | string {
  if (changes.length === 0) return "no fix says what to set or remove";
  if (form === "json") return jsonPatch(resource.object, changes);
  const throughList = changes.some(({ path }) => path.some((step) => typeof step === "number"));
  if (throughList && !mergesLists(resource.apiVersion)) return "how lists of this kind are merged is not known";
  const after = changedObject(resource.object, changes);
  const patch = after === null ? undefined : mergePatch(resource.object, after);
  return isFields(patch) ? patch : "nothing would change";
}

/** The changes of a fix. A switch is turned off, where it would be taken away: that says what is meant. */
function switchedOff(resource: LoadedResource, fix: Fix): readonly Change[] {
  return changeOf(resource, fix).map((change) =>
    change.kind === "remove" && valueAt(resource.object, change.path) === true ? { kind: "set", path: change.path, value: false } : change,
  );
}

/** A file with a patch: a strategic merge patch says what it is for. */
function newText({ apiVersion, kind }: LoadedResource, { name, kustomization }: PatchPlace, body: PatchBody): string {
  const style = textStyle(kustomization.nodes);
  const value = Array.isArray(body)
    ? body
    : { apiVersion, kind, metadata: { name }, ...withMetadata(body as Readonly<Record<string, unknown>>, name) };
  return blockLines(value, 0, style)
    .map((line) => line + style.lineBreak)
    .join("");
}

function withMetadata(body: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const { metadata, ...rest } = body;
  return isFields(metadata) ? { metadata: { name, ...metadata }, ...rest } : rest;
}

/** What a patch that is there has to say more. */
function extension({ value: own }: ValuedSource, body: PatchBody): readonly Change[] {
  if (Array.isArray(own)) return (body as readonly unknown[]).map((value, at) => ({ kind: "set", path: [own.length + at], value }));
  return mergedChanges(own, body);
}

/** Adds entries to the patches of a kustomization. */
function entryChanges(kustomization: unknown, entries: readonly unknown[]): readonly Change[] {
  const patches = isFields(kustomization) ? kustomization["patches"] : undefined;
  if (!Array.isArray(patches)) return [{ kind: "set", path: ["patches"], value: entries }];
  return entries.map((value, at) => ({ kind: "set", path: ["patches", patches.length + at], value }));
}

/** Names a patch, and the object that it is for. */
function entryFor({ apiVersion, kind }: LoadedResource, { name, namespace, kustomization }: PatchPlace, file: string): unknown {
  const from = kustomization.text.file.lastIndexOf("/") + 1;
  const slash = apiVersion.indexOf("/");
  return {
    path: file.slice(from),
    target: {
      ...(slash === -1 ? {} : { group: apiVersion.slice(0, slash) }),
      version: apiVersion.slice(slash + 1),
      kind,
      // Kustomize takes it for a pattern.
      name: name.replaceAll(/[.\\+*?()|[\]{}^$]/gu, String.raw`\$&`),
      ...(namespace === "" ? {} : { namespace }),
    },
  };
}
