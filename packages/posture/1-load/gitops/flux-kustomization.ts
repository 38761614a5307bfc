import path from "node:path";
import type { ObjectPath } from "@holdfast/core";
import type { DocumentOutcome, LoadedResource, LoaderAccess, RootOutcome } from "../loaders/define.ts";
import { readEntryText } from "../read-text.ts";
import { readYaml } from "../read-yaml.ts";
import { buildOverlay } from "../kustomize/build-overlay.ts";
import { builtObjects } from "../kustomize/built-objects.ts";
import {
  displayName,
  isFields,
  KUSTOMIZATION_NAMES,
  kustomizationOf,
  listOf,
  madeKustomization,
  textOf,
  type Fields,
  type Kustomization,
} from "../kustomize/kustomization.ts";
import { lostOverlay, partsOf, tryReadOverlay } from "../kustomize/load-overlay.ts";
import { OverlayFault } from "../kustomize/overlay.ts";
import { OverlaySources, type OriginsWithBase } from "../kustomize/overlay-origins.ts";
import { substitutedObjects } from "./substituted-objects.ts";
import type { Variables } from "./variables.ts";

/** What a tool would deploy from a folder of the tree. */
export interface FolderRelease {
  /** The object that says so. */
  readonly resource: LoadedResource;
  readonly folder: string;
  readonly root: string;
  /** What the object adds to the folder's kustomization, as fields of one. */
  readonly fields: Fields;
  /** The path in the object of what a path names in those fields. */
  readonly where: (steps: ObjectPath) => ObjectPath;
  readonly variables: Variables | null;
  /** For a folder without a kustomization: which of its manifests are deployed. */
  readonly takes: (within: string) => boolean;
  /** Whether kustomizations in folders beneath are built, as Flux does; else their manifests count as they stand. */
  readonly overlaysBeneath: boolean;
}

export interface ExpandedFolder {
  readonly outcome: RootOutcome;
  /** The machine's paths of the files that went into it. */
  readonly parts: readonly string[];
}

/** The object of a file that an object was made from; the object itself where it stands in a file as it is. */
export function inFile(resource: LoadedResource): LoadedResource | undefined {
  const { origins } = resource;
  if (origins === undefined) return resource;
  const base = "base" in origins ? (origins as OriginsWithBase).base : undefined;
  return base === undefined ? undefined : inFile(base);
}

/** Builds a folder as a tool would that deploys it: with its kustomization, or with one that names its manifests, and with what the object adds. */
export async function expandFolder(release: FolderRelease, access: LoaderAccess): Promise<ExpandedFolder> {
  const { resource, folder, root, fields, where, variables } = release;
  const own = await kustomizationOf(folder, access);
  const made =
    own === undefined ? [madeKustomization(folder, { resources: await manifestsOf(folder, release, access) }, access.cwd, { where })] : [];
  const stands = inFile(resource);
  const holder = path.join(root, `.holdfast-${resource.namespace}-${resource.name}`.replaceAll(/[^\w.-]/gu, "_"));
  const relative = (target: string): string => path.relative(holder, target).split(path.sep).join("/");
  const components = listOf(fields["components"]).flatMap((one) => textOf(one) ?? []);
  const wrapper: Kustomization = madeKustomization(
    holder,
    {
      ...fields,
      resources: [relative(folder)],
      ...(components.length === 0 ? {} : { components: components.map((one) => relative(path.resolve(folder, one))) }),
    },
    access.cwd,
    { where, ...(stands === undefined ? {} : { place: { ...stands.source } }) },
  );
  const read = await tryReadOverlay(wrapper, access, made);
  const parts = "overlay" in read ? partsOf(read.overlay) : own === undefined ? [] : [own.path];
  const file = displayName(folder, access.cwd);
  const rendered = {
    kind: resource.kind === "Application" ? "application" : "release",
    name: `${resource.kind} ${resource.namespace === "" ? "" : `${resource.namespace}/`}${resource.name}`,
    file,
    files: parts.map((part) => displayName(part, access.cwd)).toSorted(),
  };
  try {
    if ("fault" in read) throw read.fault;
    const output = await buildOverlay(read.overlay, access);
    const built = builtObjects(output, file, new OverlaySources(read.overlay, access.cwd));
    const documents: readonly DocumentOutcome[] = variables === null ? built : substitutedObjects(built, variables, file);
    return { parts, outcome: { documents, rendered } };
  } catch (error) {
    if (!(error instanceof OverlayFault)) throw error;
    return { parts, outcome: { documents: [lostOverlay(error, own?.text.file ?? file)], rendered } };
  }
}

/** What Flux takes of a folder without a kustomization: its manifests and those beneath, and folders beneath that have a kustomization. */
async function manifestsOf(
  folder: string,
  { takes, overlaysBeneath }: Pick<FolderRelease, "takes" | "overlaysBeneath">,
  access: LoaderAccess,
): Promise<readonly string[]> {
  const found: string[] = [];
  const walk = async (here: string): Promise<void> => {
    for (const { name, kind } of (await access.files.listFolder(here)).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const place = path.join(here, name);
      const within = path.relative(folder, place).split(path.sep).join("/");
      if (kind === "directory" && name !== ".git") {
        const names = await access.files.listFolder(place);
        if (overlaysBeneath && names.some((one) => KUSTOMIZATION_NAMES.includes(one.name))) found.push(within);
        else await walk(place);
      } else if (kind === "file" && /\.(?:ya?ml|json)$/iu.test(name) && takes(within) && (await holdsObjects(place, access)))
        found.push(within);
    }
  };
  await walk(folder);
  return found;
}

async function holdsObjects(place: string, access: LoaderAccess): Promise<boolean> {
  const file = displayName(place, access.cwd);
  const read = await readEntryText({ kind: "file", path: place, file, named: false, chartTemplate: false }, access.files);
  return "source" in read && readYaml(read.source, { template: false, syntax: "yaml-syntax" }).some(({ kind }) => kind === "produced");
}

/** What a Flux Kustomization adds to the kustomization of its folder: https://fluxcd.io/flux/components/kustomize/kustomizations/ */
export function fluxFields(spec: Fields): Fields {
  const metadata = isFields(spec["commonMetadata"]) ? spec["commonMetadata"] : {};
  const fields: Record<string, unknown> = {};
  for (const key of ["namePrefix", "nameSuffix", "patches", "images", "components"]) if (spec[key] !== undefined) fields[key] = spec[key];
  if (spec["targetNamespace"] !== undefined) fields["namespace"] = spec["targetNamespace"];
  if (isFields(metadata["labels"])) fields["labels"] = [{ pairs: metadata["labels"], includeSelectors: false }];
  if (isFields(metadata["annotations"])) fields["commonAnnotations"] = metadata["annotations"];
  return fields;
}

/** Where in a Flux Kustomization the fields of {@link fluxFields} stand. */
export function whereInFlux(steps: ObjectPath): ObjectPath {
  const [first, ...rest] = steps;
  if (first === "namespace") return ["spec", "targetNamespace"];
  if (first === "labels") return ["spec", "commonMetadata", "labels", ...rest.slice(2)];
  if (first === "commonAnnotations") return ["spec", "commonMetadata", "annotations", ...rest];
  return ["spec", ...steps];
}
