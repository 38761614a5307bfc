/** A way into an object: keys of objects and indices of arrays. */
export type ObjectPath = readonly (string | number)[];

const PLAIN_KEY = /^[A-Za-z0-9_$-]+$/u;

/** The value at a path, or undefined where the way ends. Own properties only. */
export function valueAt(root: unknown, path: ObjectPath): unknown {
  let value = root;
  // By number: it is asked for every finding, and often.
  for (let at = 0; at < path.length; at++) {
    const step = path[at] ?? "";
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** How many steps of a path lead to something. Own properties only. */
export function depthIn(root: unknown, path: ObjectPath): number {
  let value = root;
  for (const [depth, step] of path.entries()) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return depth;
    value = (value as Record<string | number, unknown>)[step];
  }
  return path.length;
}

/**
 * Reads a path as rules write it: `spec.containers[0].image`, `metadata.annotations["a.b/c"]`, `metadata.annotations[a.b/c]`. A key that has dots of its own and
 * was not put in brackets (`metadata.labels.app.kubernetes.io/name`) is found where `root` has it: the longest key that is there wins.
 * Returns null for a text that is no path (an unclosed bracket, an empty step).
 */
export function parseObjectPath(text: string, root?: unknown): ObjectPath | null {
  const plain = plainSteps(text);
  return plain !== null && meansPlainSteps(root, plain) ? plain : readPath(text, root);
}

/** The steps of texts that were read before: rules name the same few hundred paths in every object. */
const known = new Map<string, ObjectPath | null>();
const KNOWN_PATHS = 2000;

/** The steps of a path, each dot taken for the end of a key; null where that is not to be. */
function plainSteps(text: string): ObjectPath | null {
  const steps = known.get(text);
  if (steps !== undefined) return steps;
  const read = readPath(text, undefined);
  if (known.size >= KNOWN_PATHS) known.clear();
  known.set(text, read);
  return read;
}

/** Whether each dot of a path ends a key in this object too: where the way ends, no longer key may go on. */
function meansPlainSteps(root: unknown, steps: ObjectPath): boolean {
  let here = root;
  for (let at = 0; at < steps.length - 1; at++) {
    const step = steps[at] ?? "";
    if (typeof here !== "object" || here === null) return true;
    const value = (here as Record<string | number, unknown>)[step];
    // Of what objects and arrays inherit, this alone is an object too: asking of each step whether it is the object's own would take as long again.
    const inherited = step === "__proto__" && !Object.hasOwn(here, step);
    if (inherited || typeof value !== "object" || value === null) return !hasLongerKey(here, step);
    here = value;
  }
  return true;
}

function hasLongerKey(here: object, step: string | number): boolean {
  if (typeof step === "number" || Array.isArray(here)) return false;
  const keys = Object.keys(here);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? "";
    if (key.length > step.length && key.startsWith(step)) return true;
  }
  return false;
}

function readPath(text: string, root: unknown): ObjectPath | null {
  const path: (string | number)[] = [];
  let here = root;
  let at = 0;
  while (at < text.length) {
    const step = text.charCodeAt(at) === OPEN ? bracketAt(text, at) : keyAt(text, at, here);
    if (step === null) return null;
    path.push(step.key);
    here = valueAt(here, [step.key]);
    at = step.end;
    if (text.charCodeAt(at) === DOT) {
      at++;
      if (at === text.length) return null;
    } else if (at < text.length && text.charCodeAt(at) !== OPEN) {
      return null;
    }
  }
  return path;
}

const DOT = 0x2e;
const OPEN = 0x5b;

interface Step {
  readonly key: string | number;
  /** Where the step ends in the text. */
  readonly end: number;
}

const QUOTED = /\[("(?:[^"\\]|\\.)*"|'[^']*')\]/uy;

/** A step in brackets: an index, or a key with or without quotes. */
function bracketAt(text: string, at: number): Step | null {
  const end = text.indexOf("]", at);
  if (end !== -1) {
    const index = indexOf(text, at + 1, end);
    if (index !== null) return { key: index, end: end + 1 };
  }
  QUOTED.lastIndex = at;
  const quoted = QUOTED.exec(text);
  if (quoted?.[1] !== undefined) return { key: unquote(quoted[1]), end: at + quoted[0].length };
  return end < at + 2 ? null : { key: text.slice(at + 1, end), end: end + 1 };
}

/** The index that stands between two places of a text; null where something else does. */
function indexOf(text: string, start: number, end: number): number | null {
  if (start === end) return null;
  let index = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return null;
    index = index * 10 + digit;
  }
  return index;
}

function unquote(quoted: string): string {
  if (quoted.startsWith("'")) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}

/** A step without brackets. Where the object at hand has a key that goes on past the next dot, that key is meant. */
function keyAt(text: string, at: number, here: unknown): Step | null {
  let end = at;
  while (end < text.length && text.charCodeAt(end) !== DOT && text.charCodeAt(end) !== OPEN) end++;
  const short = text.slice(at, end);
  if (end < text.length && typeof here === "object" && here !== null && !Array.isArray(here) && !leadsOn(here, short)) {
    let longest = "";
    for (const key of Object.keys(here)) {
      const next = text[at + key.length];
      if (key.length > longest.length && text.startsWith(key, at) && (next === undefined || next === "." || next === "[")) longest = key;
    }
    if (longest.length > short.length) return { key: longest, end: at + longest.length };
  }
  return short === "" ? null : { key: short, end };
}

/** Whether a path may go on below this key. If it can't, the dots behind it belong to a longer key. */
function leadsOn(here: object, key: string): boolean {
  const value = Object.hasOwn(here, key) ? (here as Record<string, unknown>)[key] : undefined;
  return typeof value === "object" && value !== null;
}

/** Writes a path as people read it: `spec.containers[0].image`; keys that are not plain stand in brackets and quotes. */
export function formatObjectPath(path: ObjectPath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (PLAIN_KEY.test(step)) text += text === "" ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}
