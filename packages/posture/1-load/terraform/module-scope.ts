import type { HclEntry, HclMap, HclNode, HclReference } from "./hcl-node.ts";

const DEEPEST = 20;

/** What the files of a module say about names: variables with their defaults and the values of `.tfvars`, locals, and the names of resources. */
export class ModuleScope {
  readonly #variables = new Map<string, HclNode>();
  readonly #locals = new Map<string, HclNode>();
  readonly #resources = new Map<string, HclMap>();
  /** What only this object of several has: `each.key`, say. */
  #own: ReadonlyMap<string, HclNode> = new Map();

  /** The names of the module with those that one object of several has. */
  with(own: ReadonlyMap<string, HclNode>): ModuleScope {
    const scope = new ModuleScope();
    for (const [name, value] of this.#variables) scope.#variables.set(name, value);
    for (const [name, value] of this.#locals) scope.#locals.set(name, value);
    for (const [name, value] of this.#resources) scope.#resources.set(name, value);
    scope.#own = own;
    return scope;
  }

  /** Adds what a file of the module declares. */
  declare({ entries }: HclMap): void {
    for (const entry of entries) {
      const [first = "", second = ""] = entry.labels ?? [];
      if (entry.value.kind !== "map") continue;
      if (entry.key === "locals") for (const local of entry.value.entries) this.#locals.set(local.key, local.value);
      else if (entry.key === "resource") this.#resources.set(`${first}.${second}`, entry.value);
      else if (entry.key === "variable") {
        const given = entry.value.entries.find(({ key }) => key === "default");
        if (given !== undefined && !this.#variables.has(first)) this.#variables.set(first, given.value);
      }
    }
  }

  /** Adds the values of a `.tfvars` file, which count more than defaults. */
  assign({ entries }: HclMap): void {
    for (const { key, value } of entries) this.#variables.set(key, value);
  }

  /** A value with all that is known put in; an expression where something in it is not. */
  resolve(node: HclNode, depth = 0): HclNode {
    if (node.kind !== "expression" || depth > DEEPEST) return node;
    const [only] = node.parts;
    if (!node.isText && node.parts.length === 1 && typeof only === "object") {
      const found = this.#find(only, depth);
      return found === undefined ? node : { ...found, start: node.start, end: node.end };
    }
    let text = "";
    for (const part of node.parts) {
      const value = typeof part === "string" ? part : this.#scalar(part, depth);
      if (value === undefined) return node;
      text += value;
    }
    return { kind: "scalar", value: text, start: node.start, end: node.end };
  }

  #scalar(reference: HclReference, depth: number): string | undefined {
    const found = this.#find(reference, depth);
    return found?.kind === "scalar" && found.value !== null ? String(found.value) : undefined;
  }

  #find({ source }: HclReference, depth: number): HclNode | undefined {
    const named = /^(?<scope>var|local)\.(?<name>[\w-]+)(?<rest>(?:\.[\w-]+|\[(?:\d+|"[^"\]]+")\])*)$/u.exec(source)?.groups;
    if (named !== undefined) {
      const { scope, name = "", rest = "" } = named;
      const start = (scope === "var" ? this.#variables : this.#locals).get(name);
      return start === undefined ? undefined : this.#within(this.resolve(start, depth + 1), rest, depth);
    }
    const own = /^(?<name>each\.key|each\.value|count\.index)(?<rest>(?:\.[\w-]+|\[(?:\d+|"[^"\]]+")\])*)$/u.exec(source)?.groups;
    if (own !== undefined) {
      const start = this.#own.get(own["name"] ?? "");
      return start === undefined ? undefined : this.#within(this.resolve(start, depth + 1), own["rest"] ?? "", depth);
    }
    // What another resource is called is written down in it.
    const other = /^(?<resource>kubernetes_\w+\.[\w-]+)\.metadata(?:\[0\]|\.0)\.(?<field>name|namespace)$/u.exec(source)?.groups;
    const body = other === undefined ? undefined : this.#resources.get(other["resource"] ?? "");
    const metadata = body?.entries.find(({ key }) => key === "metadata")?.value;
    const field = metadata?.kind === "map" ? metadata.entries.find(({ key }) => key === other?.["field"]) : undefined;
    const found = field === undefined ? undefined : this.resolve(field.value, depth + 1);
    return found?.kind === "expression" ? undefined : found;
  }

  #within(node: HclNode, rest: string, depth: number): HclNode | undefined {
    let here: HclNode | undefined = node;
    for (const [, attribute, index, key] of rest.matchAll(/\.([\w-]+)|\[(\d+)\]|\["([^"\]]+)"\]/gu)) {
      const step: string | undefined = attribute ?? key;
      if (here?.kind === "map" && step !== undefined) here = last(here.entries, step)?.value;
      else if (here?.kind === "list" && index !== undefined) here = here.items[Number(index)];
      else return undefined;
      if (here !== undefined) here = this.resolve(here, depth + 1);
    }
    return here?.kind === "expression" ? undefined : here;
  }
}

function last(entries: readonly HclEntry[], key: string): HclEntry | undefined {
  return entries.findLast((entry) => entry.key === key);
}
