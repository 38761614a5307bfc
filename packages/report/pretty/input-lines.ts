import type { InputFile, Inputs, RenderedRoot } from "@holdfast/core";
import { clusterLines } from "./cluster-lines.ts";
import { countText } from "./count-text.ts";
import { heading, prose, type Sheet } from "./sheet.ts";

/** What came of a file or root: "3 objects, 1 lost". */
function outcome({ resources, notKubernetes, lost, documents }: InputFile): string {
  const parts = resources > 0 || (notKubernetes === 0 && lost === 0) ? [countText(resources, "object")] : [];
  if (notKubernetes > 0) parts.push(notKubernetes === documents ? "not Kubernetes" : `${notKubernetes} not Kubernetes`);
  if (lost > 0) parts.push(`${lost} lost`);
  return parts.join(", ");
}

function* rootLines(sheet: Sheet, { kind, name, files, unused = [], hooks = 0, note }: RenderedRoot): Iterable<string> {
  const hookText = hooks === 0 ? "" : `, with ${countText(hooks, "hook or test", "hooks or tests")}`;
  yield* prose(sheet, `${kind} ${name}${note === undefined ? "" : `: ${note}`}${hookText}`, 4, 2, "dim");
  if (sheet.verbose) for (const file of files) yield* prose(sheet, file, 6, 2, "dim");
  else if (files.length > 0) yield* prose(sheet, `from ${countText(files.length, "file")}`, 4, 2, "dim");
  for (const file of unused) yield* prose(sheet, `not used: ${file}`, 4, 2, "dim");
}

function rendererText({ renderers = [] }: Inputs): string {
  return renderers.length === 0 ? "" : `, rendered by ${renderers.map(({ name, version }) => `${name} ${version}`).join(" and ")}`;
}

/** What was scanned, and what was not. There where it was asked for, and then the result names what was skipped. */
export function* inputLines(sheet: Sheet): Iterable<string> {
  const { inputs } = sheet.result;
  const { skipped, files, rendered = [], notExpanded = [] } = inputs;
  if (skipped === undefined) return;
  if (inputs.cluster !== undefined) {
    yield* clusterLines(sheet, inputs.cluster);
    return;
  }
  yield* heading(sheet, "INPUTS", `${countText(files.length, "input")} scanned${rendererText(inputs)}`);
  for (const file of files) {
    yield* prose(sheet, `${file.file} (${file.loader}): ${outcome(file)}`, 2, 2);
    for (const root of rendered) if (root.file === file.file) yield* rootLines(sheet, root);
  }
  for (const { kind, name, file, reason } of notExpanded)
    yield* prose(sheet, `not expanded: ${kind} ${name} (${file}): ${reason}`, 2, 2, "yellow");
  for (const { file, reason } of skipped)
    yield* prose(sheet, `skipped: ${file} (${reason === "ignored" ? "left out by an ignore file" : "nothing that is read"})`, 2, 2, "dim");
}
