// Whether operations and fragments are valid for a schema. https://spec.graphql.org/October2021/#sec-Validation
import { checkMergeable } from "./mergeable.ts";
import type { Node } from "./node.ts";
import { GraphqlError, byName, child, flag, list, text, texts } from "./node.ts";
import type { Schema, TypeDefinition } from "./schema.ts";
import { fieldOf, isComposite, isInput, possibleTypes, typeOf } from "./schema.ts";
import { isAssignable, namedType, typeText } from "./type-reference.ts";
import { checkConstant, checkValue, neededType } from "./values.ts";

/** Throws a GraphqlError if the document is not valid. */
export function checkQuery(schema: Schema, document: Node): void {
  const operations = list(document, "Operations");
  const fragments = byName(list(document, "Fragments"), "fragment");
  byName(operations, "operation");
  if (operations.length > 1 && operations.some((operation) => text(operation, "Name") === "")) {
    throw new GraphqlError("This anonymous operation must be the only defined operation.");
  }
  checkCycles(fragments);
  const used = new Set<string>();
  for (const operation of operations) new OperationCheck(schema, fragments, used).run(operation);
  for (const name of fragments.keys()) if (!used.has(name)) throw new GraphqlError(`Fragment "${name}" is never used.`);
}

/** Fragments must not contain themselves, not even through others. */
function checkCycles(fragments: ReadonlyMap<string, Node>): void {
  const state = new Map<string, "open" | "done">();
  const visit = (name: string): void => {
    const fragment = fragments.get(name);
    if (fragment === undefined || state.get(name) === "done") return;
    if (state.get(name) === "open") throw new GraphqlError(`Cannot spread fragment "${name}" within itself.`);
    state.set(name, "open");
    for (const spread of spreadsIn(fragment)) visit(spread);
    state.set(name, "done");
  };
  for (const name of fragments.keys()) visit(name);
}

function spreadsIn(node: Node): string[] {
  return list(node, "SelectionSet").flatMap((selection) => (isSpread(selection) ? [text(selection, "Name")] : spreadsIn(selection)));
}

function isSpread(selection: Node): boolean {
  return !Object.hasOwn(selection, "Alias") && Object.hasOwn(selection, "Name") && !Object.hasOwn(selection, "SelectionSet");
}

function isInline(selection: Node): boolean {
  return !Object.hasOwn(selection, "Name");
}

class OperationCheck {
  private readonly schema: Schema;
  private readonly fragments: ReadonlyMap<string, Node>;
  private readonly usedFragments: Set<string>;
  private variables: ReadonlyMap<string, Node> = new Map();
  private readonly usedVariables = new Set<string>();
  private readonly checkedFragments = new Set<string>();

  constructor(schema: Schema, fragments: ReadonlyMap<string, Node>, usedFragments: Set<string>) {
    this.schema = schema;
    this.fragments = fragments;
    this.usedFragments = usedFragments;
  }

  run(operation: Node): void {
    const kind = text(operation, "Operation") || "query";
    const root = this.schema.roots.get(kind);
    if (root === undefined) throw new GraphqlError(`Schema does not support operation type "${kind}"`);
    this.variables = byName(
      list(operation, "VariableDefinitions").map((variable) => ({ ...variable, Name: text(variable, "Variable") })),
      "variable",
    );
    for (const variable of this.variables.values()) this.checkVariable(variable);
    this.checkDirectives(operation, kind.toUpperCase());
    this.checkSelections(operation, root);
    checkMergeable(this.schema, this.fragments, root, operation);
    if (kind === "subscription") this.checkSubscription(operation);
    for (const name of this.variables.keys()) {
      if (!this.usedVariables.has(name)) throw new GraphqlError(`Variable "$${name}" is never used.`);
    }
  }

  private checkVariable(variable: Node): void {
    const type = this.find(namedType(typeOf(variable)));
    if (!isInput(type))
      throw new GraphqlError(`Variable "$${text(variable, "Name")}" cannot be non-input type "${typeText(typeOf(variable))}".`);
    const defaultValue = child(variable, "DefaultValue");
    if (defaultValue !== undefined) checkConstant(this.schema, typeOf(variable), defaultValue);
    this.checkDirectives(variable, "VARIABLE_DEFINITION");
  }

  private find(name: string): TypeDefinition {
    const type = this.schema.types.get(name);
    if (type === undefined) throw new GraphqlError(`Unknown type "${name}".`);
    return type;
  }

  private checkSelections(node: Node, parent: TypeDefinition): void {
    for (const selection of list(node, "SelectionSet")) {
      if (isSpread(selection)) this.checkSpread(selection, parent);
      else if (isInline(selection)) this.checkInline(selection, parent);
      else this.checkField(selection, parent);
    }
  }

