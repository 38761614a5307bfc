// The types of rules, inferred from what they give: each when it is first asked for. Nothing here goes in circles, since recursion was refused before.
import type { Definition, ResolvedProgram, ResolvedTerm, RuleGroup, RuleNode } from "../../2-resolve/resolved.ts";
import { anyStatic, stringStatic, type StaticType } from "../../builtins/static-type.ts";
import { findNode } from "../../2-resolve/rule-tree.ts";
import { makeDiagnostic, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { isPlainScalar } from "../../runtime/value.ts";
import { rulesAt, rulesBehind } from "../recursion.ts";
import { BodyTypes } from "./body-types.ts";
import { mergeObjects, unionOf, unknown, valuesOf } from "./combine-types.ts";
import type { DocumentTypes, KnownTypes, RuleType, TypeBelow } from "./known-types.ts";

/** The types of the rules of a program. */
export class RuleTypes implements KnownTypes {
  private readonly program: ResolvedProgram;
  readonly documents: DocumentTypes;
  private readonly diagnostics: Diagnostic[];
  private readonly known: Map<RuleGroup, RuleType> = new Map();
  private readonly reached: Map<RuleGroup, ReadonlySet<RuleGroup>> = new Map();
  private readonly documentsKnown: Map<RuleNode, StaticType> = new Map();
  private readonly knownBefore: (group: RuleGroup) => RuleType | undefined;

  /** `knownBefore` gives the types of rules that need not be inferred again. */
  constructor(
    program: ResolvedProgram,
    documents: DocumentTypes,
    diagnostics: Diagnostic[],
    knownBefore: (group: RuleGroup) => RuleType | undefined = () => undefined,
  ) {
    this.knownBefore = knownBefore;
    this.program = program;
    this.documents = documents;
    this.diagnostics = diagnostics;
  }

  /** The type of a rule. Infers it, and reports the mistakes in its definitions, when it is asked for the first time. */
  of(group: RuleGroup): RuleType {
    let type = this.known.get(group) ?? this.knownBefore(group);
    if (type === undefined) {
      // For a rule that is asked for while it is inferred; there is none in a program without recursion.
      this.known.set(group, { args: group.definitions[0]?.args.map(() => anyStatic) ?? [], result: anyStatic });
      type = this.infer(group);
      this.known.set(group, type);
    }
    return type;
  }

  below(steps: readonly ResolvedTerm[]): TypeBelow {
    let node = this.program.root;
    for (let taken = 0; taken <= steps.length; taken++) {
      if (node.group !== null && node.group.kind !== "function") return { type: this.of(node.group).result, taken, group: node.group };
      const step = steps[taken];
      if (step === undefined) return { type: this.document(node), taken, group: node.dynamic };
      const child = step.kind === "constant" && typeof step.value === "string" ? node.children.get(step.value) : undefined;
      if (child === undefined) {
        if (node.dynamic === null) return { type: anyStatic, taken: steps.length, group: null };
        const type = this.document(node);
        return { type, taken, group: node.dynamic };
      }
      node = child;
    }
    return { type: anyStatic, taken: steps.length, group: null };
  }

  hasNames(path: readonly string[]): boolean {
    const node = findNode(this.program.root, path);
    return path.length > 0 && node !== null && node.group === null && node.dynamic === null && node.children.size > 0;
  }

  at(path: readonly string[]): readonly RuleGroup[] {
    return rulesAt(this.program.root, path);
  }

  behind(group: RuleGroup): ReadonlySet<RuleGroup> {
    let found = this.reached.get(group);
    if (found === undefined) {
      found = rulesBehind(this.program, group);
      this.reached.set(group, found);
    }
    return found;
  }

  /** The type of a package or of a rule with further steps, as a whole. Functions are no part of it. */
  private document(node: RuleNode): StaticType {
    const known = this.documentsKnown.get(node);
    if (known !== undefined) return known;
    const fields = new Map<string, StaticType>();
    for (const [name, child] of node.children) {
      if (child.group === null) fields.set(name, this.document(child));
      else if (child.group.kind !== "function") fields.set(name, this.of(child.group).result);
    }
    let type: StaticType = { kind: "object", fields, rest: { key: stringStatic, value: anyStatic } };
    if (node.dynamic !== null) {
      type = this.of(node.dynamic).result;
      if (fields.size > 0)
        type = {
          kind: "object",
          fields: new Map(),
          rest: { key: anyStatic, value: unionOf([...fields.values(), valuesOf(type) ?? anyStatic]) },
        };
    }
    this.documentsKnown.set(node, type);
    return type;
  }

  private infer(group: RuleGroup): RuleType {
    const args: StaticType[][] = [];
    const results: StaticType[] = [];
    const definitions = group.fallback === null ? group.definitions : [...group.definitions, group.fallback];
    for (const definition of definitions) {
      const type = this.inferDefinition(definition);
      type.args.forEach((each, i) => (args[i] ??= []).push(each));
      results.push(type.result);
    }
    const result = group.kind === "object" ? mergeObjects(results) : unionOf(results);
    return { args: args.map((types) => unionOf(types)), result };
  }

  private inferDefinition(definition: Definition): RuleType {
    const args: StaticType[][] = definition.args.map(() => []);
    const results = definition.branches.map((branch) => {
      const types = new BodyTypes(this, definition, (kind, message, span, hint) =>
        this.diagnostics.push(makeDiagnostic(kind, message, definition.module, span, hint === undefined ? {} : { hint })),
      );
      types.body(branch.body);
      const value = types.settled(branch.value);
      // Each branch takes what its own body asks of the arguments.
      definition.args.forEach((arg, i) => args[i]?.push(known(types.settled(arg))));
      return this.placed(definition, value, types);
    });
    return { args: args.map(unionOf), result: unionOf(results) };
  }

  /** What a definition adds: its value, in a set, below its keys. */
  private placed(definition: Definition, value: StaticType, types: BodyTypes): StaticType {
    const type: StaticType = definition.contains ? { kind: "set", of: value } : value;
    const { keys } = definition;
    // Constants are names like those of rules, but where other keys stand beside them: then only what kinds of keys there are counts, as OPA has it.
    const named = definition.group.definitions.every((one) => one.keys.every(({ kind }) => kind === "constant"));
    return keys.reduceRight((below: StaticType, key): StaticType => {
      if (named && key.kind === "constant" && isPlainScalar(key.value))
        return { kind: "object", fields: new Map([[key.value, below]]), rest: { key: anyStatic, value: anyStatic } };
      return { kind: "object", fields: new Map(), rest: { key: types.settled(key), value: below } };
    }, type);
  }
}

/** What nothing is known of takes anything. */
function known(type: StaticType): StaticType {
  return type === unknown ? anyStatic : type;
}
