import type { RuleGroup } from "../2-resolve/resolved.ts";
import type { Slot } from "../4-plan/plan.ts";
import type { Builtin } from "../builtins/define.ts";
import type { Site } from "../observe/site.ts";
import type { RegoValue } from "../runtime/value.ts";
import { js, literal, NameTable, type Fragment } from "./fragment.ts";

/** How code is to be emitted. */
export interface EmitMode {
  /** Failing builtins end the evaluation. */
  readonly strictBuiltinErrors: boolean;
  /** Whether the input may hold sets and objects with keys that are no strings. */
  readonly anyInput: boolean;
  /** Whether the program's functions are only called by the program itself, not by queries. */
  readonly closed: boolean;
  /** Whether the code counts its steps with `Meter`. */
  readonly metered: boolean;
  /** Whether the code tells an `Observer` what it does. */
  readonly observed: boolean;
}

/** The names that emitted code imports from `runtime/emitted-code.ts`. */
export const runtimeNames = [
  "absent",
  "conflictingKeys",
  "decimal",
  "conflictingValues",
  "elements",
  "elementsInOrder",
  "equals",
  "isMember",
  "keysInOrder",
  "keysOf",
  "keysOfPlace",
  "LayeredDocument",
  "lookup",
  "lookupBase",
  "lookupName",
  "lookupPath",
  "nothing",
  "isNumber",
  "ObjectBuilder",
  "objectOf",
  "objectSize",
  "placeOf",
  "plainIfSame",
  "RegoSet",
  "stepPlace",
  "templateText",
  "wholeOf",
] as const;

/** One text of emitted code: its names, constants and the builtins it uses. */
export class Unit {
  readonly names: NameTable = new NameTable([...runtimeNames, "runtime", "builtins", "program", "c"]);
  readonly mode: EmitMode;
  readonly mocked: ReadonlySet<string>;
  /** The slots that hold JSON. */
  readonly json: ReadonlySet<Slot>;
  /** Lines that define constants and builtins. */
  readonly definitions: Fragment[] = [];
  private readonly constants: Map<string, Fragment> = new Map();
  private readonly functions: Map<RuleGroup, Fragment> = new Map();
  private readonly nameOfRule: (unit: Unit, rule: RuleGroup) => Fragment;

  constructor(mode: EmitMode, mocked: ReadonlySet<string>, json: ReadonlySet<Slot>, nameOfRule: (unit: Unit, rule: RuleGroup) => Fragment) {
    this.mode = mode;
    this.mocked = mocked;
    this.json = json;
    this.nameOfRule = nameOfRule;
  }

  /** The function of a rule. */
  rule(rule: RuleGroup): Fragment {
    let name = this.functions.get(rule);
    if (name === undefined) {
      name = this.nameOfRule(this, rule);
      this.functions.set(rule, name);
    }
    return name;
  }

  /** A constant, written where it stands when it is short, else defined once. */
  constant(value: RegoValue): Fragment {
    const code = literal(value);
    return typeof value !== "object" || value === null ? code : this.define(code, "constant");
  }

  /** A place in the sources, for an observer. */
  site(site: Site): Fragment {
    const { kind, file, line, column, endLine, endColumn, text, names } = site;
    const reads = site.reads.map(({ root, steps }) => ({ root, steps: steps.map((step) => (step === null ? null : { ...step })) }));
    return this.define(literal({ kind, file, line, column, endLine, endColumn, text, names: [...names], reads }), "site");
  }

  /** A JavaScript Set of scalars. */
  scalarSet(values: readonly RegoValue[]): Fragment {
    return this.define(js`new Set([${values.map(literal).join(", ") as Fragment}])`, "options");
  }

  /** A list of names. */
  path(path: readonly string[]): Fragment {
    return this.define(literal([...path]), "path");
  }

  /** A builtin: the object, or its function that needs no context. */
  builtin(builtin: Builtin, direct: boolean): Fragment {
    const found = js`builtins.get(${literal(builtin.name)})`;
    return this.define(direct ? js`${found}.direct` : found, direct ? builtin.name : `${builtin.name} builtin`);
  }

  private define(code: Fragment, hint: string): Fragment {
    let name = this.constants.get(code);
    if (name === undefined) {
      name = this.names.make(hint);
      this.constants.set(code, name);
      this.definitions.push(js`const ${name} = ${code};`);
    }
    return name;
  }
}
