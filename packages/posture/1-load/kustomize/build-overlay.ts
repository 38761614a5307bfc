import path from "node:path";
import type { LoaderAccess } from "../loaders/define.ts";
import type { ToolName, ToolOutcome } from "../tool-runner.ts";
import { NODE } from "../../yaml/node-table.ts";
import { listOf, type Kustomization } from "./kustomization.ts";
import { commonFolder, OverlayFault, type Overlay } from "./overlay.ts";

const TIMEOUT_MS = 60_000;
const MOST_OUTPUT = 64 * 1024 * 1024;
/** Has Kustomize say where objects come from, as annotations: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/buildmetadata */
const METADATA: readonly string[] = ["originAnnotations", "transformerAnnotations"];

/** Builds a copy of an overlay with the machine's Kustomize, and returns what it prints. Throws an {@link OverlayFault}. */
export async function buildOverlay(overlay: Overlay, access: LoaderAccess): Promise<string> {
  const tool = await toolOf(access);
  if (tool === undefined) throw new OverlayFault("kustomize-missing", "neither kustomize nor kubectl was found");
  const { scratch } = access;
  const folder = await scratch.makeFolder("overlay");
  const top = commonFolder([...overlay.kustomizations.keys(), ...[...overlay.files.keys()].map((file) => path.dirname(file))]);
  const placeOf = (place: string): string => path.join(folder, path.relative(top, place));
  for (const [file, bytes] of overlay.files) await scratch.writeFile(placeOf(file), bytes);
  const { kustomization: root } = overlay.root;
  for (const one of overlay.kustomizations.values())
    await scratch.writeFile(placeOf(one.path), one === root ? withMetadata(one) : one.text.text);
  const { overlays } = access.rendering;
  const options = [
    "--load-restrictor",
    overlays?.anyFiles === true ? "LoadRestrictionsNone" : "LoadRestrictionsRootOnly",
    ...(overlays?.enableHelm === true ? ["--enable-helm"] : []),
  ];
  const outcome = await access.tools.run(tool, [tool === "kubectl" ? "kustomize" : "build", ...options, placeOf(root.folder)], {
    cwd: folder,
    timeoutMs: TIMEOUT_MS,
    maxOutputBytes: MOST_OUTPUT,
  });
  return outputOf(outcome, folder, top, access.cwd);
}

async function toolOf({ tools }: LoaderAccess): Promise<ToolName | undefined> {
  if ((await tools.version("kustomize")) !== null) return "kustomize";
  return (await tools.version("kubectl")) === null ? undefined : "kubectl";
}

function outputOf(outcome: ToolOutcome, folder: string, top: string, cwd: string): string {
  if ("failure" in outcome) {
    if (outcome.failure === "timed-out") throw new OverlayFault("kustomize-limit", "building it took more than 60 seconds");
    if (outcome.failure === "too-much-output") throw new OverlayFault("kustomize-limit", "it builds to more than 64 MiB");
    throw new OverlayFault("kustomize-failed", `Kustomize was ended (${outcome.failure})`);
  }
  if (outcome.code === 0) return outcome.stdout;
  // The copy's place is nobody's business, and differs from run to run.
  const said = outcome.stderr
    .replaceAll(folder, path.relative(cwd, top) || ".")
    // Advice on what it still takes is no cause.
    .replaceAll(/^# Warning: .*$/gmu, "")
    .replaceAll(/\p{Cc}+/gu, " ")
    .trim();
  // kubectl says it as an entry of its log, whose time and process differ from run to run.
  const entry = /^[EFW]\d{4} [\d:.]+ +\d+ [\w.]+:\d+\] "command failed" err=(?:<\s*(?<block>.*?)\s*>|"(?<quoted>.*)")$/u.exec(said)?.groups;
  const cause = (entry?.["block"] ?? entry?.["quoted"] ?? said).replace(/^Error: /u, "");
  throw new OverlayFault(
    "kustomize-failed",
    `Kustomize says: ${cause.length > 600 ? `${cause.slice(0, 300)} … ${cause.slice(-300)}` : cause}`,
  );
}

/** A kustomization with the annotations turned on: its own text and a line more, so that Kustomize is as strict with it as it would be. */
function withMetadata({ text, document, fields, made }: Kustomization): string {
  const own = listOf(fields["buildMetadata"]);
  const metadata = [...new Set([...own, ...METADATA])];
  const { nodes } = document;
  if (
    made === undefined &&
    nodes.kind(0) === NODE.blockMapping &&
    fields["buildMetadata"] === undefined &&
    !/^(?:\.\.\.|---\s*$)/mu.test(text.text.slice(nodes.end(0)))
  )
    return `${text.text}\nbuildMetadata: ${JSON.stringify(metadata)}\n`;
  return JSON.stringify({ ...fields, buildMetadata: metadata }, (_key, value: unknown) =>
    typeof value === "bigint" ? Number(value) : value,
  );
}
