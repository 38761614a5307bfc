import { parseModule, type ParseOptions } from "../1-parse/parse-module.ts";

type Parsed = ReturnType<typeof parseModule>;

/** How much source text is kept, in UTF-16 units. */
const limit = 8_000_000;

/**
 * Syntax trees by content: the modules of a library are shared by many programs, and nothing changes a tree. What was used longest ago goes
 * first when there is too much.
 */
export class ParsedModules {
  /** By the source, and then by the version and name that it was parsed with: a source is the same text in many programs, and is not copied to find it. */
  private readonly kept: Map<string, Map<string, Parsed>> = new Map();
  private readonly most: number;
  private size = 0;

  constructor(most: number = limit) {
    this.most = most;
  }

  parse(source: string, options: ParseOptions): Parsed {
    const key = `${options.version} ${options.file}`;
    const forms = this.kept.get(source) ?? new Map<string, Parsed>();
    this.kept.delete(source);
    this.kept.set(source, forms);
    const known = forms.get(key);
    if (known !== undefined) return known;
    const parsed = parseModule(source, options);
    forms.set(key, parsed);
    this.size += source.length + key.length;
    for (const [oldest, made] of this.kept) {
      for (const [each, tree] of made) {
        if (this.size <= this.most || tree === parsed) return parsed;
        made.delete(each);
        this.size -= oldest.length + each.length;
      }
      this.kept.delete(oldest);
    }
    return parsed;
  }
}

export const parsedModules: ParsedModules = new ParsedModules();
