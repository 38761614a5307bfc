import type { Resource } from "@holdfast/core";
import { readYaml } from "../1-load/read-yaml.ts";
import { SourceText } from "../yaml/source-text.ts";
import { endOfText, secretMasks } from "./masked-text.ts";
import { maskedSetting, secretTexts, withoutTexts } from "./origin-excerpt.ts";
import { MASK } from "./secret-values.ts";
import type { TextEdit } from "./text-edit.ts";

/** What may stand between objects and says nothing: document markers, comments, punctuation, the head of a list of objects, also where it is written in one line. */
const BETWEEN =
  /^(?:\s*(?:(?:---|\.\.\.)(?:\s.*)?|#.*|(?:apiVersion|kind|items|metadata)\s*:[\s"\w/{[-]*,?)\s*|(?:[-\s,[\]{}]|"(?:apiVersion|kind|items|metadata|resourceVersion|selfLink)"\s*:\s*(?:"[\w./-]*")?)*)$/u;

/**
 * The lines of a file as outputs may show them, split at `\n`: a line without secrets is as it stands in the file. In a manifest the secrets of objects are masked, and what
 * belongs to no object is hidden, for it may be a Secret that couldn't be read. In any other file, settings that are credentials by their names or forms are masked, and so
 * are `secrets`, texts that no output may show ({@link renderedSecrets}).
 */
export function shownLines(text: string, secrets: readonly string[] = []): readonly string[] {
  const raw = text.split("\n");
  const objects = readYaml(new SourceText("", text), { template: false, syntax: "yaml-syntax" }).flatMap((document) =>
    document.kind === "produced" ? document.resources : [],
  );
  if (objects.length === 0) return raw.map((line, at) => withoutTexts(maskedSetting(line, raw, at), secrets));
  const masks = objects.flatMap(secretMasks).toSorted((a, b) => a.start - b.start || b.end - a.end);
  const inside = objects
    .map(({ source: { nodes, node } }) => ({ start: nodes.start(node), end: endOfText(text, nodes.start(node), nodes.end(node)) }))
    .toSorted((a, b) => a.start - b.start);
  let start = 0;
  let mask = 0;
  let object = 0;
  return raw.map((line) => {
    const from = start;
    const end = from + line.length;
    start = end + "\n".length;
    while ((inside[object]?.end ?? Infinity) <= from && object < inside.length) object += 1;
    if (!BETWEEN.test(outside(text, from, end, inside, object))) return "…";
    const own: TextEdit[] = [];
    while (mask < masks.length && (masks[mask]?.start ?? end) < end) {
      const one = masks[mask];
      if (one !== undefined) own.push(one);
      mask += 1;
    }
    return masked(line, from, own);
  });
}

/** What rendered objects have as secrets: it may stand under any name in the files that they come from. The longest come first. */
export function renderedSecrets(resources: readonly Resource[]): readonly string[] {
  const found = new Set(resources.flatMap((resource) => ("origins" in resource ? secretTexts(resource.object) : [])));
  return [...found].sort((a, b) => b.length - a.length);
}

/** What of a line is part of no object. */
function outside(text: string, from: number, end: number, inside: readonly { start: number; end: number }[], first: number): string {
  let rest = "";
  let here = from;
  for (let at = first; at < inside.length && here < end; at += 1) {
    const { start, end: close } = inside[at] ?? { start: end, end };
    if (start >= end) break;
    rest += text.slice(here, Math.max(here, start));
    here = Math.max(here, close);
  }
  return rest + text.slice(here, Math.max(here, end));
}

function masked(line: string, from: number, masks: readonly TextEdit[]): string {
  let shown = "";
  let here = 0;
  for (const { start, end } of masks) {
    if (start - from < here) continue;
    shown += line.slice(here, start - from) + MASK;
    here = end - from;
  }
  return shown + line.slice(here);
}
