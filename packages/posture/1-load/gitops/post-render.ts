import path from "node:path";
import type { DocumentOutcome, LoadedResource, LoaderAccess } from "../loaders/define.ts";
import { buildOverlay } from "../kustomize/build-overlay.ts";
import { builtObjects } from "../kustomize/built-objects.ts";
import { isFields, madeKustomization, type Fields } from "../kustomize/kustomization.ts";
import { lostOverlay } from "../kustomize/load-overlay.ts";
import { OverlayFault, type Overlay } from "../kustomize/overlay.ts";
import { OverlaySources } from "../kustomize/overlay-origins.ts";
import { inFile } from "./flux-kustomization.ts";
import type { Expanded } from "./expanded.ts";

/** Changes what a release rendered by its post-renderers, which are kustomizations: one after the other. */
export async function postRendered(
  rendered: Expanded,
  resource: LoadedResource,
  renderers: readonly unknown[],
  root: string,
  access: LoaderAccess,
): Promise<Expanded> {
  let { documents } = rendered.outcome;
  for (const [index, renderer] of renderers.entries()) {
    const fields = isFields(renderer) && isFields(renderer["kustomize"]) ? renderer["kustomize"] : undefined;
    if (fields !== undefined) documents = await onePostRendered(documents, fields, index, resource, root, access);
  }
  return { ...rendered, outcome: { ...rendered.outcome, documents } };
}

async function onePostRendered(
  documents: readonly DocumentOutcome[],
  fields: Fields,
  index: number,
  resource: LoadedResource,
  root: string,
  access: LoaderAccess,
): Promise<readonly DocumentOutcome[]> {
  const resources = documents.flatMap((document) => (document.kind === "produced" ? document.resources : []));
  if (resources.length === 0) return documents;
  const folder = path.join(root, `.holdfast-post-${resource.namespace}-${resource.name}-${index}`.replaceAll(/[^\w.-]/gu, "_"));
  const file = path.join(folder, "rendered.yaml");
  const stands = inFile(resource);
  const { crds: _crds, resources: _resources, ...changes } = fields;
  const kustomization = madeKustomization(folder, { ...changes, resources: ["rendered.yaml"] }, access.cwd, {
    where: (steps) => ["spec", "postRenderers", index, "kustomize", ...steps],
    ...(stands === undefined ? {} : { place: stands.source }),
  });
  const text = resources
    .map(({ object }) => JSON.stringify(object, (_key, value: unknown) => (typeof value === "bigint" ? Number(value) : value)))
    .join("\n---\n");
  const overlay: Overlay = {
    root: { kustomization, bases: [file], components: [], plugins: [] },
    kustomizations: new Map([[folder, kustomization]]),
    files: new Map([[file, new TextEncoder().encode(text)]]),
  };
  const name = (stands ?? resource).file;
  try {
    const output = await buildOverlay(overlay, access);
    const built = builtObjects(output, name, new OverlaySources(overlay, access.cwd, new Map([[file, resources]])));
    return [...built, ...documents.filter((document) => document.kind !== "produced")];
  } catch (error) {
    if (!(error instanceof OverlayFault)) throw error;
    return [lostOverlay(error, name), ...documents.filter((document) => document.kind !== "produced")];
  }
}
