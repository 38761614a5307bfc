import type { Control } from "@holdfast/core";
import type { Exception, Target } from "./exception.ts";
import { isEmptySelector } from "./label-selector.ts";
import { textOfPattern, type Pattern } from "./pattern.ts";
import { concernsControl } from "./match.ts";
import { isAnything, isUnscoped } from "./scope.ts";

/** A way in which an exception accepts what its author can't have looked at. */
export interface OverBroadReason {
  readonly code: "every-control" | "whole-cluster" | "matches-everything" | "endless";
  readonly text: string;
}

function isOneText(pattern: Pattern | undefined): boolean {
  return pattern !== undefined && textOfPattern(pattern.source) !== null;
}

/** Whether a target names one object (or one container of it, or what one file holds) and not a class of them. */
function namesOne({ name, resourceID, path, labels }: Target): boolean {
  return isOneText(name) || isOneText(resourceID) || isOneText(path) || labels.some(([, pattern]) => isOneText(pattern));
}

/** Whether an exception is about a kind of objects wherever they are, and nothing else tells them apart. */
function isWholeCluster(exception: Exception): boolean {
  if (isUnscoped(exception)) return true;
  const { object, namespace, namespaceSelector, objectSelector, images, targets } = exception;
  const selects = [namespaceSelector, objectSelector].some((selector) => selector !== null && !isEmptySelector(selector));
  if (object !== null || namespace !== null || selects || images.length > 0) return false;
  return targets.some((target) => {
    const parts = [target.name, target.namespace, target.path, target.resourceID, target.containerName];
    return parts.every((pattern) => isAnything(pattern)) && target.labels.length === 0;
  });
}

/** Patterns that are written and leave nothing out: who wrote them may have meant something else. */
function emptyPatterns({ targets, images }: Exception): readonly string[] {
  const found = targets
    .flatMap(({ name, namespace, containerName }) => [name, namespace, containerName])
    .filter((pattern) => pattern !== undefined);
  return [...found.filter((pattern) => isAnything(pattern)), ...images.filter((pattern) => isAnything(pattern, "image"))].map(
    ({ source }) => source,
  );
}

/** Whether an exception accepts what nobody has seen yet: objects that will come to be in its scope. */
function isOpen({ object, targets, namespace, objectSelector }: Exception): boolean {
  if (object !== null) return false;
  if (targets.length === 0) return namespace !== null || objectSelector === null || isEmptySelector(objectSelector);
  return !targets.every(namesOne);
}

/** Why an exception is over-broad. docs/concepts/exceptions.md defines each. */
export function overBroadReasons(exception: Exception, controls: readonly Pick<Control, "id" | "name">[]): readonly OverBroadReason[] {
  if (exception.controls.length === 0 && exception.vulnerabilities.length > 0) return [];
  const reasons: OverBroadReason[] = [];
  if (controls.length > 1 && controls.every((control) => concernsControl(exception, control)))
    reasons.push({ code: "every-control", text: "it is about every control; name those that are meant" });
  if (isWholeCluster(exception))
    reasons.push({
      code: "whole-cluster",
      text: "it is about objects of the whole cluster; name them, or their namespace, labels or images",
    });
  const empty = emptyPatterns(exception);
  if (empty.length > 0)
    reasons.push({
      code: "matches-everything",
      text: `the pattern ${empty.map((source) => JSON.stringify(source)).join(", ")} leaves nothing out; leave it away, or say what is meant`,
    });
  if (exception.expires === null && isOpen(exception))
    reasons.push({ code: "endless", text: "it names no single object and never expires, so that it will accept what nobody has seen yet" });
  return reasons;
}
