import { formatObjectPath, parseObjectPath, valueAt } from "@holdfast/core";
import type { Fix, KubernetesObject, ObjectPath } from "@holdfast/core";
import type { LoadedResource, Origin } from "../1-load/loaders/define.ts";
import { aliasBudget, compose } from "../yaml/compose.ts";
import type { ComposedDocument } from "../yaml/composed-document.ts";
import { embeddedRange } from "../yaml/embedded-text.ts";
import type { NodeTable } from "../yaml/node-table.ts";
import type { SourceText } from "../yaml/source-text.ts";
import { splitDocuments } from "../yaml/split-documents.ts";
import { YamlFault } from "../yaml/yaml-fault.ts";

/** A change of a file that a rendered object comes from, which may mend what is wrong with the object: to be tried. */
export interface SourceChange {
  /** The document to change, as if it were an object. */
  readonly document: LoadedResource;
  readonly fix: Fix;
}

/** What templates of charts are called; they are no YAML before they are rendered, even where they can be read as such. */
export const TEMPLATE: RegExp = /(?:^|\/)templates\/|\.(?:tpl|tmpl|gotmpl)$/u;

/** Finds where rendered objects can be mended: in the values that feed a field, the patch that sets it, the base that it stands in. Remembers the documents of one scan. */
export class SourceChanges {
  /** By file: within a scan a file has one text, however often it was read. */
  readonly #documents = new Map<string, readonly ComposedDocument[]>();
  readonly #known = new Map<ComposedDocument, LoadedResource>();

