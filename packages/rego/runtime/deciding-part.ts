// The part of composite values by which a list of them that begin alike can be ordered.
import { BeyondJson } from "./beyond-json.ts";
import { compareStrings } from "./compare.ts";
import type { PartPath } from "./differing-part.ts";
import { own } from "./own.ts";
import type { PlainObject, RegoArray, RegoValue } from "./value.ts";

/** Where two values differ first, in Rego's order. The path of texts, linked from its first step; `null` at its end. */
interface Difference {
  readonly step: string | number;
  readonly rest: Difference | null;
}

/** Two values are the same. */
const same: unique symbol = Symbol("same");

/** They differ in something else than a text at a path that both have. */
const other: unique symbol = Symbol("other");

type Compared = Difference | typeof same | typeof other | null;

/**
 * The path of the text that decides about the order of some values unless it is the same in several: all of them are the same before it, and have a text there. Undefined
 * if all values are the same; null if there is no such text. Each value is compared with the first, and no two of the others with each other.
 */
export function decidingPart(values: readonly RegoValue[]): PartPath | null | undefined {
  const first = values[0] as RegoValue;
  let deciding: Difference | null = null;
  for (let i = 1; i < values.length; i++) {
    const found = firstDifference(first, values[i] as RegoValue);
    if (found === same) continue;
    if (found === other || found === null) return null;
    if (deciding === null || isBefore(found, deciding)) deciding = found;
  }
  return deciding === null ? undefined : pathOf(deciding);
}

function pathOf(difference: Difference): PartPath {
  const path: (string | number)[] = [];
  for (let step: Difference | null = difference; step !== null; step = step.rest) path.push(step.step);
  return path;
}

/** Whether a path leads to what stands before what another leads to, in a value that has both. */
function isBefore(path: Difference, than: Difference): boolean {
  let [a, b]: [Difference | null, Difference | null] = [path, than];
  while (a !== null && b !== null && a.step === b.step) [a, b] = [a.rest, b.rest];
  if (a === null || b === null) return false;
  return typeof a.step === "number" ? a.step < (b.step as number) : compareStrings(a.step, b.step as string) < 0;
}

function firstDifference(a: RegoValue, b: RegoValue): Compared {
  if (a === b) return same;
  if (typeof a === "string") return typeof b === "string" ? null : other;
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return other;
  if (Array.isArray(a)) return Array.isArray(b) ? inArrays(a as RegoArray, b as RegoArray) : other;
  if (Array.isArray(b) || a instanceof BeyondJson || b instanceof BeyondJson) return other;
  return inObjects(a as PlainObject, b as PlainObject);
}

function inArrays(a: RegoArray, b: RegoArray): Compared {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const found = firstDifference(a[i] as RegoValue, b[i] as RegoValue);
    if (found !== same) return found === other ? other : { step: i, rest: found };
  }
  return a.length === b.length ? same : other;
}

/** The keys are gone through as they come; what lies behind the first difference so far is not looked at. */
function inObjects(a: PlainObject, b: PlainObject): Compared {
  let key: string | null = null;
  let difference: Compared = same;
  let surplus = 0;
  for (const name in a) {
    surplus++;
    const [left, right] = [own(a, name), own(b, name)];
    // Where the keys differ, they decide.
    if (left === undefined || right === undefined) return other;
    if (key !== null && compareStrings(name, key) > 0) continue;
    const found = firstDifference(left, right);
    if (found === same) continue;
    key = name;
    difference = found;
  }
  for (const _ in b) surplus--;
  if (surplus !== 0) return other;
  return key === null || difference === other || difference === same ? difference : { step: key, rest: difference };
}
