import { parseModule, type ParseOptions } from "../1-parse/parse-module.ts";

type Parsed = ReturnType<typeof parseModule>;

/** How much source text is kept, in UTF-16 units. */
const limit = 8_000_000;

/**
 * Syntax trees by content: the modules of a library are shared by many programs, and nothing changes a tree. What was used longest ago goes
 * first when there is too much.
 */
export class ParsedModules {
  private readonly kept: Map<string, Parsed> = new Map();
  private size = 0;

  parse(source: string, options: ParseOptions): Parsed {
    const key = `${options.version} ${options.file}\n${source}`;
    const known = this.kept.get(key);
    if (known !== undefined) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known;
    }
    const parsed = parseModule(source, options);
    this.kept.set(key, parsed);
    this.size += key.length;
    for (const oldest of this.kept.keys()) {
      if (this.size <= limit || oldest === key) break;
      this.kept.delete(oldest);
      this.size -= oldest.length;
    }
    return parsed;
  }
}

export const parsedModules: ParsedModules = new ParsedModules();
