const FIELD = /^(?<indent> {2}| {4})"(?<key>[A-Za-z]+)": (?<value>.*)$/su;

/** The lists and objects that are being read, the innermost last. */
interface Open {
  readonly indent: string;
  readonly closing: "]" | "}";
  readonly value: unknown[] | Record<string, unknown>;
  /** Whether the line before says that more follows; undefined before the first. */
  more?: boolean;
}

/** Thrown where a text does not have the layout: it may still be a result, which somebody laid out anew. */
class OtherLayout extends Error {}

/** Reads the lines of a result as the format `json` lays it out: one field or one element a line. */
class LineReader {
  readonly #open: Open[] = [];
  #root: Record<string, unknown> | undefined;

  /** The document, once all its lines were taken. */
  end(): unknown {
    if (this.#root === undefined || this.#open.length > 0) throw new OtherLayout();
    return this.#root;
  }

  take(line: string): void {
    const inner = this.#open.at(-1);
    if (inner === undefined) {
      if (this.#root === undefined && line === "{") this.#begin({}, "}", "");
      else if (line !== "") throw new OtherLayout();
      return;
    }
    const more = line.endsWith(",");
    const text = more ? line.slice(0, -1) : line;
    if (text === inner.indent + inner.closing) {
      if (inner.more === true) throw new OtherLayout();
      this.#open.pop();
      const outer = this.#open.at(-1);
      if (outer === undefined && more) throw new OtherLayout();
      if (outer !== undefined) outer.more = more;
      return;
    }
    if (inner.more === false) throw new OtherLayout();
    if (Array.isArray(inner.value)) {
      inner.value.push(JSON.parse(text));
      inner.more = more;
    } else this.#field(inner, inner.value, text, more);
  }

  #begin(value: Open["value"], closing: Open["closing"], indent: string): void {
    this.#root ??= value as Record<string, unknown>;
    this.#open.push({ indent, closing, value });
  }

  #field(inner: Open, object: Record<string, unknown>, text: string, more: boolean): void {
    const { indent, key = "", value = "" } = FIELD.exec(text)?.groups ?? {};
    if (indent !== `${inner.indent}  ` || Object.hasOwn(object, key)) throw new OtherLayout();
    if (value === "[" || value === "{") {
      if (more) throw new OtherLayout();
      const items = value === "[" ? [] : {};
      object[key] = items;
      this.#begin(items, value === "[" ? "]" : "}", indent);
    } else {
      object[key] = JSON.parse(value);
      inner.more = more;
    }
  }
}

/**
 * Reads the bytes of a document of the layout that the format `json` writes, line by line, so that its text is never in memory as a whole: of a large result the text takes
 * more than the values. Null where it has another layout, or is no JSON: then the whole text has to be read to know what it is.
 */
export async function readResultLines(pieces: AsyncIterable<Uint8Array>): Promise<unknown> {
  const decoder = new TextDecoder();
  const reader = new LineReader();
  let rest = "";
  try {
    for await (const piece of pieces) {
      rest += decoder.decode(piece, { stream: true });
      let from = 0;
      for (let at = rest.indexOf("\n"); at !== -1; at = rest.indexOf("\n", from)) {
        reader.take(rest.slice(from, at));
        from = at + 1;
      }
      rest = rest.slice(from);
    }
    reader.take(rest + decoder.decode());
    return reader.end();
  } catch (error) {
    if (error instanceof OtherLayout || error instanceof SyntaxError) return null;
    throw error;
  }
}
