import type { Command } from "commander";

/** Some of the options of `scan` that belong together: a member of this collection. `Given` is what commander makes of them, `Read` is their part of a `ScanConfiguration`. */
export interface OptionGroup<Given extends object, Read extends object> {
  /** Adds them to `scan` or to one of its forms. */
  readonly declare: (command: Command) => void;
  /** Those that may be repeated: what stands before a form's name and what stands after it is joined. */
  readonly lists: readonly (keyof Given & string)[];
  /** Their part of the configuration. Throws `UsageError` for combinations that mean nothing. */
  readonly read: (given: Given) => Read;
}

/** Options may stand before or after the name of a form, as in `scan --quiet framework nsa`: both are read, and the later counts, but for lists, which are joined. */
export function givenTo<Given extends object>(command: Command, lists: readonly (keyof Given & string)[]): Given {
  const own = command.opts<Given>();
  const scan = command.parent;
  if (scan?.name() !== "scan") return own;
  const outer = scan.opts<Given>();
  const joined: Given = { ...own };
  for (const name of Object.keys(outer) as (keyof Given & string)[]) {
    const [before, after] = [outer[name], own[name]];
    if (lists.includes(name) && Array.isArray(before) && Array.isArray(after))
      Object.assign(joined, { [name]: [...(before as unknown[]), ...(after as unknown[])] });
    // What was said before the form's name counts where nothing was said after it: a default is not said.
    else if (scan.getOptionValueSource(name) === "cli" && command.getOptionValueSource(name) !== "cli") joined[name] = before;
  }
  return joined;
}
