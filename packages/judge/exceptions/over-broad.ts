import type { Control } from "@holdfast/core";
import { areNearlyAnything, isNearlyAnything, isOpenBut, narrows } from "./breadth.ts";
import type { Exception, Target } from "./exception.ts";
import { textOfPattern, type Pattern } from "./pattern.ts";
import { concernsControl } from "./match.ts";
import { isUnscoped } from "./scope.ts";

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
  if (object !== null || namespace !== null || narrows(namespaceSelector) || narrows(objectSelector)) return false;
  if (images.length > 0 && !areNearlyAnything(images, "image")) return false;
  return targets.some((target) => target.labels.length === 0 && isOpenBut(target, ["apiGroup", "kind"]));
}

/** Patterns that are written and leave next to nothing out: who wrote them may have meant something else. */
function emptyPatterns({ targets, images }: Exception): readonly string[] {
  const found = targets
    .flatMap(({ name, namespace, containerName }) => [name, namespace, containerName])
    .filter((pattern) => pattern !== undefined);
  return [
    ...found.filter((pattern) => isNearlyAnything(pattern, "name")),
    ...images.filter((pattern) => isNearlyAnything(pattern, "image")),
  ].map(({ source }) => source);
}

/** Whether an exception accepts what nobody has seen yet: objects that will come to be in its scope. */
function isOpen({ object, targets, namespace, objectSelector }: Exception): boolean {
  if (object !== null) return false;
  if (targets.length === 0) return namespace !== null || !narrows(objectSelector);
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
      text: `the pattern ${empty.map((source) => JSON.stringify(source)).join(", ")} leaves next to nothing out; leave it away, or say what is meant`,
    });
  if (exception.expires === null && isOpen(exception))
    reasons.push({ code: "endless", text: "it names no single object and never expires, so that it will accept what nobody has seen yet" });
  return reasons;
}