  private checkField(field: Node, parent: TypeDefinition): void {
    const name = text(field, "Name");
    const definition = fieldOf(this.schema, parent, name);
    if (definition === undefined) throw new GraphqlError(`Cannot query field "${name}" on type "${parent.name}".`);
    this.checkArguments(field, definition, `Field "${name}"`);
    this.checkDirectives(field, "FIELD");
    const type = this.find(namedType(typeOf(definition)));
    const hasSelections = list(field, "SelectionSet").length > 0;
    if (isComposite(type) !== hasSelections) {
      const rule = hasSelections ? "must not have a selection since it has no subfields" : "must have a selection of subfields";
      throw new GraphqlError(`Field "${name}" of type "${typeText(typeOf(definition))}" ${rule}.`);
    }
    this.checkSelections(field, type);
  }

  private checkInline(inline: Node, parent: TypeDefinition): void {
    const condition = text(inline, "TypeCondition");
    const type = condition === "" ? parent : this.composite(condition);
    this.checkReachable(type, parent);
    this.checkDirectives(inline, "INLINE_FRAGMENT");
    this.checkSelections(inline, type);
  }

  private checkSpread(spread: Node, parent: TypeDefinition): void {
    const name = text(spread, "Name");
    const fragment = this.fragments.get(name);
    if (fragment === undefined) throw new GraphqlError(`Unknown fragment "${name}".`);
    const type = this.composite(text(fragment, "TypeCondition"));
    this.checkReachable(type, parent);
    this.checkDirectives(spread, "FRAGMENT_SPREAD");
    this.usedFragments.add(name);
    if (this.checkedFragments.has(name)) return;
    this.checkedFragments.add(name);
    this.checkDirectives(fragment, "FRAGMENT_DEFINITION");
    this.checkSelections(fragment, type);
  }

  private composite(name: string): TypeDefinition {
    const type = this.find(name);
    if (!isComposite(type)) throw new GraphqlError(`Fragment cannot condition on non composite type "${name}".`);
    return type;
  }

  private checkReachable(type: TypeDefinition, parent: TypeDefinition): void {
    const possible = new Set(possibleTypes(this.schema, parent));
    if (type !== parent && !possibleTypes(this.schema, type).some((name) => possible.has(name))) {
      throw new GraphqlError(`Fragment cannot be spread here as objects of type "${parent.name}" can never be of type "${type.name}".`);
    }
  }

  private checkDirectives(node: Node, location: string): void {
    const seen = new Set<string>();
    for (const directive of list(node, "Directives")) {
      const name = text(directive, "Name");
      const definition = this.schema.directives.get(name);
      if (definition === undefined) throw new GraphqlError(`Unknown directive "@${name}".`);
      if (!texts(definition, "Locations").includes(location))
        throw new GraphqlError(`Directive "@${name}" may not be used on ${location}.`);
      if (seen.has(name) && !flag(definition, "IsRepeatable")) {
        throw new GraphqlError(`The directive "@${name}" can only be used once at this location.`);
      }
      seen.add(name);
      this.checkArguments(directive, definition, `Directive "@${name}"`);
    }
  }

  private checkArguments(node: Node, definition: Node, what: string): void {
    const given = byName(list(node, "Arguments"), "argument");
    const parameters = byName(list(definition, "Arguments"), "argument");
    for (const [name, argument] of given) {
      const parameter = parameters.get(name);
      if (parameter === undefined) throw new GraphqlError(`Unknown argument "${name}" on ${what}.`);
      const hasDefault = child(parameter, "DefaultValue") !== undefined;
      checkValue(this.schema, typeOf(parameter), child(argument, "Value") ?? {}, hasDefault, (...use) => {
        this.useVariable(...use);
      });
    }
    for (const [name, parameter] of parameters) {
      if (flag(typeOf(parameter), "NonNull") && child(parameter, "DefaultValue") === undefined && !given.has(name)) {
        const type = typeText(typeOf(parameter));
        throw new GraphqlError(`${what} argument "${name}" of type "${type}" is required, but it was not provided.`);
      }
    }
  }

  private useVariable(name: string, type: Node, hasDefault: boolean): void {
    const variable = this.variables.get(name);
    if (variable === undefined) throw new GraphqlError(`Variable "$${name}" is not defined.`);
    this.usedVariables.add(name);
    const needed = neededType(type, hasDefault, child(variable, "DefaultValue") !== undefined);
    if (!isAssignable(typeOf(variable), needed)) {
      throw new GraphqlError(
        `Variable "$${name}" of type "${typeText(typeOf(variable))}" used in position expecting type "${typeText(type)}".`,
      );
    }
  }

  /** A subscription is for one thing, and not for what introspection tells. */
  private checkSubscription(operation: Node): void {
    const keys = new Set<string>();
    const collect = (node: Node): void => {
      for (const selection of list(node, "SelectionSet")) {
        if (isSpread(selection)) collect(this.fragments.get(text(selection, "Name")) ?? {});
        else if (isInline(selection)) collect(selection);
        else if (text(selection, "Name").startsWith("__"))
          throw new GraphqlError("Subscription must not select an introspection top level field.");
        else keys.add(text(selection, "Alias"));
      }
    };
    collect(operation);
    if (keys.size > 1) throw new GraphqlError("Subscription must select only one top level field.");
  }
}
