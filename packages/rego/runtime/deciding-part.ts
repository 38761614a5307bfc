// The part of composite values by which a list of them that begin alike can be ordered.
import { BeyondJson } from "./beyond-json.ts";
import { compareStrings, equals } from "./compare.ts";
import type { PartPath } from "./differing-part.ts";
import { own } from "./own.ts";
import type { PlainObject, RegoArray, RegoValue } from "./value.ts";

/** Where two values differ first, in Rego's order: the steps that lead there, each linked to the next, and at their end what differs. */
type Difference = Step | typeof texts | typeof others;

interface Step {
  readonly step: string | number;
  readonly rest: Difference;
}

/** Two values are the same. */
const same: unique symbol = Symbol("same");

/** They differ in a text that both have. */
const texts: unique symbol = Symbol("texts");

/** They differ in something else. */
const others: unique symbol = Symbol("others");

/** What decides about the order of some values. */
export interface DecidingPart {
  readonly path: PartPath;
  /** Whether all of them have a text there. */
  readonly isText: boolean;
}

/**
 * The part that decides about the order of some values unless it is the same in several: all of them are the same before it, and have it. Undefined if all values are
 * the same. Each value is compared with the first, and no two of the others with each other.
 */
export function decidingPart(values: readonly RegoValue[]): DecidingPart | undefined {
  const first = values[0] as RegoValue;
  let deciding: Difference | null = null;
  for (let i = 1; i < values.length; i++) {
    const found = firstDifference(first, values[i] as RegoValue);
    if (found !== same && (deciding === null || decidesBefore(found, deciding))) deciding = found;
  }
  return deciding === null ? undefined : partOf(deciding);
}

function partOf(difference: Difference): DecidingPart {
  const path: (string | number)[] = [];
  let rest = difference;
  for (; typeof rest === "object"; rest = rest.rest) path.push(rest.step);
  return { path, isText: rest === texts };
}

/** Whether a difference stands before another, or at the same place and is none of texts. Where one stands within what the other is about, that is the one before. */
function decidesBefore(difference: Difference, than: Difference): boolean {
  let [a, b] = [difference, than];
  while (typeof a === "object" && typeof b === "object" && a.step === b.step) [a, b] = [a.rest, b.rest];
  if (typeof a !== "object") return a === others;
  if (typeof b !== "object") return false;
  return typeof a.step === "number" ? a.step < (b.step as number) : compareStrings(a.step, b.step as string) < 0;
}

function firstDifference(a: RegoValue, b: RegoValue): Difference | typeof same {
  if (a === b) return same;
  if (typeof a === "string" && typeof b === "string") return texts;
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return equals(a, b) ? same : others;
  if (Array.isArray(a) && Array.isArray(b)) return inArrays(a as RegoArray, b as RegoArray);
  if (Array.isArray(a) || Array.isArray(b) || a instanceof BeyondJson || b instanceof BeyondJson) return equals(a, b) ? same : others;
  return inObjects(a as PlainObject, b as PlainObject);
}

function inArrays(a: RegoArray, b: RegoArray): Difference | typeof same {
  if (a.length !== b.length) return others;
  for (let i = 0; i < a.length; i++) {
    const found = firstDifference(a[i] as RegoValue, b[i] as RegoValue);
    if (found !== same) return { step: i, rest: found };
  }
  return same;
}

/** The keys are gone through as they come; what lies behind the first difference so far is not looked at. */
function inObjects(a: PlainObject, b: PlainObject): Difference | typeof same {
  let key: string | null = null;
  let difference: Difference = others;
  let surplus = 0;
  for (const name in a) {
    surplus++;
    const [left, right] = [own(a, name), own(b, name)];
    // Where the keys differ, they decide.
    if (left === undefined || right === undefined) return others;
    if (key !== null && compareStrings(name, key) > 0) continue;
    const found = firstDifference(left, right);
    if (found === same) continue;
    key = name;
    difference = found;
  }
  for (const _ in b) surplus--;
  if (surplus !== 0) return others;
  return key === null ? same : { step: key, rest: difference };
}
