// The types of rules, inferred from what they give: each when it is first asked for. Nothing here goes in circles, since recursion was refused before.
import type { Definition, ResolvedProgram, ResolvedTerm, RuleGroup, RuleNode } from "../../2-resolve/resolved.ts";
import { anyStatic, type StaticType } from "../../builtins/static-type.ts";
import { makeDiagnostic, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { BodyTypes } from "./body-types.ts";
import { mergeObjects, unionOf, unknown } from "./combine-types.ts";
import type { DocumentTypes, KnownTypes, RuleType } from "./known-types.ts";

/** The types of the rules of a program. */
export class RuleTypes implements KnownTypes {
  private readonly root: RuleNode;
  readonly documents: DocumentTypes;
  private readonly diagnostics: Diagnostic[];
  private readonly known: Map<RuleGroup, RuleType> = new Map();
  private readonly knownBefore: (group: RuleGroup) => RuleType | undefined;

  /** `knownBefore` gives the types of rules that need not be inferred again. */
  constructor(
    program: ResolvedProgram,
    documents: DocumentTypes,
    diagnostics: Diagnostic[],
    knownBefore: (group: RuleGroup) => RuleType | undefined = () => undefined,
  ) {
    this.knownBefore = knownBefore;
    this.root = program.root;
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

  /** The type of what stands at the steps below `data`, and how many steps lead there; the types of further steps are not looked at. */
  below(steps: readonly ResolvedTerm[]): { readonly type: StaticType; readonly taken: number } {
    let node = this.root;
    for (let taken = 0; taken <= steps.length; taken++) {
      if (node.group !== null && node.group.kind !== "function") return { type: this.of(node.group).result, taken };
      const step = steps[taken];
      if (step === undefined) return { type: this.document(node), taken };
      const child = step.kind === "constant" && typeof step.value === "string" ? node.children.get(step.value) : undefined;
      if (child === undefined) {
        if (node.dynamic !== null && node.children.size === 0) return { type: this.of(node.dynamic).result, taken };
        return { type: anyStatic, taken: steps.length };
      }
      node = child;
    }
    return { type: anyStatic, taken: steps.length };
  }

  /** The type of a package or of a rule with further steps, as a whole. */
  private document(node: RuleNode): StaticType {
    if (node.dynamic !== null && node.children.size === 0) return this.of(node.dynamic).result;
    return { kind: "object", fields: new Map(), rest: { key: anyStatic, value: anyStatic } };
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
    const [key] = definition.keys;
    if (key === undefined) return type;
    // A constant that is no name: OPA knows the value below it, and nothing of those below a variable.
    if (key.kind === "constant") return anyStatic;
    // What has further keys behind a dynamic one is left open, as OPA leaves it.
    const below = definition.keys.length > 1 ? anyStatic : type;
    return { kind: "object", fields: new Map(), rest: { key: types.settled(key), value: below } };
  }
}

/** What nothing is known of takes anything. */
function known(type: StaticType): StaticType {
  return type === unknown ? anyStatic : type;
}
