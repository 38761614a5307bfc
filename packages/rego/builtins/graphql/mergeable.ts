// Whether fields that end up under one name are the same. https://spec.graphql.org/October2021/#sec-Field-Selection-Merging
import { stringify } from "../../runtime/json.ts";
import type { Node } from "./node.ts";
import { GraphqlError, child, flag, list, text } from "./node.ts";
import type { Schema, TypeDefinition } from "./schema.ts";
import { fieldOf, isComposite, typeOf } from "./schema.ts";
import { namedType } from "./type-reference.ts";

interface Selected {
  readonly field: Node;
  readonly parent: TypeDefinition;
  readonly definition: Node;
}

/** A document with more comparisons than this is made to keep a server busy. */
const mostComparisons = 100_000;

/** Throws a GraphqlError if two fields of an operation exclude each other. */
export function checkMergeable(schema: Schema, fragments: ReadonlyMap<string, Node>, root: TypeDefinition, operation: Node): void {
  new Merge(schema, fragments).check([{ node: operation, type: root }], false);
}

class Merge {
  private readonly schema: Schema;
  private readonly fragments: ReadonlyMap<string, Node>;
  private comparisons = 0;

  constructor(schema: Schema, fragments: ReadonlyMap<string, Node>) {
    this.schema = schema;
    this.fragments = fragments;
  }

  /** Checks the selections of several nodes that become one. `exclusive`: no object has them both, so that only the shape of the answer counts. */
  check(parts: readonly { readonly node: Node; readonly type: TypeDefinition }[], exclusive: boolean): void {
    const groups = new Map<string, Selected[]>();
    for (const { node, type } of parts) this.collect(node, type, groups, new Set());
    for (const [name, group] of groups) {
      for (let i = 1; i < group.length; i++) this.compare(name, group[0] as Selected, group[i] as Selected, exclusive);
      const below = group.flatMap(({ field, definition }) => {
        const type = this.schema.types.get(namedType(typeOf(definition)));
        return type !== undefined && isComposite(type) ? [{ node: field, type }] : [];
      });
      if (below.length > 0) this.check(below, exclusive || group.some((one) => areExclusive(one, group[0] as Selected)));
    }
  }

  private collect(node: Node, type: TypeDefinition, groups: Map<string, Selected[]>, seen: Set<string>): void {
    for (const selection of list(node, "SelectionSet")) {
      if (++this.comparisons > mostComparisons) throw new GraphqlError("too many fields to compare");
      const name = text(selection, "Name");
      if (Object.hasOwn(selection, "Alias")) {
        const definition = fieldOf(this.schema, type, name);
        if (definition === undefined) continue;
        const key = text(selection, "Alias");
        groups.set(key, [...(groups.get(key) ?? []), { field: selection, parent: type, definition }]);
      } else if (name === "") {
        this.collect(selection, this.schema.types.get(text(selection, "TypeCondition")) ?? type, groups, seen);
      } else if (!seen.has(name)) {
        seen.add(name);
        const fragment = this.fragments.get(name) ?? {};
        this.collect(fragment, this.schema.types.get(text(fragment, "TypeCondition")) ?? type, groups, seen);
      }
    }
  }

  private compare(name: string, a: Selected, b: Selected, exclusive: boolean): void {
    if (!exclusive && !areExclusive(a, b)) {
      const same = text(a.field, "Name") === text(b.field, "Name") && argumentsText(a.field) === argumentsText(b.field);
      if (!same) throw new GraphqlError(`Fields "${name}" conflict because they are different fields or have differing arguments.`);
    }
    if (!haveOneShape(this.schema, typeOf(a.definition), typeOf(b.definition))) {
      throw new GraphqlError(`Fields "${name}" conflict because they return conflicting types.`);
    }
  }
}

function areExclusive(a: Selected, b: Selected): boolean {
  return a.parent !== b.parent && a.parent.kind === "OBJECT" && b.parent.kind === "OBJECT";
}

function argumentsText(field: Node): string {
  const pairs = list(field, "Arguments").map((argument) => [text(argument, "Name"), stringify(child(argument, "Value") ?? {})].join(":"));
  return pairs.sort().join(",");
}

/** Types of one shape differ only in what objects they contain. */
function haveOneShape(schema: Schema, a: Node, b: Node): boolean {
  if (flag(a, "NonNull") !== flag(b, "NonNull")) return false;
  const [elementA, elementB] = [child(a, "Elem"), child(b, "Elem")];
  if (elementA !== undefined || elementB !== undefined) {
    return elementA !== undefined && elementB !== undefined && haveOneShape(schema, elementA, elementB);
  }
  const [typeA, typeB] = [schema.types.get(text(a, "NamedType")), schema.types.get(text(b, "NamedType"))];
  if (typeA === undefined || typeB === undefined) return true;
  return typeA === typeB || (isComposite(typeA) && isComposite(typeB));
}
