import path from "node:path";
import { makeProblem } from "@holdfast/core";
import { systemCode, systemReason } from "../file-system.ts";
import { LOAD_PROBLEMS } from "../load-problems.ts";
import type { EntryLoader, LoadedResource, LoaderAccess, RootOutcome } from "../loaders/define.ts";
import type { Job } from "../plan-jobs.ts";
import { isFields, textOf, type Fields } from "../kustomize/kustomization.ts";
import { commonFolder, isWithin } from "../kustomize/overlay.ts";
import { expandFolder, fluxFields, inFile, whereInFlux } from "./flux-kustomization.ts";
import type { Expanded } from "./expanded.ts";
import { KnownObjects, type KnownObject } from "./known-objects.ts";
import { repositoriesOf, urlOf, whyNotOurs, whyNotThisTree } from "./repositories.ts";
import { inTargetCluster, namedCluster } from "./target-cluster.ts";
import { Tree } from "./tree.ts";
import { withUnknownOf } from "./unknown-fields.ts";
import { variablesOfKustomization, type FindObject } from "./variables.ts";

/** What was loaded as one. */
export interface LoadedJob extends Job {
  readonly outcome: RootOutcome;
}

const FLUX: EntryLoader = {
  id: "flux",
  title: "What Flux and Argo CD deploy from the same tree",
  claims: () => false,
  load: async () => [],
};

/**
 * Follows what the Flux and Argo CD objects among the inputs deploy from the same tree. What they deploy takes the place of the files that it is made of: those are judged as they
 * will be deployed, not as they stand. What can't be followed is lost, by name.
 */
export async function expandGitops(jobs: readonly LoadedJob[], access: LoaderAccess): Promise<readonly LoadedJob[]> {
  const expansion = new Expansion(jobs, access);
  await expansion.run();
  return [...jobs.filter(({ entry }) => entry.kind === "stdin" || !expansion.parts.has(entry.path)), ...expansion.made].toSorted((a, b) =>
    a.entry.file < b.entry.file ? -1 : Number(a.entry.file > b.entry.file),
  );
}

/** Paths of their repository that a Kustomization, a release or an application names. */
function pathsOf(spec: Fields): readonly string[] {
  const chart = isFields(spec["chart"]) && isFields(spec["chart"]["spec"]) ? spec["chart"]["spec"] : {};
  const ref = isFields(chart["sourceRef"]) ? chart["sourceRef"] : {};
  const source = isFields(spec["source"]) ? spec["source"] : {};
  return [spec["path"], source["path"], ref["kind"] === "GitRepository" ? chart["chart"] : undefined].flatMap((one) => textOf(one) ?? []);
}

function specOf({ object }: LoadedResource): Fields {
  return isFields(object["spec"]) ? object["spec"] : {};
}

class Expansion {
  readonly made: LoadedJob[] = [];
  readonly parts = new Set<string>();
  readonly #access: LoaderAccess;
  readonly #tree: Tree;
  readonly #known: KnownObjects;

  constructor(jobs: readonly LoadedJob[], access: LoaderAccess) {
    this.#access = access;
    const folders = jobs.flatMap(({ entry }) =>
      entry.kind === "stdin" ? [] : [entry.kind === "folder" ? entry.path : path.dirname(entry.path)],
    );
    this.#tree = new Tree(access.files, access.cwd, commonFolder(folders));
    this.#known = new KnownObjects(access.cwd);
    for (const { entry, outcome } of jobs) this.#known.learnInput(outcome, entry.kind === "stdin" ? entry.file : entry.path);
  }

