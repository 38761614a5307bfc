import path from "node:path";
import { groupOf } from "@holdfast/core";
import type { LoadedResource, RootOutcome } from "../loaders/define.ts";
import { commonFolder, isWithin } from "../kustomize/overlay.ts";
import { inFile } from "./flux-kustomization.ts";

/** An object of the tree as it stands in a file, or as it would be deployed. */
export interface KnownObject {
  readonly resource: LoadedResource;
  /** The machine's path of the file that it stands in. */
  readonly file: string;
  /** Where in that file. */
  readonly place: string;
  /** What it came in with: the input that it stands in, or the first of the objects that led to its deployment. Two clusters of a tree differ in that. */
  readonly scope: string;
  /** The machine's path of the file of the object that {@link scope} names; the object's own where nothing deploys it. */
  readonly scopeFile: string;
  /** Where nothing deploys it: the machine's path of the input that it stands in. */
  readonly input?: string;
}

/** Whether an object says that something else is to be deployed. */
function deploysMore({ kind, apiVersion }: LoadedResource): boolean {
  if (kind === "Kustomization") return groupOf(apiVersion) === "kustomize.toolkit.fluxcd.io";
  if (kind === "HelmRelease") return groupOf(apiVersion) === "helm.toolkit.fluxcd.io";
  return (kind === "Application" || kind === "ApplicationSet") && groupOf(apiVersion) === "argoproj.io";
}

function isSource({ kind, apiVersion }: LoadedResource): boolean {
  return kind === "GitRepository" && groupOf(apiVersion) === "source.toolkit.fluxcd.io";
}

function holdsValues({ kind, apiVersion }: LoadedResource): boolean {
  return (kind === "ConfigMap" || kind === "Secret") && groupOf(apiVersion) === "";
}

/**
 * The objects of the tree that matter to what is deployed from it. An object is known by its place and by what it came in with, not by its name alone: the clusters of a tree have
 * objects of the same names. What is deployed counts instead of what stands in a file.
 */
export class KnownObjects {
  readonly #cwd: string;
  readonly #known = new Map<string, KnownObject>();
  readonly #done = new Set<string>();

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** Learns the objects of an input, as they stand. */
  learnInput(outcome: RootOutcome, input: string): void {
    for (const resource of relevant(outcome)) {
      const { file, place } = this.#placeOf(resource);
      this.#set({ resource, file, place, scope: `input ${input}`, scopeFile: file, input });
    }
  }

  /** Learns what an object deploys, in place of what stands in the files that went into it. */
  learnDeployed(outcome: RootOutcome, from: KnownObject, parts: ReadonlySet<string>): void {
    const { scope, scopeFile } = deployingScope(from);
    const places = new Set<string>();
    for (const resource of relevant(outcome)) {
      const { file, place } = this.#placeOf(resource);
      places.add(place);
      this.#set({ resource, file, place, scope, scopeFile });
    }
    for (const [key, { place, input }] of this.#known)
      if (input !== undefined && places.has(place) && parts.has(input)) this.#known.delete(key);
  }

  /** The objects that deploy more and were not followed yet. */
  open(): readonly KnownObject[] {
    return [...this.#known].flatMap(([key, one]) => (deploysMore(one.resource) && !this.#done.has(key) ? [one] : []));
  }

  /** Says that an object was followed. It may deploy itself; that is followed no further. */
  close(one: KnownObject): void {
    this.#done.add(keyOf(one));
    if (one.input !== undefined) this.#done.add(keyOf({ ...one, scope: deployingScope(one).scope }));
  }

  /** The Git repositories that are named as sources within a folder. */
  repositories(root: string): readonly LoadedResource[] {
    return this.#within(root).filter((one) => isSource(one));
  }

  /** The Argo CD Applications within a folder. */
  applications(root: string): readonly LoadedResource[] {
    return this.#within(root).filter((one) => one.kind === "Application" && deploysMore(one));
  }

  #within(root: string): readonly LoadedResource[] {
    return [...this.#known.values()].flatMap(({ resource, file }) => (isWithin(root, file) ? [resource] : []));
  }

  /**
   * The ConfigMap or Secret that an object names. Of several in the tree it is the one that is deployed with it, else the one that stands nearest: by the folder that it has in
   * common with what deploys the object, then with the object itself. "several" where that doesn't tell.
   */
  find(asker: KnownObject, kind: string, namespace: string, name: string): LoadedResource | "several" | undefined {
    let nearest: readonly KnownObject[] = [...this.#known.values()].filter(
      ({ resource }) =>
        resource.kind === kind &&
        resource.name === name &&
        (resource.namespace === namespace || resource.namespace === "") &&
        // What is deployed to another cluster is not there where it is asked for.
        resource.cluster === asker.resource.cluster &&
        holdsValues(resource),
    );
    const ranks: readonly ((one: KnownObject) => number)[] = [
      ({ scope }) => Number(scope === asker.scope || scope === deployingScope(asker).scope),
      ({ scopeFile }) => nearness(scopeFile, asker.scopeFile),
      ({ file }) => nearness(file, asker.file),
      ({ resource }) => Number(resource.namespace === namespace),
    ];
    for (const rank of ranks) {
      const best = Math.max(...nearest.map((one) => rank(one)));
      nearest = nearest.filter((one) => rank(one) === best);
    }
    return nearest.length > 1 ? "several" : nearest[0]?.resource;
  }

  #placeOf(resource: LoadedResource): { readonly file: string; readonly place: string } {
    const stands = inFile(resource);
    const file = path.resolve(this.#cwd, (stands ?? resource).file);
    const at = stands === undefined ? `line ${resource.line}` : String(stands.source.nodes.start(stands.source.node));
    return { file, place: `${file} ${at}` };
  }

  #set(one: KnownObject): void {
    this.#known.set(keyOf(one), one);
  }
}

function relevant({ documents }: RootOutcome): readonly LoadedResource[] {
  return documents.flatMap((document) =>
    document.kind === "produced" ? document.resources.filter((one) => deploysMore(one) || isSource(one) || holdsValues(one)) : [],
  );
}

function keyOf({ resource, place, scope }: KnownObject): string {
  return [groupOf(resource.apiVersion), resource.kind, resource.namespace, resource.name, place, scope].join("\0");
}

/** What the objects come in with that an object deploys. */
function deployingScope(from: KnownObject): { readonly scope: string; readonly scopeFile: string } {
  return from.input === undefined ? from : { scope: `deployed ${keyOf(from)}`, scopeFile: from.file };
}

/** How deep the folder lies that two files have in common. */
function nearness(a: string, b: string): number {
  return commonFolder([path.dirname(a), path.dirname(b)])
    .split(path.sep)
    .filter((one) => one !== "").length;
}
