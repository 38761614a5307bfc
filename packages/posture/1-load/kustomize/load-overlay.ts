import { makeProblem } from "@holdfast/core";
import { FileFault } from "../file-system.ts";
import { LOAD_PROBLEMS } from "../load-problems.ts";
import type { DocumentOutcome, LoaderAccess, RootOutcome } from "../loaders/define.ts";
import { buildOverlay } from "./build-overlay.ts";
import { builtObjects } from "./built-objects.ts";
import { displayName, type Kustomization } from "./kustomization.ts";
import { OverlayFault, readOverlay, type Overlay } from "./overlay.ts";
import { OverlaySources } from "./overlay-origins.ts";

/** An overlay that was read, or why it could not be. */
export type ReadOverlay = { readonly overlay: Overlay } | { readonly fault: OverlayFault };

export async function tryReadOverlay(
  kustomization: Kustomization,
  access: LoaderAccess,
  made: readonly Kustomization[] = [],
): Promise<ReadOverlay> {
  try {
    return { overlay: await readOverlay(kustomization, access, made) };
  } catch (error) {
    if (error instanceof OverlayFault) return { fault: error };
    if (error instanceof FileFault) return { fault: new OverlayFault("kustomize-failed", error.reason) };
    throw error;
  }
}

/** Builds a kustomization that was read, and reads what comes out; `parts` are the files that go into it. What goes wrong is a problem of the kustomization's file. */
export async function loadOverlay(
  read: ReadOverlay,
  { text, folder }: Kustomization,
  parts: readonly string[],
  access: LoaderAccess,
): Promise<RootOutcome> {
  const name = displayName(folder, access.cwd);
  const files = parts.map((file) => displayName(file, access.cwd));
  const outcome = async (): Promise<readonly DocumentOutcome[]> => {
    if ("fault" in read) throw read.fault;
    const output = await buildOverlay(read.overlay, access);
    return builtObjects(output, text.file, new OverlaySources(read.overlay, access.cwd));
  };
  let documents: readonly DocumentOutcome[];
  try {
    documents = await outcome();
  } catch (error) {
    if (!(error instanceof OverlayFault)) throw error;
    documents = [lostOverlay(error, text.file)];
  }
  return { documents, rendered: { kind: "overlay", name, file: text.file, files: files.toSorted() } };
}

export function lostOverlay({ code, reason, file }: OverlayFault, root: string): DocumentOutcome {
  const cause = file === undefined || file === root ? reason : `${reason} (in ${file})`;
  return { kind: "lost", problem: makeProblem(LOAD_PROBLEMS, code, { subject: root, cause, file: root }) };
}

/** The machine's paths of all that an overlay reads. */
export function partsOf(overlay: Overlay): readonly string[] {
  return [...[...overlay.kustomizations.values()].flatMap((one) => (one.made === undefined ? [one.path] : [])), ...overlay.files.keys()];
}
