import { nearestNames, type ObjectPath } from "@holdfast/core";
import { readPattern, type Pattern } from "./pattern.ts";

/** What takes note of something wrong at a path of a document. */
export type NoteFault = (path: ObjectPath, message: string) => void;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The pattern of the core group, which has no name. */
const CORE_GROUP: Pattern = { source: "", matches: (text) => text === "", literal: true };

/** What programs write as null where there is nothing, and where that narrows and widens nothing. */
const MAY_BE_NULL: ReadonlySet<string> = new Set([
  "creationTimestamp",
  "creationTime",
  "createdBy",
  "expirationDate",
  "guid",
  "updatedTime",
]);

/** How the names that somebody may have meant go on from a message. */
export function didYouMean(name: string, names: readonly string[]): string {
  const nearest = nearestNames(name, names);
  return nearest.length === 0 ? "" : `; did you mean ${nearest.join(" or ")}?`;
}

/** The fields of one object of a document. Each method takes note of what is not as it should be. A null counts as absent, as it does for Kubernetes. */
export class Fields {
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: ObjectPath;
  readonly #note: NoteFault;

  constructor(value: Readonly<Record<string, unknown>>, path: ObjectPath, note: NoteFault) {
    this.value = value;
    this.path = path;
    this.#note = note;
  }

  /** The fields of a value; undefined, and noted, where it is no object. */
  static of(value: unknown, path: ObjectPath, note: NoteFault): Fields | undefined {
    if (isObject(value)) return new Fields(value, path, note);
    note(path, `expected an object${path.length === 0 ? "" : ` at ${String(path.at(-1))}`}`);
    return undefined;
  }

  fault(key: string | null, message: string): void {
    this.#note(key === null ? this.path : [...this.path, key], message);
  }

  /** Refuses all keys but these, and those that have no value: a name that is left empty would be every name. */
  allow(keys: readonly string[]): void {
    for (const [key, value] of Object.entries(this.value)) {
      if (!keys.includes(key)) this.fault(key, `unknown key ${JSON.stringify(key)}${didYouMean(key, keys)}`);
      else if (value === null && !MAY_BE_NULL.has(key)) this.fault(key, `${key} has no value; leave it out`);
    }
  }

  /** The own value of a key. */
  get(key: string): unknown {
    return Object.hasOwn(this.value, key) ? (this.value[key] ?? undefined) : undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  text(key: string): string | undefined {
    const value = this.get(key);
    if (value === undefined || typeof value === "string") return value;
    this.fault(key, `${key} is no text${typeof value === "object" ? "" : `; put ${JSON.stringify(value)} in quotes`}`);
    return undefined;
  }

  requiredText(key: string): string | undefined {
    const text = this.text(key);
    if (text !== undefined && text.trim() !== "") return text;
    if (!this.has(key) || text !== undefined) this.fault(this.has(key) ? key : null, `${key} is missing`);
    return undefined;
  }

  pattern(key: string, letterCase?: "sensitive" | "insensitive"): Pattern | undefined {
    const text = this.text(key);
    return text === undefined ? undefined : this.#pattern(text, [...this.path, key], key, letterCase);
  }

  #pattern(text: string, path: ObjectPath, what: string, letterCase?: "sensitive" | "insensitive"): Pattern | undefined {
    const read = readPattern(text, letterCase);
    if (!("fault" in read)) return read;
    this.#note(path, `the pattern ${JSON.stringify(text)} of ${what} ${read.fault}`);
    return undefined;
  }

  /** The pattern of an API group; empty means the core group, as everywhere in Kubernetes. */
  groupPattern(key: string): Pattern | undefined {
    return this.get(key) === "" ? CORE_GROUP : this.pattern(key);
  }

  patterns(key: string): readonly Pattern[] {
    return this.texts(key).flatMap((text, index) => this.#pattern(text, [...this.path, key, index], key) ?? []);
  }

  #list(key: string): readonly unknown[] {
    const value = this.get(key);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.fault(key, `${key} is no list`);
    return [];
  }

  texts(key: string): readonly string[] {
    const list = this.#list(key);
    const texts = list.filter((one) => typeof one === "string");
    if (texts.length < list.length) this.fault(key, `${key} is no list of texts`);
    return texts.length < list.length ? [] : texts;
  }

  object(key: string): Fields | undefined {
    const value = this.get(key);
    return value === undefined ? undefined : Fields.of(value, [...this.path, key], this.#note);
  }

  objects(key: string): readonly Fields[] {
    return this.#list(key).flatMap((value, index) => Fields.of(value, [...this.path, key, index], this.#note) ?? []);
  }

  /** All keys with their values, which must be texts. */
  textEntries(): readonly (readonly [string, string])[] {
    return Object.entries(this.value).flatMap(([key, value]) => {
      if (value === null) this.fault(key, `${key} has no value`);
      const text = this.text(key);
      return text === undefined ? [] : [[key, text] as const];
    });
  }

  boolean(key: string): boolean | undefined {
    const value = this.get(key);
    if (value === undefined || typeof value === "boolean") return value;
    this.fault(key, `${key} is neither true nor false`);
    return undefined;
  }

  /** A time in RFC 3339, as it is written. */
  time(key: string): string | undefined {
    const text = this.text(key);
    if (text === undefined || isTime(text)) return text;
    this.fault(key, `${key} is ${JSON.stringify(text)}; expected a time in RFC 3339, such as 2027-01-31T00:00:00Z`);
    return undefined;
  }
}

const TIME =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[Tt](?<hour>[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/u;

/** Whether a text is a time in RFC 3339, of a day that the calendar has. */
export function isTime(text: string): boolean {
  const groups = TIME.exec(text)?.groups;
  if (groups === undefined) return false;
  const [year, month, day] = [Number(groups["year"]), Number(groups["month"]), Number(groups["day"])];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && month >= 1;
}

/** Milliseconds since 1970 of a time in RFC 3339. */
export function timeValue(text: string): number {
  // A leap second is the last one of its minute.
  return Date.parse(text.toUpperCase().replace(/:60(?=[.Z+-])/u, ":59"));
}
