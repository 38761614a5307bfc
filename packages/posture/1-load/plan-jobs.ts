import path from "node:path";
import type { EntryLoader, InputEntry, Loader, LoaderAccess, LoadRoot, RootLoader, RootOutcome } from "./loaders/define.ts";

/** Something to load: an entry by itself, or a root with all its parts. */
export interface Job {
  readonly entry: InputEntry;
  readonly loader: Loader;
  readonly load: (access: LoaderAccess) => Promise<RootOutcome>;
}

interface Claimed<L extends Loader> {
  readonly entry: InputEntry;
  readonly loader: L;
}

/** Says what is loaded by which loader: the roots first, then whatever is part of none of them. By the entries' names. */
export async function planJobs(
  entries: readonly InputEntry[],
  loaderOf: (entry: InputEntry) => Loader | undefined,
  access: LoaderAccess,
): Promise<readonly Job[]> {
  const single: Claimed<EntryLoader>[] = [];
  const ofRoots = new Map<RootLoader, InputEntry[]>();
  for (const entry of entries) {
    const loader = loaderOf(entry);
    if (loader === undefined) continue;
    if ("load" in loader) single.push({ entry, loader });
    else ofRoots.set(loader, [...(ofRoots.get(loader) ?? []), entry]);
  }
  if (ofRoots.size === 0) return single.map(jobOf);
  const planned = await Promise.all(
    [...ofRoots].map(async ([loader, claimed]) => (await loader.plan({ claimed, all: entries }, access)).map((root) => ({ loader, root }))),
  );
  const roots = planned.flat();
  const partsOf = new Map(
    [...ofRoots.keys()].map((loader) => [loader, new Set(roots.flatMap((one) => (one.loader === loader ? one.root.parts : [])))]),
  );
  const belongs = (entry: InputEntry, own: Loader): boolean =>
    [...partsOf].some(([loader, parts]) => loader !== own && isPart(entry, parts));
  return [
    ...single.filter(({ entry, loader }) => !belongs(entry, loader)).map(jobOf),
    // What belongs to a root of another loader is loaded by that one: a chart that an overlay inflates.
    ...roots.filter(({ root, loader }) => !belongs(root.entry, loader)).map(rootJobOf),
  ].sort((a, b) => (a.entry.file < b.entry.file ? -1 : Number(a.entry.file > b.entry.file)));
}

function jobOf({ entry, loader }: Claimed<EntryLoader>): Job {
  return { entry, loader, load: async (access) => ({ documents: await loader.load(entry, access) }) };
}

function rootJobOf({ root, loader }: { readonly root: LoadRoot; readonly loader: RootLoader }): Job {
  return { entry: root.entry, loader, load: root.load };
}

/** Whether an entry, or a folder that it lies in, is among the parts of roots. */
function isPart(entry: InputEntry, parts: ReadonlySet<string>): boolean {
  if (entry.kind === "stdin") return false;
  for (let here = entry.path; ; here = path.dirname(here)) {
    if (parts.has(here)) return true;
    if (path.dirname(here) === here) return false;
  }
}
