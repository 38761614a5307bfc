import type { Reference } from "./template-expression.ts";
import type { OutputReferences } from "./template-references.ts";

/** How many steps references are followed through named templates, and how many values are found at most. */
const DEEPEST = 10;
const MOST = 500;

/** What a named template was called with, and in which call the caller was. */
interface Call {
  readonly define: string;
  readonly argument: readonly Reference[];
  readonly caller: Call | undefined;
}

/** Follows references of all templates of a chart to the values that they may stand for: paths beneath `.Values`, in which `*` is any item. */
export class ValuesPaths {
  readonly #outputs = new Map<string, OutputReferences[]>();
  readonly #calls = new Map<string, (readonly Reference[])[]>();

  constructor(templates: Iterable<readonly OutputReferences[]>) {
    for (const outputs of templates) {
      for (const output of outputs) {
        if (output.define !== undefined) push(this.#outputs, output.define, output);
        for (const reference of output.references) this.#learnCalls(reference);
      }
    }
  }

  of(references: readonly Reference[]): readonly (readonly string[])[] {
    const found = new Map<string, readonly string[]>();
    for (const reference of references) this.#follow(reference, undefined, [], 0, found);
    return [...found.values()];
  }

  #learnCalls(reference: Reference): void {
    if (reference.of === "fields") for (const field of [...reference.fields.values()].flat()) this.#learnCalls(field);
    if (reference.of !== "include") return;
    push(this.#calls, reference.define, reference.argument);
    for (const argument of reference.argument) this.#learnCalls(argument);
  }

  /** `rest` are the fields that are taken of what the reference stands for. */
  #follow(
    reference: Reference,
    call: Call | undefined,
    rest: readonly string[],
    depth: number,
    found: Map<string, readonly string[]>,
  ): void {
    if (depth > DEEPEST || found.size >= MOST) return;
    switch (reference.of) {
      case "root": {
        const [first, ...path] = [...reference.path, ...rest];
        if (first === "Values") found.set(path.join("\0"), path);
        return;
      }
      case "fields": {
        const [first, ...others] = rest;
        const fields = first === undefined || first === "*" ? [...reference.fields.values()].flat() : (reference.fields.get(first) ?? []);
        for (const field of fields) this.#follow(field, call, others, depth + 1, found);
        return;
      }
      case "include": {
        const inner = { define: reference.define, argument: reference.argument, caller: call };
        for (const output of this.#outputs.get(reference.define) ?? [])
          for (const one of output.references) this.#follow(one, inner, rest, depth + 1, found);
        return;
      }
      case "argument": {
        const path = [...reference.path, ...rest];
        let known = call;
        while (known !== undefined && known.define !== reference.define) known = known.caller;
        // Which call it was is not known where a line of a named template is looked at by itself: any may be.
        const given = known === undefined ? (this.#calls.get(reference.define) ?? []).flat() : known.argument;
        for (const one of given) this.#follow(one, known?.caller, path, depth + 1, found);
      }
    }
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
