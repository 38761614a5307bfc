import { existsSync } from "node:fs";
import path from "node:path";
import type { Finding, Result } from "@holdfast/core";
import { patchableOf, patchFileOf, patchTexts, type LoadedResource, type PatchPlace, type PatchWish } from "@holdfast/posture";
import type { Cause } from "./fix-report.ts";
import type { CombinedWishes, EstateScan, Wish } from "./plan-fixes.ts";
import { isRendered, wantedFixes, type Answers, type WishRights } from "./wishes.ts";

/** What patches may be written by. */
export interface PatchRights extends WishRights {
  /** Whether a base, by its name in results, is not the repository's own. */
  readonly isForeign: (base: string) => boolean;
  readonly workingFolder: string;
}

const FORMS = ["merge", "json"] as const;

/** What to patch of objects whose base is not the repository's own: of each finding the first form of a patch that has not failed. */
export function patchWishes(scan: EstateScan, rights: PatchRights, failed: ReadonlyMap<string, string>, answers: Answers): readonly Wish[] {
  /** New files, and the objects that they are for: two objects don't share one. */
  const claimed = new Map<string, string>();
  return wantedFixes(scan, rights, answers).flatMap(({ finding, object, fixes, key: stem }): readonly Wish[] => {
    const place = isRendered(object) ? patchPlaceOf(object, rights) : undefined;
    if (place === undefined) return [];
    const form = FORMS.find((one) => !failed.has(`${stem} ${one} patch`));
    if (form === undefined) return [];
    const identity = JSON.stringify([object.apiVersion, object.kind, place.namespace, place.name, place.kustomization.text.file, form]);
    const isTaken = (file: string): boolean =>
      existsSync(path.resolve(rights.workingFolder, file)) || (claimed.get(file) ?? identity) !== identity;
    const file = patchFileOf(object, place, form, isTaken);
    claimed.set(file, identity);
    return [{ key: `${stem} ${form} patch`, finding, object, resource: { ...object, file }, fixes, patch: { place, form } }];
  });
}

/**
 * The innermost kustomization that is the repository's own on the way of an object whose base is not; undefined for all other objects, and where it or a patch that it has for the object may
 * not be changed.
 */
export function patchPlaceOf(
  object: LoadedResource,
  { isForeign, isAllowed }: Pick<PatchRights, "isForeign" | "isAllowed">,
): PatchPlace | undefined {
  const place = ownPlaceOf(object, isForeign);
  const files = place === undefined ? [] : [place.kustomization, ...place.patches].map(({ text }) => text.file);
  return files.every(isAllowed) ? place : undefined;
}

function ownPlaceOf(object: LoadedResource, isForeign: PatchRights["isForeign"]): PatchPlace | undefined {
  const patchable = patchableOf(object);
  if (patchable === undefined || (patchable.base !== undefined && !isForeign(patchable.base))) return undefined;
  const place = patchable.places.find(({ kustomization }) => !isForeign(kustomization.text.file));
  return place === undefined ? undefined : { ...place, patches: place.patches.filter(({ text }) => !isForeign(text.file)) };
}

/** Why the patch of an object can't be written, where a file of it may not be changed. */
export function whyNotPatched(
  object: LoadedResource,
  { foreign, refused }: { readonly foreign: ReadonlySet<string>; readonly refused: ReadonlyMap<string, Cause> },
): Cause | undefined {
  const place = ownPlaceOf(object, (file) => foreign.has(file));
  const files = place === undefined ? [] : [place.kustomization, ...place.patches].map(({ text }) => text.file);
  for (const file of files) {
    const why = refused.get(file);
    if (why !== undefined) return { code: why.code, cause: `${file}, where it is patched: ${why.cause}` };
  }
  return undefined;
}

/** A base and the kustomizations on its way, innermost first; the base is undefined where it stands in no file. */
export interface BaseOnTheWay {
  readonly base: string | undefined;
  readonly kustomizations: readonly string[];
  readonly patches: readonly string[];
}

/** The bases of objects with findings that were asked for, and what might be changed in their place. */
export function basesOnTheWay(
  { result, resources }: EstateScan,
  isAskedFor: (result: Result, finding: Finding) => boolean,
): readonly BaseOnTheWay[] {
  return result.findings.flatMap((finding) => {
    const object = resources[finding.resource];
    if (!isRendered(object) || finding.fixes.length === 0 || !isAskedFor(result, finding)) return [];
    const patchable = patchableOf(object);
    if (patchable === undefined) return [];
    const { base, places } = patchable;
    return [
      {
        base,
        kustomizations: places.map(({ kustomization }) => kustomization.text.file),
        patches: places.flatMap(({ patches }) => patches.map(({ text }) => text.file)),
      },
    ];
  });
}

/** Writes what {@link patchWishes} are for. */
export function combinePatches(wishes: readonly Wish[]): CombinedWishes {
  const wanted = wishes.flatMap(({ object, resource: { file }, fixes, patch }, at): (PatchWish & { readonly at: number })[] =>
    patch === undefined || !isRendered(object) ? [] : [{ resource: object, fixes, file, ...patch, at }],
  );
  const { texts, refused } = patchTexts(wanted);
  const placeOf = (index: number): number => wanted[index]?.at ?? -1;
  return {
    texts: texts.map((text) => ({ ...text, before: text.before ?? "", taken: text.taken.map(placeOf) })),
    refused: new Map([...refused].map(([index, reason]) => [placeOf(index), reason])),
  };
}