  async run(): Promise<void> {
    await this.#tree.learn(
      this.#known.open().flatMap(({ resource, file }) => pathsOf(specOf(resource)).map((written) => ({ written, file }))),
    );
    for (;;) {
      const next = await this.#next();
      if (next === undefined) return;
      this.#known.close(next);
      // What the system refuses on the way is that object's loss: a path that is a file, say.
      const expanded = await this.#expand(next).catch((error: unknown) => {
        if (systemCode(error) === "" || systemCode(error).startsWith("ERR_")) throw error;
        return notExpanded(next.resource, `what it names can't be read: ${systemReason(error)}`);
      });
      this.#add(next, expanded);
    }
  }

  /** Kustomizations come before releases, and those first that no other one deploys: they may change the others. */
  async #next(): Promise<KnownObject | undefined> {
    const open = this.#known.open();
    const kustomizations = open.filter(({ resource }) => resource.kind === "Kustomization");
    if (kustomizations.length === 0) return open[0];
    const folders = new Map<KnownObject, string | undefined>();
    for (const one of kustomizations)
      folders.set(one, (await this.#tree.find(textOf(specOf(one.resource)["path"]) ?? ".", one.file))?.place);
    const isDeployed = (one: KnownObject): boolean =>
      kustomizations.some(
        (other) => other !== one && isWithin(folders.get(other) ?? "\0", one.file) && !isWithin(folders.get(one) ?? "\0", other.file),
      );
    const free = kustomizations.filter((one) => !isDeployed(one));
    // What goes to other clusters first: it gives no values to what stays here.
    return free.find(({ resource }) => namedCluster(resource) !== undefined) ?? free[0] ?? kustomizations[0];
  }

  #add(from: KnownObject, { outcome: made, parts }: Expanded): void {
    const outcome = { ...made, documents: inTargetCluster(from.resource, made.documents) };
    for (const part of parts) this.parts.add(part);
    const file = outcome.rendered?.file ?? from.resource.file;
    const place = path.resolve(this.#access.cwd, file);
    this.made.push({
      entry: { kind: "file", path: place, file, named: false, chartTemplate: false },
      loader: FLUX,
      load: async () => outcome,
      outcome,
    });
    this.#known.learnDeployed(outcome, from, this.parts);
  }

  async #expand(known: KnownObject): Promise<Expanded> {
    const { resource } = known;
    if (resource.kind === "Kustomization") return this.#kustomization(known);
    if (resource.kind === "ApplicationSet") return notExpanded(resource, "its applications come from generators, which only Argo CD runs");
    const sources = {
      tree: this.#tree,
      find: this.#finder(known),
      file: known.file,
      elsewhere: (ref: Fields, namespace: string, root: string) => this.#elsewhere(ref, namespace, root),
      foreign: async (repoUrl: string, root: string) => this.#foreign(repoUrl, root),
    };
    const expanded =
      resource.kind === "HelmRelease"
        ? await (await import("./helm-release.ts")).expandHelmRelease(resource, sources, this.#access)
        : await (await import("./argo-application.ts")).expandApplication(resource, sources, this.#access);
    if ("reason" in expanded) return notExpanded(resource, expanded.reason);
    return { ...expanded, outcome: { ...expanded.outcome, documents: withUnknownOf(resource, expanded.outcome.documents) } };
  }

  #finder(asker: KnownObject): FindObject {
    return (kind, namespace, name) => this.#known.find(asker, kind, namespace, name);
  }

  async #kustomization(known: KnownObject): Promise<Expanded> {
    const { resource, file } = known;
    const spec = specOf(resource);
    const written = textOf(spec["path"]) ?? "./";
    const found = await this.#tree.find(written, file);
    if (found === undefined) return notExpanded(resource, `its path ${JSON.stringify(written)} is not in what was scanned`);
    const elsewhere = this.#elsewhere(isFields(spec["sourceRef"]) ? spec["sourceRef"] : {}, resource.namespace, found.root);
    if (elsewhere !== undefined) return notExpanded(resource, elsewhere);
    return expandFolder(
      {
        resource,
        folder: found.place,
        root: found.root,
        fields: fluxFields(spec),
        where: whereInFlux,
        variables: variablesOfKustomization(resource, this.#finder(known)),
        takes: () => true,
        overlaysBeneath: true,
      },
      this.#access,
    );
  }

  #elsewhere(ref: Fields, namespace: string, root: string): string | undefined {
    return whyNotThisTree(ref, namespace, this.#known.repositories(root));
  }

  async #foreign(repoUrl: string, root: string): Promise<string | undefined> {
    const applications = this.#known.applications(root).flatMap((one) => repositoriesOf(one));
    const sources = this.#known.repositories(root).map((one) => urlOf(one));
    return whyNotOurs(repoUrl, [...applications, ...sources], root, this.#access.files);
  }
}

/** An object that could not be followed: lost, and listed by its name. */
function notExpanded(resource: LoadedResource, reason: string): Expanded {
  const stands = inFile(resource) ?? resource;
  const name = resource.namespace === "" ? resource.name : `${resource.namespace}/${resource.name}`;
  const place = { file: stands.file, line: stands.line };
  const problem = makeProblem(LOAD_PROBLEMS, "release-not-expanded", { subject: `${resource.kind} ${name}`, cause: reason, ...place });
  return { parts: [], outcome: { documents: [{ kind: "lost", problem }], notExpanded: [{ kind: resource.kind, name, reason, ...place }] } };
}
