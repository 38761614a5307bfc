import type { ControlScope, Exception, Target } from "./exception.ts";
import { isEmptySelector, selectorText } from "./label-selector.ts";
import { matchesAll, textOfPattern, type Pattern } from "./pattern.ts";

// Texts that no pattern matches which means anything in particular.
const NAMES = ["q", "zq-9", "zq-holdfast-probe"];
const KINDS = ["Q", "ZqHoldfastProbe", "X9"];
const IMAGES = ["q", "zq.example/x7:0", "localhost:5000/zq/x7@sha256:0"];

/** Whether a pattern leaves nothing out. */
export function isAnything(pattern: Pattern | undefined, what: "name" | "kind" | "image" = "name"): boolean {
  return pattern === undefined || matchesAll(pattern, what === "kind" ? KINDS : what === "image" ? IMAGES : NAMES);
}

/** Whether a target leaves no object of a cluster out. */
function isAnyObject({ apiGroup, kind, namespace, name, path, resourceID, containerName, labels }: Target): boolean {
  const names = [apiGroup, namespace, name, path, resourceID, containerName];
  return names.every((pattern) => isAnything(pattern)) && isAnything(kind, "kind") && labels.every(([, pattern]) => isAnything(pattern));
}

/** Whether an exception is about every object of whatever it is applied to. */
export function isUnscoped({ targets, namespace, namespaceSelector, objectSelector, images, object }: Exception): boolean {
  return (
    object === null &&
    namespace === null &&
    (namespaceSelector === null || isEmptySelector(namespaceSelector)) &&
    (objectSelector === null || isEmptySelector(objectSelector)) &&
    (images.length === 0 || images.some((pattern) => isAnything(pattern, "image"))) &&
    (targets.length === 0 || targets.some(isAnyObject))
  );
}

function shown(pattern: Pattern): string {
  return textOfPattern(pattern.source) ?? `/${pattern.source}/`;
}

function controlText({ control, controlName, framework, rule }: ControlScope): string {
  const named = [control, controlName].filter((pattern) => pattern !== null).map(shown);
  const what = named.length === 0 ? "every control" : named.join(" ");
  return `${what}${rule === null ? "" : ` by rule ${shown(rule)}`}${framework === null ? "" : ` in framework ${shown(framework)}`}`;
}

function targetText({ apiGroup, kind, name, namespace, cluster, path, resourceID, containerName, labels }: Target): string {
  const object = [
    kind === undefined ? "objects" : shown(kind),
    apiGroup === undefined ? "" : apiGroup.source === "" ? "(core)" : `(${shown(apiGroup)})`,
    name === undefined ? "" : shown(name),
  ].filter((part) => part !== "");
  const more = [
    namespace === undefined ? "" : `in namespace ${shown(namespace)}`,
    containerName === undefined ? "" : `container ${shown(containerName)}`,
    cluster === undefined ? "" : `of cluster ${shown(cluster)}`,
    path === undefined ? "" : `in file ${shown(path)}`,
    resourceID === undefined ? "" : `with id ${shown(resourceID)}`,
    ...labels.map(([key, pattern]) => `with ${key}=${shown(pattern)}`),
  ].filter((part) => part !== "");
  return [...object, ...more].join(" ");
}

/** What an exception is about, in one line. */
export function scopeText(exception: Exception): string {
  const { controls, targets, namespace, namespaceSelector, objectSelector, images, object } = exception;
  const what = controls.length === 0 && exception.vulnerabilities.length === 0 ? "every control" : controls.map(controlText).join(", ");
  const where = [
    targets.length === 0 ? (object === null ? "every object" : "this object") : targets.map(targetText).join(" or "),
    namespace === null ? "" : `in namespace ${namespace}`,
    namespaceSelector === null || isEmptySelector(namespaceSelector) ? "" : `in namespaces with ${selectorText(namespaceSelector)}`,
    objectSelector === null || isEmptySelector(objectSelector) ? "" : `with labels ${selectorText(objectSelector)}`,
    images.length === 0 ? "" : `with image ${images.map(shown).join(" or ")}`,
  ].filter((part) => part !== "");
  return `${what === "" ? "vulnerabilities" : what} on ${where.join(" ")}`;
}
