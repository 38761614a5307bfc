import { areNearlyAllObjects, areNearlyAnything, narrows } from "./breadth.ts";
import type { ControlScope, Exception, Target } from "./exception.ts";
import { isEmptySelector, selectorText } from "./label-selector.ts";
import { textOfPattern, type Pattern } from "./pattern.ts";

/** Whether an exception is about every object of whatever it is applied to, or leaves so few out that it is as good as that. */
export function isUnscoped({ targets, namespace, namespaceSelector, objectSelector, images, object }: Exception): boolean {
  return (
    object === null &&
    namespace === null &&
    !narrows(namespaceSelector) &&
    !narrows(objectSelector) &&
    (images.length === 0 || areNearlyAnything(images, "image")) &&
    (targets.length === 0 || areNearlyAllObjects(targets))
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
