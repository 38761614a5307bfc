/** A way into an object: keys of objects and indices of arrays. */
export type ObjectPath = readonly (string | number)[];

const PLAIN_KEY = /^[A-Za-z0-9_$-]+$/u;

/** The value at a path, or undefined where the way ends. Own properties only. */
export function valueAt(root: unknown, path: ObjectPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/**
 * Reads a path as rules write it: `spec.containers[0].image`, `metadata.annotations["a.b/c"]`, `metadata.annotations[a.b/c]`. A key that has dots of its own and
 * was not put in brackets (`metadata.labels.app.kubernetes.io/name`) is found where `root` has it: the longest key that is there wins.
 * Returns null for a text that is no path (an unclosed bracket, an empty step).
 */
export function parseObjectPath(text: string, root?: unknown): ObjectPath | null {
  const path: (string | number)[] = [];
  let here = root;
  let rest = text;
  while (rest !== "") {
    const step = takeBracket(rest) ?? takeKey(rest, here);
    if (step === null) return null;
    path.push(step.key);
    here = valueAt(here, [step.key]);
    rest = step.rest;
    if (rest.startsWith(".")) {
      rest = rest.slice(1);
      if (rest === "") return null;
    } else if (rest !== "" && !rest.startsWith("[")) {
      return null;
    }
  }
  return path;
}

interface Step {
  readonly key: string | number;
  readonly rest: string;
}

/** A step in brackets: an index, or a key with or without quotes. */
function takeBracket(text: string): Step | null {
  if (!text.startsWith("[")) return null;
  const quoted = /^\[("(?:[^"\\]|\\.)*"|'[^']*')\]/u.exec(text);
  if (quoted?.[1] !== undefined) return { key: unquote(quoted[1]), rest: text.slice(quoted[0].length) };
  const end = text.indexOf("]");
  if (end < 2) return null;
  const inside = text.slice(1, end);
  return { key: /^\d+$/u.test(inside) ? Number(inside) : inside, rest: text.slice(end + 1) };
}

function unquote(quoted: string): string {
  if (quoted.startsWith("'")) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}

/** A step after a dot. Where the object at hand has a key that goes on past the next dot, that key is meant. */
function takeKey(text: string, here: unknown): Step | null {
  const end = endOfKey(text);
  const short = text.slice(0, end);
  if (end < text.length && typeof here === "object" && here !== null && !Array.isArray(here) && !leadsOn(here, short)) {
    let longest = "";
    for (const key of Object.keys(here)) {
      const next = text[key.length];
      if (key.length > longest.length && text.startsWith(key) && (next === undefined || next === "." || next === "[")) longest = key;
    }
    if (longest.length > short.length) return { key: longest, rest: text.slice(longest.length) };
  }
  return short === "" ? null : { key: short, rest: text.slice(end) };
}

/** Where a key ends that has no dots of its own. */
function endOfKey(text: string): number {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2e || code === 0x5b) return at;
  }
  return text.length;
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
