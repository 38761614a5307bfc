import path from "node:path";
import { OverlayFault } from "../kustomize/overlay.ts";
import { KUSTOMIZATION_NAMES, readKustomization, type Kustomization } from "../kustomize/kustomization.ts";
import { referencesOf } from "../kustomize/references.ts";
import type { FileEntry, FoundEntries, LoaderAccess, LoadRoot, RootLoader } from "./define.ts";

/**
 * Kustomize's overlays: every kustomization that a person would build, once. A base or component that another kustomization names is judged as part of that, not by itself. What
 * overlays read is theirs; other manifests in their folders stay plain files.
 */
export const kustomize: RootLoader = {
  id: "kustomize",
  title: "Kustomize overlays, built with the machine's kustomize or kubectl",
  claims: (entry) => entry.kind === "file" && !entry.chartTemplate && KUSTOMIZATION_NAMES.includes(path.basename(entry.path)),
  leaves: () => false,
  plan,
};

interface Found {
  readonly entry: FileEntry;
  readonly kustomization: Kustomization;
}

async function plan({ claimed }: FoundEntries, access: LoaderAccess): Promise<readonly LoadRoot[]> {
  const { loadOverlay, lostOverlay, partsOf, tryReadOverlay } = await import("../kustomize/load-overlay.ts");
  const found: Found[] = [];
  const others: FileEntry[] = [];
  for (const entry of claimed) {
    if (entry.kind !== "file") continue;
    const kustomization = await readKustomization(entry.path, access).catch(() => undefined);
    if (kustomization === undefined) others.push(entry);
    else found.push({ entry, kustomization });
  }
  const roots: LoadRoot[] = [];
  // Kustomize refuses a folder with two of them, since it can't be told which is meant.
  const twins = new Set(
    [...Map.groupBy(found, ({ kustomization }) => kustomization.folder)].flatMap(([folder, all]) => (all.length > 1 ? [folder] : [])),
  );
  for (const { entry, kustomization } of rootsOf(found)) {
    if (twins.has(kustomization.folder)) {
      const fault = new OverlayFault("kustomize-failed", "its folder has several kustomization files, and Kustomize builds no such folder");
      roots.push({ entry, parts: closureOf(kustomization, found), load: async () => ({ documents: [lostOverlay(fault, entry.file)] }) });
      continue;
    }
    if (kustomization.fields["kind"] === "Component") {
      const parts = referencesOf(kustomization.fields).map(({ target }) => path.resolve(kustomization.folder, target));
      const fault = new OverlayFault("overlay-unused", "no kustomization of this scan names it");
      roots.push({ entry, parts, load: async () => ({ documents: [lostOverlay(fault, entry.file)] }) });
      continue;
    }
    const read = await tryReadOverlay(kustomization, access);
    const parts = "overlay" in read ? partsOf(read.overlay) : closureOf(kustomization, found);
    roots.push({ entry, parts, load: async () => loadOverlay(read, kustomization, parts, access) });
  }
  return [...roots, ...others.map((entry) => plainRoot(entry, access))];
}

/** A file that only has the name of a kustomization. */
function plainRoot(entry: FileEntry, access: LoaderAccess): LoadRoot {
  return {
    entry,
    parts: [],
    load: async () => {
      const { yamlFiles } = await import("./yaml-files.ts");
      return { documents: await yamlFiles.load(entry, access) };
    },
  };
}

/** Those that no other names; and of kustomizations that name each other in a circle the first. */
function rootsOf(found: readonly Found[]): readonly Found[] {
  const byFolder = new Map(found.map((one) => [one.kustomization.folder, one]));
  const used = new Set<string>();
  for (const one of found) for (const folder of usedBy(one, byFolder)) if (folder !== one.kustomization.folder) used.add(folder);
  const roots = found.filter(({ kustomization }) => !used.has(kustomization.folder));
  const reached = new Set<string>();
  const reach = (one: Found): void => {
    if (reached.has(one.kustomization.folder)) return;
    reached.add(one.kustomization.folder);
    for (const folder of usedBy(one, byFolder)) {
      const next = byFolder.get(folder);
      if (next !== undefined) reach(next);
    }
  };
  roots.forEach(reach);
  for (const one of found) {
    if (reached.has(one.kustomization.folder)) continue;
    roots.push(one);
    reach(one);
  }
  return roots;
}

function usedBy({ kustomization: { folder, fields } }: Found, byFolder: ReadonlyMap<string, Found>): readonly string[] {
  return referencesOf(fields)
    .map(({ target }) => path.resolve(folder, target))
    .filter((target) => byFolder.has(target));
}

/** What an overlay that can't be read would have read, as far as that can be told: none of it is judged as if it were deployed by itself. */
function closureOf(kustomization: Kustomization, found: readonly Found[]): readonly string[] {
  const byFolder = new Map(found.map((one) => [one.kustomization.folder, one.kustomization]));
  const parts = new Set<string>();
  const add = ({ folder, fields, path: file }: Kustomization): void => {
    if (parts.has(file)) return;
    parts.add(file);
    for (const { target } of referencesOf(fields)) {
      const place = path.resolve(folder, target);
      const inner = byFolder.get(place);
      if (inner !== undefined) add(inner);
      else if (/\.[\w-]+$/u.test(place)) parts.add(place);
    }
  };
  add(kustomization);
  return [...parts];
}