  /**
   * Changes that may do what a fix of kind `set` or `remove` asks of a rendered object, likeliest first; none where its fields come from a template. What an object says was
   * made from other files by a tool, so only rendering it again shows whether a change does what it should.
   */
  of(resource: LoadedResource, fix: Fix): readonly SourceChange[] {
    const { origins, object } = resource;
    const path = fix.path === undefined ? null : parseObjectPath(fix.path, object);
    if (origins === undefined || path === null || (fix.kind !== "set" && fix.kind !== "remove")) return [];
    const found = new Map<string, SourceChange>();
    // The field itself, else the nearest around it that comes from somewhere; what is exact before what is not.
    const near = path.map((_, at) => path.slice(0, path.length - at)).map((steps) => ({ steps, origin: origins.originOf(steps) }));
    for (const isExact of [true, false])
      for (const { steps, origin } of near)
        if (origin.exact === isExact)
          for (const change of this.#at(origin, steps, path, fix))
            found.set(`${change.fix.kind} ${change.fix.path ?? ""} ${origin.text.file} ${change.document.line}`, change);
    return [...found.values()];
  }

  #at(origin: Origin, steps: ObjectPath, path: ObjectPath, fix: Fix): SourceChange[] {
    if (TEMPLATE.test(origin.text.file) || origin.notEdited !== undefined) return [];
    const document = this.#documentAt(origin);
    if (document === undefined) return [];
    const place = pathAt(document.nodes, origin, steps.at(-1));
    if (place === null) return [];
    const target = [...place, ...path.slice(steps.length)];
    const written = formatObjectPath(target);
    const set = (value: unknown): SourceChange => ({
      document: this.#asObject(document, origin.text),
      fix: { kind: "set", path: written, value },
    });
    if (fix.kind === "set") return [set(fix.value)];
    const current = valueAt(document.value, target);
    // Taking a switch away may bring back what another file says of it; turning it off doesn't.
    return [
      ...(current === true ? [set(false)] : []),
      ...(current === undefined
        ? []
        : [{ document: this.#asObject(document, origin.text), fix: { kind: "remove" as const, path: written } }]),
    ];
  }

  #documentAt({ text, start }: Origin): ComposedDocument | undefined {
    let documents = this.#documents.get(text.file);
    if (documents === undefined) {
      documents = documentsOf(text);
      this.#documents.set(text.file, documents);
    }
    const outer = documents.findLast(({ nodes }) => nodes.isCollection(0) && nodes.start(0) <= start);
    const block = outer === undefined ? undefined : embeddedAt(outer.nodes, 0, start);
    return outer === undefined || block === undefined ? outer : (this.#within(text, outer.nodes, block, start) ?? outer);
  }

  /** The document in a text, such as a patch in a kustomization, that stands there as it is read. */
  #within(text: SourceText, nodes: NodeTable, block: number, start: number): ComposedDocument | undefined {
    const key = `${text.file} ${nodes.start(block)}`;
    let documents = this.#documents.get(key);
    if (documents === undefined) {
      const range = embeddedRange(nodes, block);
      documents = range === null ? [] : composed(text.text, range.start, range.end);
      this.#documents.set(key, documents);
    }
    return documents.findLast((one) => one.nodes.isCollection(0) && one.nodes.start(0) <= start);
  }

  #asObject(document: ComposedDocument, text: SourceText): LoadedResource {
    const known = this.#known.get(document);
    if (known !== undefined) return known;
    const { nodes, value } = document;
    const made: LoadedResource = {
      apiVersion: "",
      kind: "",
      namespace: "",
      name: "",
      object: value as KubernetesObject,
      file: text.file,
      line: text.lines.placeOf(nodes.start(0)).line,
      source: { text, nodes, node: 0 },
    };
    this.#known.set(document, made);
    return made;
  }
}

/** The scalar with a text of its own that an offset is in. */
function embeddedAt(nodes: NodeTable, node: number, offset: number): number | undefined {
  if (!nodes.isCollection(node))
    return nodes.start(node) < offset && offset <= nodes.end(node) && embeddedRange(nodes, node) !== null ? node : undefined;
  const inner = nodes.isCollection(node) ? nodes.values(node) : [];
  for (const one of inner) {
    const found = nodes.start(one) <= offset && offset <= nodes.end(one) ? embeddedAt(nodes, one, offset) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The documents of a file; none where it can't be read as YAML. */
function documentsOf(text: SourceText): readonly ComposedDocument[] {
  return splitDocuments(text.text).flatMap(({ start, end }) => composed(text.text, start, end));
}

function composed(text: string, start: number, end: number): readonly ComposedDocument[] {
  try {
    return compose(text, start, end, aliasBudget());
  } catch (error) {
    if (error instanceof YamlFault) return [];
    throw error;
  }
}

/**
 * The path of what stands at an origin: of several nodes that begin there (a mapping begins where its first key does) the one that ends there too, else the one whose name is the last step
 * of the object's own path, else the innermost that has a key there.
 */
function pathAt(nodes: NodeTable, { start, end }: Origin, name: string | number | undefined): ObjectPath | null {
  const candidates: { readonly path: ObjectPath; readonly isWhole: boolean }[] = [];
  const visit = (node: number, path: ObjectPath): void => {
    if (nodes.start(node) === start && path.length > 0) candidates.push({ path, isWhole: nodes.end(node) === end });
    if (nodes.isMapping(node))
      for (const { key, value } of nodes.entries(node)) {
        const text = nodes.scalarText(key);
        if (text === null || start < nodes.start(key) || start > Math.max(nodes.end(key), nodes.end(value))) continue;
        const inner = [...path, text];
        if (start >= nodes.start(key) && start < nodes.end(key))
          candidates.push({ path: inner, isWhole: nodes.start(key) === start && nodes.end(key) === end });
        else visit(value, inner);
      }
    else if (nodes.isSequence(node)) {
      const items = nodes.items(node);
      // An item begins at its dash.
      const at = items.findIndex((item) => start <= nodes.end(item));
      const item = items[at];
      if (item !== undefined && start < nodes.start(item)) candidates.push({ path: [...path, at], isWhole: false });
      else if (item !== undefined) visit(item, [...path, at]);
    }
  };
  visit(0, []);
  const named = candidates.filter(({ path }) => path.at(-1) === name);
  return (
    (named.find(({ isWhole }) => isWhole) ?? named.at(-1) ?? candidates.find(({ isWhole }) => isWhole) ?? candidates.at(-1))?.path ?? null
  );
}
