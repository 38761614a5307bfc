import type { ObjectPath } from "@holdfast/core";

/** Fields whose texts decide nothing that is judged: an unknown part of them leaves the rest of the object as it is. */
const TEXTS: ReadonlySet<string> = new Set([
  "labels",
  "annotations",
  "data",
  "stringData",
  "value",
  "image",
  "args",
  "command",
  "host",
  "hosts",
  "name",
  "namespace",
  "matchLabels",
  "selector",
]);

/** Whether a path leads to a text that decides nothing that is judged. */
export function isTextPath(path: ObjectPath): boolean {
  return path.some((step) => typeof step === "string" && TEXTS.has(step));
}
