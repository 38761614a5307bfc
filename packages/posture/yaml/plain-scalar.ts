/**
 * What a plain (unquoted) scalar means to Kubernetes. The API machinery reads YAML 1.1 through sigs.k8s.io/yaml and turns it into JSON, so these rules
 * are not those of YAML 1.2: `yes`, `on` and `y` are booleans, `0755` is octal, `1_000` a number, and dates and `190:20:30` are strings.
 * Every rule here was tried with `kubectl label --local -o json`.
 */
export type Scalar = string | number | bigint | boolean | null;

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
]);

const WORD = 1;
const NUMBER = 2;
/** What a scalar may be that begins with an ASCII character, by its code. */
const BEGINS = new Uint8Array(128);
for (const word of WORDS.keys()) if (word !== "") BEGINS[word.charCodeAt(0)] = WORD;
for (const character of "+-.0123456789") BEGINS[character.charCodeAt(0)] = NUMBER;

/** No word above is longer. */
const LONGEST_WORD = 5;

const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/u;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/u;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/u;
const SMALLEST_INTEGER = -(2n ** 63n);
const LARGEST_INTEGER = 2n ** 63n - 1n;

/** The value of a plain scalar's text. `.inf` and `.nan` become `Infinity` and `NaN`, which no JSON has: callers refuse them as Kubernetes does. */
export function plainScalar(text: string): Scalar {
  // Most scalars are strings, and their first character tells.
  switch (BEGINS[text.charCodeAt(0)]) {
    case WORD: {
      if (text.length > LONGEST_WORD) return text;
      const value = WORDS.get(text);
      return value === undefined ? text : value;
    }
    case NUMBER:
      return numberOf(text) ?? text;
    default:
      return text === "" ? null : text;
  }
}

/** The number that a text spells, or undefined. Integers beyond doubles are bigints as far as Kubernetes' 64 bits reach, and doubles from there on. */
export function numberOf(text: string): number | bigint | undefined {
  const plain = text.includes("_") ? withoutUnderscores(text) : text;
  if (INTEGER.test(plain)) return integerOf(plain);
  if (FLOAT.test(plain)) {
    const value = Number(plain);
    return Number.isFinite(value) ? value : undefined;
  }
  if (NOT_FINITE.test(plain)) {
    if (/nan/iu.test(plain)) return Number.NaN;
    return plain.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return undefined;
}

/** A leading underscore makes no number. */
function withoutUnderscores(text: string): string {
  return text.startsWith("_") ? text : text.replaceAll("_", "");
}

function integerOf(text: string): number | bigint {
  const negative = text.startsWith("-");
  const digits = negative || text.startsWith("+") ? text.slice(1) : text;
  const spelled = /^0[0-7]/u.test(digits) ? `0o${digits.slice(1)}` : digits;
  const small = Number(spelled);
  // Zero minus, not a sign: Kubernetes has no negative zero.
  if (Number.isSafeInteger(small)) return negative ? 0 - small : small;
  const exact = negative ? -BigInt(spelled) : BigInt(spelled);
  return exact >= SMALLEST_INTEGER && exact <= LARGEST_INTEGER ? exact : Number(exact);
}
