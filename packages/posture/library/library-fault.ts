/** What is wrong with a file of the library. Reading collects them all, so that one run shows all there is to mend. */
export interface LibraryFault {
  readonly file: string;
  readonly line: number | null;
  readonly message: string;
}

/** A text file of the library: its path below the library's folder, with `/`. */
export interface LibraryFile {
  readonly path: string;
  readonly text: string;
}

/** The line of a key's entry in the file, or of the mapping for null; null where it is not known. */
export type LineOfKey = (key: string | null) => number | null;

/** Reads typed values out of parsed YAML, and notes what is not as it should be. */
export class FieldReader {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #file: string;
  readonly #faults: LibraryFault[];
  readonly #lineOf: LineOfKey;
  readonly #known = new Set<string>();

  constructor(value: unknown, file: string, faults: LibraryFault[], lineOf: LineOfKey = () => null) {
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isObject) faults.push({ file, line: lineOf(null), message: "expected a mapping" });
    this.#fields = isObject ? (value as Readonly<Record<string, unknown>>) : {};
    this.#file = file;
    this.#faults = faults;
    this.#lineOf = lineOf;
  }

  /** Notes a fault of the mapping as a whole. */
  fault(message: string): void {
    this.#faults.push({ file: this.#file, line: this.#lineOf(null), message });
  }

  #faultOf(key: string, message: string): void {
    this.#faults.push({ file: this.#file, line: this.#lineOf(key), message: `${key}: ${message}` });
  }

  raw(key: string): unknown {
    this.#known.add(key);
    return Object.hasOwn(this.#fields, key) ? this.#fields[key] : undefined;
  }

  text(key: string): string {
    const value = this.raw(key);
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    this.#faultOf(key, "expected a text");
    return "";
  }

  optionalText(key: string): string | undefined {
    return this.raw(key) === undefined ? undefined : this.text(key);
  }

  number(key: string): number {
    const value = this.raw(key);
    if (typeof value === "number") return value;
    this.#faultOf(key, "expected a number");
    return 0;
  }

  /** A list of texts; empty where the key is absent. */
  texts(key: string): readonly string[] {
    return this.list(key).map((value) => {
      if (typeof value !== "string") this.#faultOf(key, "expected a list of texts");
      return String(value);
    });
  }

  /** A list; empty where the key is absent. */
  list(key: string): readonly unknown[] {
    const value = this.raw(key);
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value;
    this.#faultOf(key, "expected a list");
    return [];
  }

  /** One of the given texts; undefined where the key is absent. */
  oneOf<const T extends string>(key: string, values: readonly T[]): T | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    const found = values.find((one) => one === value);
    if (found === undefined) this.#faultOf(key, `expected one of ${values.join(", ")}`);
    return found;
  }

  /** Notes every key that nothing has asked for: most often a misspelt one. */
  refuseOthers(): void {
    for (const key of Object.keys(this.#fields)) if (!this.#known.has(key)) this.#faultOf(key, "unknown key");
  }
}
